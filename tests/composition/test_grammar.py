"""The small grammar."""

import pytest

from overture.composition.countries import country_name
from overture.composition.grammar import article, contract, cuts, join, possessive, tidy
from overture.composition.verbs import BASES, base_of_third, gerund, third
from overture.composition.words import names, number_set


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("HR manager", "an"),
        ("VP Sales", "a"),
        ("CFO", "a"),
        ("MD", "an"),
        ("SEO lead", "an"),
        ("hour", "an"),
        ("user", "a"),
        ("operations role", "an"),
        ("Accounts Payable Specialist", "an"),
        ("European buyer", "a"),
        ("unusual offer", "an"),
        ("UX designer", "a"),
    ],
)
def test_a_or_an(phrase: str, expected: str) -> None:
    assert article(phrase) == expected


def test_lists_are_joined_as_prose() -> None:
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("base", "s", "ing"),
    [
        ("match", "matches", "matching"),
        ("schedule", "schedules", "scheduling"),
        ("supply", "supplies", "supplying"),
        ("ship", "ships", "shipping"),
        ("survey", "surveys", "surveying"),
        ("set", "sets", "setting"),
    ],
)
def test_verbs_are_conjugated(base: str, s: str, ing: str) -> None:
    assert (third(base), gerund(base)) == (s, ing)


def test_every_third_person_leads_back_to_its_verb() -> None:
    assert {base_of_third(third(base)) for base in BASES} == set(BASES)


def test_contractions_touch_no_main_verb() -> None:
    assert contract("I would like it, and I have “x” for you.") == "I'd like it, and I have “x” for you."


def test_a_name_that_ends_in_a_stop_takes_no_second() -> None:
    assert tidy("You work at GO REPAIR!.") == "You work at GO REPAIR!"
    assert possessive("Miro") == "Miro's"


def test_a_cut_never_splits_an_enumeration() -> None:
    assert cuts("pumps, motors, and valves for dairies")[-1] == "pumps, motors, and valves for dairies"
    assert "deploy the app locally, connect to a database" not in cuts(
        "deploy the app locally, connect to a database, and go"
    )


def test_numbers_have_one_form() -> None:
    assert number_set("Eight of 20,000 in two days") == {"8", "20000", "2"}


def test_names_are_words_with_capitals_inside_a_sentence() -> None:
    assert names("Your site names Ledgerly. The rest and NetSuite do not.") == ["Ledgerly", "NetSuite"]


def test_countries_take_their_article() -> None:
    assert [country_name(code) for code in ("GB", "de", "NL", "ZZ")] == ["the UK", "Germany", "the Netherlands", "ZZ"]
