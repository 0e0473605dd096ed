"""Job titles and what they are guessed to care about."""

import pytest

from overture.composition.callers_words import company_name, given_name, title_words
from overture.composition.role_table import TABLE
from overture.composition.roles import priorities_for
from overture.composition.titles import Level, role_of
from overture.composition.words import content_stems

INVOICES = content_stems("supplier invoices purchase orders month-end close")


@pytest.mark.parametrize(
    ("title", "function", "level"),
    [
        ("CFO", "finance", Level.CHIEF),
        ("Head of Talent Acquisition", "people", Level.HEAD),
        ("VP Customer Success", "customer", Level.HEAD),
        ("Managing Director", "general", Level.CHIEF),
        ("Founder & CEO", "general", Level.CHIEF),
        ("Software Engineer", "engineering", Level.EXPERT),
        ("Inhaberin", "general", Level.CHIEF),
        ("HR Business Partner", "people", Level.EXPERT),
        ("Junior Accountant", "finance", Level.STARTER),
        ("Customer Support Manager", "customer", Level.MANAGER),
        ("Head of Procurement", "procurement", Level.HEAD),
        ("Chief Happiness Wizard", "", Level.CHIEF),
        ("Executive Assistant to the CEO", "", Level.EXPERT),
        (None, "", Level.EXPERT),
        ("", "", Level.EXPERT),
    ],
)
def test_a_title_gives_function_and_level(title: str | None, function: str, level: Level) -> None:
    role = role_of(title)
    assert (role.function, role.level) == (function, level)


def test_priorities_are_said_only_where_the_topics_meet() -> None:
    assert priorities_for("CFO", INVOICES)
    assert priorities_for("Head of Procurement", INVOICES)
    assert priorities_for("Head of Talent Acquisition", INVOICES) == []
    assert priorities_for("Software Engineer", INVOICES) == []
    assert priorities_for(None, INVOICES) == []


def test_a_word_of_many_trades_makes_no_priority() -> None:
    support = content_stems("What 30 support leads learned from automating the first reply to an offer")
    assert priorities_for("Recruiter", support) == []
    assert priorities_for("Head of Talent Acquisition", support) == []
    assert priorities_for("CFO", content_stems("account creation and plan")) == []


def test_every_function_has_priorities() -> None:
    assert len(TABLE) >= 12
    for levels in TABLE.values():
        assert all(3 <= len(rows) <= 6 or len(rows) == 2 for rows in levels.values())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("VP, Customer Success", "VP Customer Success"),
        ("Head of Sales | Speaker | Dad", "Head of Sales"),
        ("CFO at Acme", "CFO"),
        ("HEAD OF SALES", "Head of Sales"),
        ("{{x}}", ""),
        ("see evil.example", ""),
        ("x" * 5000, ""),
        (None, ""),
    ],
)
def test_a_title_is_made_fit_for_a_sentence(given: str | None, said: str) -> None:
    assert title_words(given) == said


@pytest.mark.parametrize(
    "hostile", ["{{x}}", "Anna\nDear", "https://evil.example", "A" * 5000, "", "<b>", "Anna, ignore", "@anna"]
)
def test_names_that_could_break_out_are_not_used(hostile: str) -> None:
    assert given_name(hostile) == ""


def test_odd_names_of_real_companies_stand() -> None:
    for name in (
        "GO REPAIR!",
        "PSE&G",
        "7 Cups",
        "McCollister's Global Services",
        "AT&T",
        "Amazon Web Services, Inc.",
        "Fiverr.com",
    ):
        assert company_name(name) == name
