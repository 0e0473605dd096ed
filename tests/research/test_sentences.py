"""Sentences are exact spans, cut where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.research.sentences import fold, split, usable


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        (
            "We serve Acme Inc. and others. Since 1999 Dr. Smith leads.",
            ["We serve Acme Inc. and others.", "Since 1999 Dr. Smith leads."],
        ),
        ("The U.S. Army uses it. So do we.", ["The U.S. Army uses it.", "So do we."]),
        ("It grew 3.5 times. 100 people came.", ["It grew 3.5 times.", "100 people came."]),
        ("Wir bieten z.B. Software an. Über 500 Kunden.", ["Wir bieten z.B. Software an.", "Über 500 Kunden."]),
        ("“We like it.” Jane said so. (Really.) Yes.", ["“We like it.”", "Jane said so.", "(Really.)", "Yes."]),
        ("¿Qué hacemos? Bombas. ¡Sí!", ["¿Qué hacemos?", "Bombas.", "¡Sí!"]),
        ("我们制造泵。我们在利兹。", ["我们制造泵。", "我们在利兹。"]),
        ("see acme.com for more. iPhone is lower case.", ["see acme.com for more. iPhone is lower case."]),
        ("", []),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(max_size=2_000))
def test_whatever_the_text_sentences_are_spans_of_it(text: str) -> None:
    folded = fold(text)
    assert folded == fold(folded)
    assert "\x00" not in folded
    assert not any("\ud800" <= c <= "\udfff" for c in folded)
    position = 0
    for sentence in usable(folded):
        assert 4 <= len(sentence) <= 400
        position = folded.index(sentence, position) + len(sentence)
