"""Prometheus metrics of the HTTP door, with a bounded set of labels."""

from collections.abc import Collection
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@cache
def _collectors(registry: CollectorRegistry) -> tuple[Counter, Histogram]:
    """Register once for each registry, however many apps share it."""
    requests = Counter(
        "overture_http_requests",
        "Requests answered, by route, method and status.",
        ("route", "method", "status"),
        registry=registry,
    )
    seconds = Histogram(
        "overture_http_request_seconds",
        "Time from the request's head to the end of the answer, by route.",
        ("route",),
        registry=registry,
        buckets=_BUCKETS,
    )
    return requests, seconds


class HttpMetrics:
    """Counts and times requests; a path that is no route counts as ``other``."""

    def __init__(self, registry: CollectorRegistry, routes: Collection[str]) -> None:
        self._requests, self._seconds = _collectors(registry)
        self._routes = frozenset(routes)
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    def observe(self, method: str, path: str, status: int, seconds: float) -> None:
        """Record one answer."""
        route = path if path in self._routes else "other"
        verb = method if method in _METHODS else "other"
        key = (route, verb, status)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(route, verb, str(status))
        timer = self._timers.get(route)
        if timer is None:
            timer = self._timers[route] = self._seconds.labels(route)
        counter.inc()
        timer.observe(seconds)
