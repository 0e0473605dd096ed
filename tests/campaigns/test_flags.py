"""What a reviewer is told to look at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from overture.domain.campaigns.definition import Approval, CampaignStep, Definition
from overture.domain.campaigns.flags import flags_of
from overture.domain.messages import Citation, MessageType, Role, Segment
from overture.usecases.campaigns.approving import needs_review

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PLAN = Definition("Kestrel", "https://kestrel.example", (CampaignStep(MessageType.CONNECTION_REQUEST),), ())


def _fact(
    span: str = "We store sails", age: timedelta = timedelta(hours=1), url: str = "https://a.example/"
) -> Segment:
    cite = Citation("E1", url, span, (NOW - age).isoformat() if url.startswith("https") else "")
    return Segment("You store sails. ", Role.LEAD_CLAIM, (cite,))


HELLO = Segment("Hi Ada, ", Role.GREETING)
BYE = Segment("\nMo", Role.SIGNOFF)


def _flags(*segments: Segment, kind: MessageType = MessageType.CONNECTION_REQUEST) -> tuple[str, ...]:
    return flags_of(kind, (HELLO, *segments, BYE), PLAN, NOW)


def test_a_plain_message_has_no_flag() -> None:
    assert _flags(_fact()) == ()


def test_each_flag_has_its_cause_and_only_that() -> None:
    jobs = MessageType.HIRING_ACTIVITY
    assert _flags(_fact(), Segment("Perhaps space is short. ", Role.INFERENCE)) == ("guess",)
    assert _flags(_fact(age=timedelta(days=29))) == ()
    assert _flags(_fact(age=timedelta(days=31))) == ("old_fact",)
    assert _flags(_fact(age=timedelta(days=2)), kind=jobs) == ("old_fact",)
    assert _flags(_fact("In 2024 we opened two lofts in Hull")) == ()
    assert _flags(_fact("In 2023 and 2024 we moved two lofts")) == ("past_year",)
    assert _flags(_fact("From 2023 to 2026 we moved two lofts")) == ()
    assert _flags(_fact("Sails made here since 1974")) == ()
    assert _flags(_fact("We keep 2,000 sails, 1974.50 kg")) == ()
    assert _flags(_fact(url="request:company")) == ("no_lead_fact",)
    assert _flags(_fact(), _fact(), _fact()) == ("many_facts",)
    assert _flags(_fact(), Segment("x" * 200, Role.ASK)) == ("long_note",)
    assert _flags(_fact(), Segment("x" * 200, Role.ASK), kind=jobs) == ()
    assert _flags(_fact(), Segment("x" * 400, Role.ASK), kind=jobs) == ("long_message",)


def test_the_approval_mode_decides_what_waits_for_a_person() -> None:
    for approval, plain, flagged in (
        (Approval.ALL, True, True),
        (Approval.FLAGGED, False, True),
        (Approval.NONE, False, False),
    ):
        plan = replace(PLAN, approval=approval)
        assert (needs_review(plan, ()), needs_review(plan, ("guess",))) == (plain, flagged)
