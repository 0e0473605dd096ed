"""Sources that this process has decoded lately, by key and version."""

from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from overture.domain.evidence import Source, SourceKind
from overture.ports import Clock


class SourceCache:
    """A bounded memory of decoded sources; the database stays the truth of which version is current."""

    def __init__(self, size: int = 400) -> None:
        self._size = size
        self._known: OrderedDict[tuple[UUID, str], Source] = OrderedDict()

    def get(self, key: UUID, version: str) -> Source | None:
        """Return this version if it is remembered."""
        source = self._known.get((key, version))
        if source is not None:
            self._known.move_to_end((key, version))
        return source

    def put(self, key: UUID, version: str, source: Source) -> Source:
        """Remember a version, and return it; the one unused for longest goes."""
        self._known[key, version] = source
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return source


READ_AGAIN = timedelta(days=7)


class TakenAsRead(SourceCache):
    """For a rehearsal: pages are read once, and taken to show the same whenever they would be read again.

    That is each day for job posts, and after a week for the rest.
    """

    def __init__(self, clock: Clock, size: int = 400) -> None:
        super().__init__(size)
        self._clock = clock

    def get(self, key: UUID, version: str) -> Source | None:
        """Return this version as it would have been read last, if it is remembered."""
        source = super().get(key, version)
        return self.put(key, version, source) if source else None

    def put(self, key: UUID, version: str, source: Source) -> Source:
        """Remember a version as it would have been read last, and return it so."""
        now = self._clock.now().astimezone(UTC)
        oldest = now if source.kind is SourceKind.JOBS else now - READ_AGAIN
        if _stamp(oldest)[:10] <= source.fetched_at[:10] <= _stamp(now)[:10]:
            return super().put(key, version, source)
        evidence = tuple(replace(item, fetched_at=_stamp(now)) for item in source.evidence)
        return super().put(key, version, replace(source, fetched_at=_stamp(now), evidence=evidence))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
