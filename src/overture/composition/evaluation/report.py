"""A whole file of messages, in one pass and bounded memory, as one report."""

import heapq
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from statistics import median

from overture.composition.evaluation.campaign import Likeness, Sequences, index_of, likeness, sequences
from overture.composition.evaluation.samples import Sample
from overture.composition.evaluation.scores import Scored, score
from overture.domain.messages import MessageType

COMPARED = 2_000
"""Leads that are compared with one another. Of more, those with the lowest hash are taken, whatever their order."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_100`` messages, with a 95% interval (Byar's approximation of the Poisson limits)."""

    count: int
    per_100: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """One message type, or all of them. Medians are over written messages; ``scores`` are means from 0 to 1."""

    written: int
    refused: int
    passed: int
    claims: int
    unsupported: Rate
    length: float | None
    grade: float | None
    sentence: float | None
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """How often each value occurred, for plots: ``edges`` has one entry more than ``counts``."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known of a file. ``compared`` leads stand behind ``likeness`` and ``sequences``."""

    messages: int
    flat: int
    total: Summary
    types: Mapping[str, Summary]
    rules: Mapping[str, int]
    reasons: Mapping[str, int]
    stale_words: Mapping[str, int]
    cost: float | None
    compared: int
    likeness: Mapping[str, Likeness]
    sequences: Sequences
    lengths: Spread
    grades: Spread


class _Tally:
    """Counts of one message type."""

    def __init__(self) -> None:
        self.written = self.refused = self.passed = self.claims = self.unsupported = 0
        self.lengths, self.grades, self.sentences = array("d"), array("d"), array("d")
        self.sums: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def add(self, scored: Scored) -> None:
        self.written += 1
        self.passed += not scored.violations
        self.claims += scored.claims
        self.unsupported += scored.unsupported
        self.lengths.append(scored.length)
        self.grades.append(scored.readability.grade)
        self.sentences.append(scored.readability.mean_sentence)
        for name, value in named_scores(scored).items():
            if value is not None:
                self.sums[name] += value  # pyright: ignore[reportArgumentType]
                self.counts[name] += 1

    def summary(self) -> Summary:
        means = {name: round(self.sums[name] / count, 4) for name, count in self.counts.items()}
        return Summary(
            self.written,
            self.refused,
            self.passed,
            self.claims,
            rate(self.unsupported, self.written),
            _median(self.lengths),
            _median(self.grades),
            _median(self.sentences),
            means,
        )


class Evaluator:
    """Takes messages one by one and keeps counts, and the messages of at most ``COMPARED`` leads."""

    def __init__(self, today: date) -> None:
        """``today`` is what ages of facts are counted from."""
        self._today = today
        self._all = _Tally()
        self._types: dict[MessageType, _Tally] = {}
        self._rules: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._stale: Counter[str] = Counter()
        self._messages = self._flat = 0
        self._costs: list[float] = []
        self._leads: dict[str, list[Sample]] = {}
        self._heap: list[tuple[int, str]] = []

    def add(self, sample: Sample) -> Scored | None:
        """Take one message; returns what is known of it, or None where it was refused."""
        self._messages += 1
        tally = self._types.setdefault(sample.type, _Tally())
        if sample.cost is not None:
            self._costs = [sum(self._costs) + sample.cost]
        if sample.text is None:
            tally.refused += 1
            self._all.refused += 1
            self._reasons[sample.reason or "no reason given"] += 1
            return None
        scored = score(sample, self._today)
        tally.add(scored)
        self._all.add(scored)
        self._flat += scored.flat
        self._rules.update({str(item.rule) for item in scored.violations})
        self._stale.update(set(scored.stale_words))
        self._keep(scored.sample)
        return scored

    def _keep(self, sample: Sample) -> None:
        key = sample.lead_key
        if key in self._leads:
            self._leads[key].append(sample)
            return
        rank = -int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
        if len(self._heap) < COMPARED:
            heapq.heappush(self._heap, (rank, key))
        elif (rank, key) > self._heap[0]:
            _, gone = heapq.heapreplace(self._heap, (rank, key))
            del self._leads[gone]
        else:
            return
        self._leads[key] = [sample]

    def report(self) -> Report:
        """Return the report on what was taken so far."""
        kept = [sample for key in sorted(self._leads) for sample in self._leads[key]]
        index = index_of(kept)
        order = [kind for kind in MessageType if kind in self._types]
        return Report(
            messages=self._messages,
            flat=self._flat,
            total=self._all.summary(),
            types={str(kind): self._types[kind].summary() for kind in order},
            rules=_ranked(self._rules),
            reasons=_ranked(self._reasons),
            stale_words=_ranked(self._stale, 20),
            cost=self._costs[0] if self._costs else None,
            compared=len(self._leads),
            likeness={str(kind): likeness(kept, kind, index) for kind in order},
            sequences=sequences(kept),
            lengths=_spread(self._all.lengths, 20),
            grades=_spread(self._all.grades, 16),
        )


def named_scores(scored: Scored) -> dict[str, float | None]:
    """Return the soft scores by name, with their mean as ``overall``."""
    soft = scored.scores
    return {
        "readability": soft.readability,
        "reader_focus": soft.reader_focus,
        "specificity": soft.specificity,
        "anchoring": soft.anchoring,
        "clean": soft.clean,
        "tone": soft.tone,
        "fresh": soft.fresh,
        "overall": soft.overall,
    }


def rate(count: int, messages: int) -> Rate:
    """Return a count as a rate per 100 messages with its 95% interval; all zeros without messages."""
    if not messages:
        return Rate(count, 0.0, 0.0, 0.0)
    upper = count + 1
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 0.0
    high = upper * (1 - 1 / (9 * upper) + 1.96 / (3 * upper**0.5)) ** 3
    return Rate(count, 100 * count / messages, 100 * low / messages, 100 * high / messages)


def _median(values: "array[float]") -> float | None:
    return round(median(values), 2) if values else None


def _ranked(counts: Counter[str], most: int = 1_000) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most])


def _spread(values: "array[float]", bins: int) -> Spread:
    if not values:
        return Spread((), ())
    low, high = 0.0, max(1.0, *values)
    width = (high - low) / bins
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - low) / width))] += 1
    return Spread(tuple(round(low + width * place, 3) for place in range(bins + 1)), tuple(counts))
