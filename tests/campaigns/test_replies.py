"""What replies say, by rules: on answers written for it, and on what is meant to mislead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overture.domain.campaigns.absence import AWAY_DAYS, MOST_AWAY_DAYS, away_until
from overture.domain.campaigns.replies import ReplyClass
from overture.domain.campaigns.reply_rules import classify_reply

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
"""A Wednesday."""


def labelled(name: str) -> list[tuple[str, str]]:
    """Lines below the class that they are of."""
    found: list[tuple[str, str]] = []
    kind = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            kind = line[2:]
        elif line:
            found.append((kind, line))
    return found


def accuracy(rows: list[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    """The share that is told right, in all and of each class."""
    right = [(kind, classify_reply(text).kind == kind) for kind, text in rows]
    by = {kind: [good for other, good in right if other == kind] for kind, _ in right}
    return sum(good for _, good in right) / len(right), {kind: sum(good) / len(good) for kind, good in by.items()}


def test_the_answers_that_the_rules_were_made_with() -> None:
    rows = labelled("labelled_replies.txt")
    overall, by = accuracy(rows)
    assert len(rows) >= 200
    assert set(by) == set(ReplyClass)
    assert overall >= 0.97, by


def test_answers_that_the_rules_were_not_made_with() -> None:
    """What the rules know no words of is ``other``; nobody is left alone for good who did not ask for it."""
    rows = labelled("untouched_replies.txt")
    overall, by = accuracy(rows)
    claims = [(kind, said) for kind, text in rows if (said := classify_reply(text).kind) is not ReplyClass.OTHER]
    assert overall >= 0.45, by
    assert sum(kind == said for kind, said in claims) >= 0.8 * len(claims)
    assert {kind for kind, said in claims if said is ReplyClass.OPT_OUT} == {"opt_out"}


def test_plain_answers_written_by_somebody_else() -> None:
    """Eighty usual answers, written without a look at the rules, after them: 76 were told right at first sight."""
    rows = labelled("plain_replies.txt")
    overall, by = accuracy(rows)
    assert len(rows) == 80
    assert overall >= 0.9, by
    assert by["opt_out"] == by["out_of_office"] == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Yes, happy to talk.\n\n--\nAda | out of office on Fridays", "interested"),
        ("Sounds good!\n\nOn Mon, Nov 2, 2026 at 9:00, Sam wrote:\n> reply STOP to unsubscribe", "interested"),
        ("> Do you want me to stop messaging you?\nNo, let's talk next week", "interested"),
        ("It’s not that we’re not interested, but ask me again in spring", "later"),
        ("STOP!!!", "opt_out"),
        ("  ", "other"),
        ("\x00\ud800 \u202e" * 50, "other"),
        ("not " * 3000, "other"),
    ],
)
def test_traps(text: str, kind: str) -> None:
    """Quoted text and signatures are not the person's; what cannot be read is ``other``."""
    assert classify_reply(text).kind == kind


def test_why_names_the_words() -> None:
    assert classify_reply("Hello. I'm not the right person for this.").why == (
        'the words "not the right person for this"'
    )
    assert classify_reply("Nope.").why == 'the whole answer is "nope"'


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("out of office until 16 November", (2026, 11, 17)),
        ("I'm away from Nov 9th to November 20th", (2026, 11, 21)),
        ("Ich bin bis zum 15.01. nicht im Büro", (2027, 1, 16)),
        ("on holiday till 03/12", (2026, 12, 4)),
        ("back on 2026-11-30", (2026, 12, 1)),
        ("OOO until the 3rd", (2026, 12, 4)),
        ("I'm out, back Monday", (2026, 11, 10)),
        ("Je suis absente jusqu'au 12 décembre", (2026, 12, 13)),
        ("fuera de la oficina hasta el 20 de noviembre", (2026, 11, 21)),
        ("afwezig tot 10 januari", (2027, 1, 11)),
    ],
)
def test_until_when_somebody_is_away(text: str, day: tuple[int, int, int]) -> None:
    assert away_until(text, NOW) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize("text", ["I am away", "since 1 January 2020", "until 31 February", "until the 99th", "13/13"])
def test_an_absence_without_a_date_has_the_usual_length(text: str) -> None:
    assert away_until(text, NOW) == NOW + timedelta(days=AWAY_DAYS)


def test_no_absence_is_endless() -> None:
    assert away_until("back on 1 June 2031", NOW) <= NOW + timedelta(days=MOST_AWAY_DAYS + 1)
