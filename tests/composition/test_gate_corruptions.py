"""The gate against false messages that code without a share in it has made from true ones (a smaller sample)."""

from pathlib import Path

import pytest
from benchmarks.quality import campaign, checking, corpus
from benchmarks.quality.corruptions import KINDS, Case, corrupted

from overture.composition.gate import violations
from overture.domain.messages import Written

COUNT, SEED = 150, 11
REPORTED = {
    "relation: sides exchanged": 0.7,
    "opposite": 0.8,
    "common verb replaced": 0.5,
    "invented but hedged": 0.0,
}
"""Kinds where words alone cannot decide, with what is seen of them at least."""


@pytest.fixture(scope="module")
def cases(corpus: Path) -> list[Case]:
    return checking.true_cases([campaign.run(propositions[0], campaign.TONES[0]) for propositions in [_propositions()]])


def _propositions() -> tuple[corpus.Proposition, ...]:
    return corpus.propositions()


def test_true_messages_pass(cases: list[Case]) -> None:
    assert len(cases) > 500
    refused = [case for case in cases if violations(case.message, case.brief, case.lead)]
    assert refused == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_false_messages_are_caught(cases: list[Case], kind: object) -> None:
    false = corrupted(kind, cases, COUNT, SEED)  # type: ignore[arg-type]
    assert len(false) >= 100
    caught = sum(bool(violations(case.message, case.brief, case.lead)) for case in false)
    bar = kind.bar or REPORTED.get(kind.name, 0.95)  # type: ignore[attr-defined]
    assert caught / len(false) >= bar


def test_few_of_the_composers_own_messages_are_refused(corpus: Path) -> None:
    """False alarms on what the composer writes, before its gate: at most 2 in 100."""
    raw = campaign.raw_cases()[::7]
    refused = [case for case in raw if violations(case.message, case.brief, case.lead)]
    assert len(refused) <= 0.02 * len(raw)
    assert all(isinstance(case.message, Written) for case in raw)
