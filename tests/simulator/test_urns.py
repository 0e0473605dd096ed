"""Names of things lead back to them, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.simulator import urns
from overture.simulator.limits import utf16_units

NUMBERS = st.integers(1, urns.LARGEST)


@given(NUMBERS, NUMBERS)
def test_names_lead_back(number: int, owner: int) -> None:
    assert urns.parse_member(urns.member(number)) == (number, "")
    assert urns.parse_member(f"https://www.linkedin.com/in/{urns.member_id(number)}/") == (number, "")
    assert urns.parse_conversation(urns.conversation(number, owner)) == number
    assert urns.parse_company(urns.company(number)) == (number, "")


@given(st.integers(10**6, urns.LARGEST), st.integers(10**6, urns.LARGEST))
def test_numbers_lead_back(number: int, post: int) -> None:
    assert urns.parse_number(urns.post_url(number)) == number
    assert urns.parse_number(urns.invitation(number)) == number
    assert urns.parse_comment(urns.comment(number, post)) == (number, post)


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    urns.parse_member(text)
    urns.parse_company(text)
    urns.parse_comment(text)
    assert 0 <= urns.parse_number(text) <= urns.LARGEST
    assert 0 <= urns.parse_conversation(text) <= urns.LARGEST


@pytest.mark.parametrize(
    "text",
    [
        "https://www.linkedin.com/in/jane-doe-1/",
        "http://linkedin.com/in/jane-doe-1?trk=x",
        "linkedin.com/in/Jane-Doe-1",
        "https://fr.linkedin.com/in/jane-doe-1/details/",
        "jane-doe-1",
    ],
)
def test_addresses_of_profiles(text: str) -> None:
    assert urns.parse_member(text) == (0, "jane-doe-1")


@pytest.mark.parametrize(("text", "units"), [("", 0), ("é", 1), ("🙂", 2), ("a🙂b", 4)])
def test_length_is_counted_in_utf16_units(text: str, units: int) -> None:
    assert utf16_units(text) == units
