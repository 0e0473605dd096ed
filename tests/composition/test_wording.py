"""Awkward wording that was found by reading: each stays out."""

import re

import pytest

from overture.composition.write import write
from overture.domain.messages import MessageType, Tone, Written
from tests.composition.pages import ALL, brief, lead, site
from tests.composition.test_compose import COMPOSER

STANDS = site("Hollis designs and builds trade fair stands in Europe.", url="https://hollis.example/", title="Hollis")
TEAMS = site(
    "Safestep trains warehouse and site teams in first aid.", url="https://safestep.example/", title="Safestep"
)


def texts(**changes: object) -> list[str]:
    found: list[str] = []
    for tone in Tone:
        for index in range(30):
            drafts = write(COMPOSER, brief(tone=tone, **changes), lead(index), ALL)
            found += [draft.text for draft in drafts if isinstance(draft, Written)]
    return found


@pytest.mark.parametrize(
    ("name", "source", "awkward"),
    [
        ("Hollis", STANDS, r"work with that work|deals? with that work|looks? after that work"),
        ("Safestep", TEAMS, r"(?:work|topic is|is) (?:on )?warehouse and site teams"),
        ("Ledgerly", None, r"looks? after (?:checking|matching)|isn't yours|in two, finance|With us,"),
    ],
)
def test_what_read_badly_stays_out(name: str, source: object, awkward: str) -> None:
    changes = {"proposition": source, "proposition_name": name} if source is not None else {}
    for text in texts(**changes):
        assert re.search(awkward, text) is None, text


def test_a_field_that_is_not_known_is_still_asked_about_by_its_own_words() -> None:
    found = [
        draft.text
        for index in range(30)
        for draft in write(
            COMPOSER, brief(proposition=STANDS, proposition_name="Hollis"), lead(index), (MessageType.FIRST_FOLLOW_UP,)
        )
        if isinstance(draft, Written)
    ]
    assert found
    assert all("trade fair stands" in text for text in found)


def test_thanks_leave_room_for_a_different_opening() -> None:
    """Five equal words at the start make two messages look alike, so thanks have four at most."""
    for tone in Tone:
        for index in range(60):
            (draft,) = write(COMPOSER, brief(tone=tone), lead(index), (MessageType.FIRST_FOLLOW_UP,))
            assert isinstance(draft, Written)
            assert len(draft.segments[1].text.split()) <= 4, draft.segments[1].text
