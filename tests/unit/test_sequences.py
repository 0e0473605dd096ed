"""The preset sequences: 54 of them, one known in full, and how filters choose."""

import pytest

from overture.domain import sequences
from overture.domain.messages import MessageType
from overture.domain.sequences import Sequence, SequenceStep, all_sequences, find


def _by_id(name: str) -> Sequence:
    return next(sequence for sequence in all_sequences() if sequence.id == name)


def _waits(name: str) -> list[str]:
    return [step.wait_time_after for step in _by_id(name).steps]


def _types(name: str) -> list[str]:
    return [step.type.value for step in _by_id(name).steps]


def test_the_known_sequence_is_exact() -> None:
    """The one sequence that is documented in full comes out as documented."""
    assert find(sequences.DEFAULTS) == (
        Sequence(
            ("medium", "meeting", "normal", "false"),
            (
                SequenceStep(1, MessageType.STAGE_AMBITION, "4d 0h"),
                SequenceStep(2, MessageType.FIRST_FOLLOW_UP, "0d 0h"),
            ),
        ),
    )


def test_there_are_54_in_a_fixed_order() -> None:
    """Length, objective, cadence, saturation: the last changes fastest."""
    ids = [sequence.id for sequence in all_sequences()]
    assert len(set(ids)) == 54
    assert ids[:4] == [
        "short_brand_awareness_rapid_false",
        "short_brand_awareness_rapid_true",
        "short_brand_awareness_normal_false",
        "short_brand_awareness_normal_true",
    ]
    assert ids[6] == "short_event_attendance_rapid_false"
    assert ids[18] == "medium_brand_awareness_rapid_false"
    assert ids[-1] == "long_meeting_long_term_true"


@pytest.mark.parametrize("sequence", all_sequences(), ids=lambda sequence: sequence.id)
def test_every_sequence_is_well_formed(sequence: Sequence) -> None:
    """Steps count from 1, no type repeats, saturated markets begin with connecting, the last step never waits."""
    length, _, _, saturated = sequence.key
    types = [step.type for step in sequence.steps]
    assert [step.step for step in sequence.steps] == list(range(1, len(types) + 1))
    assert len(set(types)) == len(types)
    assert (MessageType.CONNECTION_REQUEST in types) is (saturated == "true")
    if saturated == "true":
        assert types[0] is MessageType.CONNECTION_REQUEST
    assert len(types) == {"short": 1, "medium": 2, "long": 4}[length] + (saturated == "true")
    assert sequence.steps[-1].wait_time_after == "0d 0h"


def test_waits_follow_the_cadence() -> None:
    """A rapid cadence connects within hours; a long one waits three weeks, two in a long sequence."""
    assert _waits("medium_meeting_rapid_true") == ["0d 6h", "2d 0h", "0d 0h"]
    assert _waits("medium_meeting_normal_true") == ["1d 0h", "4d 0h", "0d 0h"]
    assert _waits("medium_meeting_long_term_false") == ["21d 0h", "0d 0h"]
    assert _waits("long_brand_awareness_long_term_false") == ["14d 0h", "14d 0h", "14d 0h", "0d 0h"]
    assert _waits("short_brand_awareness_rapid_true") == ["0d 6h", "0d 0h"]


def test_types_follow_the_objective() -> None:
    """Each objective has its own order."""
    assert _types("short_meeting_rapid_false") == ["first_follow_up"]
    assert _types("short_brand_awareness_rapid_true") == ["connection_request", "share_material"]
    assert _types("medium_event_attendance_normal_false") == ["share_material", "first_follow_up"]
    assert _types("long_meeting_normal_true") == [
        "connection_request",
        "stage_ambition",
        "share_material",
        "hiring_activity",
        "first_follow_up",
    ]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"sequence_length": "default"}, ["medium_meeting_normal_false"]),
        ({"saturated_markets": "true"}, ["medium_meeting_normal_true"]),
        ({"sequence_length": "short"}, ["short_meeting_normal_false"]),
        (
            {"sequence_length": "long", "campaign_objective": "brand_awareness", "cadence_profile": "long_term"},
            ["long_brand_awareness_long_term_false"],
        ),
        ({"sequence_length": "short", "cadence_profile": "default"}, ["short_meeting_normal_false"]),
        ({"sequence_length": "short", "cadence_profile": " "}, ["short_meeting_normal_false"]),
        ({"sequence_length": "endless"}, []),
        ({"sequence_length": "SHORT"}, []),
        ({"saturated_markets": "yes"}, []),
    ],
)
def test_one_filter_applies_all_four(filters: dict[str, str], ids: list[str]) -> None:
    """What is not sent takes its default; what is not listed matches nothing."""
    assert [sequence.id for sequence in find(filters)] == ids


@pytest.mark.parametrize("filters", [{}, {"sequence_length": ""}, {"page": "2"}])
def test_no_filter_gives_all(filters: dict[str, str]) -> None:
    """A blank filter and a name we do not know count as not sent."""
    assert find(filters) == all_sequences()
