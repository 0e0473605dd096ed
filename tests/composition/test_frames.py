"""Which sentence frames a lead gets."""

import re
from collections import Counter

import pytest

from overture.composition.compose import SLOTS, frame_ids
from overture.composition.frames import fill
from overture.domain.messages import MessageType, Tone
from tests.composition.pages import ALL, brief


@pytest.mark.parametrize("message_type", ALL)
def test_no_two_of_two_thousand_leads_share_their_frames(message_type: MessageType) -> None:
    request = brief()
    assert len({frame_ids(request, index, message_type) for index in range(2000)}) == 2000


@pytest.mark.parametrize("message_type", ALL)
@pytest.mark.parametrize("count", [50, 2000])
def test_no_frame_takes_more_than_a_tenth(message_type: MessageType, count: int) -> None:
    used = Counter(frame for index in range(count) for frame in frame_ids(brief(), index, message_type))
    assert max(used.values()) <= count / 10


def test_another_request_starts_elsewhere() -> None:
    first = [frame_ids(brief(), index, MessageType.FIRST_FOLLOW_UP) for index in range(5)]
    other = [frame_ids(brief(key="r2"), index, MessageType.FIRST_FOLLOW_UP) for index in range(5)]
    assert first != other


@pytest.mark.parametrize("message_type", ALL)
def test_a_slots_families_say_the_same_moves(message_type: MessageType) -> None:
    for slot in SLOTS[message_type]:
        assert {len(texts) for texts in slot.families.values()} == {slot.size}
        for texts in slot.families.values():
            assert len(set(texts)) == slot.size


@pytest.mark.parametrize("message_type", ALL)
@pytest.mark.parametrize("tone", list(Tone))
def test_every_frame_can_be_filled(message_type: MessageType, tone: Tone) -> None:
    known = dict.fromkeys(
        (
            "you",
            "name",
            "noun",
            "it",
            "we",
            "state",
            "t",
            "o",
            "g",
            "title",
            "point",
            "link",
            "roles",
            "count",
            "country",
            "team",
            "teams",
            "n",
            "e",
            "c",
            "f",
            "passive",
            "task",
            "kind",
            "that",
            "from",
        ),
        "x",
    )
    for slot in SLOTS[message_type]:
        for text in (text for texts in slot.families.values() for text in texts):
            said = fill(
                text,
                tone,
                known | {"company": "Acme", "p": "Ledgerly", "role": "", "as": "as CFO,", "for": "for a CFO,"},
            )
            assert not re.search(r"[\[\]{}|]| {2}| [,.]|\.\.", said), said
            assert tone is not Tone.FORMAL or "'" not in said.replace("else's", "").replace("team's", "").replace(
                "anyone's", ""
            ).replace("year's", "")
