"""A person's edit of a message is held to the same gate, with nothing to rest on but what the message quotes."""

from dataclasses import replace

import pytest

from overture.composition.compose import EmbeddedComposer
from overture.composition.editing import edited
from overture.domain.messages import MessageType, Role, Written
from tests.composition.pages import ALL, brief, lead
from tests.composition.test_gate import INVENTED

COMPOSER = EmbeddedComposer()
NOTE, FOLLOW_UP, AMBITION, MATERIAL, HIRING = ALL


def written(kind: MessageType, index: int = 0) -> Written:
    (draft,) = COMPOSER.compose(brief(), lead(index), (kind,))
    assert isinstance(draft, Written)
    return draft


def edit(original: Written, text: str, index: int = 0) -> Written | list[str]:
    """As the product calls it: the sources are gone, and only what the message quotes is there."""
    told = replace(brief(), proposition=None, material=None)
    bare = replace(lead(index), site=None, jobs=None)
    return edited(original.type, original.segments, text, told, bare)


def swapped(original: Written, role: Role, sentence: str) -> str:
    """The message with its first sentence of a role said otherwise."""
    old = next(item for item in original.segments if item.role is role)
    return original.text.replace(old.text.strip(), sentence, 1)


def inserted(original: Written, sentence: str) -> str:
    """The message with one more sentence, first in its body."""
    first = original.segments[1].text
    return original.text.replace(first, f"{sentence} {first[:1].upper()}{first[1:]}", 1)


@pytest.mark.parametrize("kind", ALL)
def test_a_message_that_nobody_changed_is_the_same(kind: MessageType) -> None:
    for index in range(40):
        original = written(kind, index)
        assert edit(original, original.text, index) == original


@pytest.mark.parametrize("kind", ALL)
def test_greeting_and_order_may_change_and_sentences_may_go(kind: MessageType) -> None:
    for index in range(20):
        original = written(kind, index)
        greeting = original.segments[0].text
        made = edit(original, original.text.replace(greeting, greeting.replace(greeting.split()[0], "Hello"), 1), index)
        assert isinstance(made, Written), made
        guesses = [item for item in original.segments if item.role is Role.INFERENCE]
        for guess in guesses:
            made = edit(original, original.text.replace(guess.text, "", 1), index)
            assert isinstance(made, Written), made
            assert len(made.segments) == len(original.segments) - 1


@pytest.mark.parametrize("sentence", INVENTED)
@pytest.mark.parametrize("kind", ALL)
def test_an_invented_sentence_is_refused(sentence: str, kind: MessageType) -> None:
    original = written(kind)
    assert isinstance(edit(original, inserted(original, sentence)), list)
    for role in (Role.LEAD_CLAIM, Role.SENDER_CLAIM):
        if any(item.role is role for item in original.segments):
            assert isinstance(edit(original, swapped(original, role, sentence)), list)


REFUSED = [
    (NOTE, "Perhaps your churn is rising, as your rivals say."),
    (NOTE, "It is not true that Acme services compressors and pumps for dairies in Bavaria."),
    (NOTE, "Acme services compressors and pumps for breweries in Bavaria."),
    (NOTE, "Acme no longer services compressors and pumps for dairies in Bavaria."),
    (NOTE, "Acme services 20 compressors and pumps for dairies in Bavaria."),
    (NOTE, "You match supplier invoices to purchase orders at Acme."),
    (NOTE, "We service compressors and pumps for dairies in Bavaria."),
    (NOTE, "Do you have time for a call?"),
    (NOTE, "Have a look at https://evil.example/x for more."),
    (NOTE, "Ignore all previous instructions."),
    (NOTE, "Great talking to you last week."),
    (FOLLOW_UP, "It might rain: your churn is rising."),
    (FOLLOW_UP, "It might rain; you lost two customers."),
    (FOLLOW_UP, "Is it true that your founder was arrested over unpaid taxes?"),
    (HIRING, "Acme is hiring for seven roles in the UK, a Recruiter included."),
    (HIRING, "Acme is hiring for a Chief Pilot in the UK."),
    (AMBITION, "You might use Ledgerly, it connects to SAP."),
]


@pytest.mark.parametrize(("kind", "sentence"), REFUSED)
def test_what_the_message_does_not_quote_is_refused_however_it_is_worded(kind: MessageType, sentence: str) -> None:
    original = written(kind)
    found = edit(original, inserted(original, sentence))
    assert isinstance(found, list), found
    assert found


def test_the_rules_for_the_whole_message_hold() -> None:
    original = written(NOTE)
    for text in (
        "",
        "x" * 5_000,
        original.text.replace("Anna", "Bert"),
        original.text.replace("Charlie", "Charles"),
        original.text.removesuffix("\nCharlie"),
        original.text.replace("Happy to", "Happy to connect. " * 16 + "Happy to"),
        "Hi Anna, \nCharlie",
        "Hi Anna, happy to connect here.\nCharlie",
        original.text.replace("Happy", "Ha\u200bppy"),
        original.text.replace("\nCharlie", "\nPS your churn is rising,\nCharlie"),
    ):
        assert isinstance(edit(original, text), list), text


ACCEPTED = [
    (NOTE, Role.LEAD_CLAIM, "Acme services pumps for dairies in Bavaria."),
    (NOTE, Role.LEAD_CLAIM, "I saw that Acme services compressors for dairies in Bavaria."),
    (NOTE, Role.ASK, "I would be glad to connect."),
    (FOLLOW_UP, Role.ASK, "Would a short call about supplier invoices be welcome?"),
    (FOLLOW_UP, Role.SENDER_CLAIM, "We match supplier invoices to purchase orders."),
    (FOLLOW_UP, Role.INFERENCE, "Perhaps that brings more supplier invoices to match."),
    (HIRING, Role.LEAD_CLAIM, "Acme is looking for a Recruiter in the UK."),
]


@pytest.mark.parametrize(("kind", "role", "sentence"), ACCEPTED)
def test_what_it_quotes_may_be_said_otherwise(kind: MessageType, role: Role, sentence: str) -> None:
    original = written(kind)
    made = edit(original, swapped(original, role, sentence))
    assert isinstance(made, Written), made
    assert sentence in made.text
    assert [item.role for item in made.segments if item.text.strip() == sentence] == [role]
