"""Looking for words in any case."""

import re

import pytest

from overture.composition.anycase import AnyCase

PART = r"\b(?:best|sign up|kiss\w*|\d+ (?:days|weeks))\b"


@pytest.mark.parametrize(
    "text",
    [
        "Our BEST pumps",
        "Sign Up now",
        "nothing here",
        "über 30 Days",
        "a ki\u017fs",
        "a \u212aISS",
        "",
        "30 WEEKS, 4 days",
    ],
)
def test_finds_what_ignoring_case_finds(text: str) -> None:
    ours, engine = AnyCase(PART), re.compile(PART, re.IGNORECASE)
    found, expected = ours.search(text), engine.search(text)
    assert (found and found.span()) == (expected and expected.span())
    assert ours.findall(text) == [match.group() for match in engine.finditer(text)]


@pytest.mark.parametrize("part", [r"Best", r"[A-Z]+", r"than (?-i:x)", r"(?i:x)"])
def test_refuses_a_pattern_whose_case_would_matter(part: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        AnyCase(part)
