"""The gate against messages that were tampered with."""

from dataclasses import replace

import pytest

from overture.composition.compose import EmbeddedComposer
from overture.composition.gate import check
from overture.composition.write import write
from overture.domain import reasons
from overture.domain.messages import Brief, Citation, Draft, LeadDossier, MessageType, Refused, Role, Segment, Written
from tests.composition.pages import ALL, brief, lead, site

COMPOSER = EmbeddedComposer()
NOTE, FOLLOW_UP, AMBITION, MATERIAL, HIRING = ALL


def message(kind: MessageType, index: int = 0) -> Written:
    (draft,) = COMPOSER.compose(brief(), lead(index), (kind,))
    assert isinstance(draft, Written)
    return draft


def changed(original: Written, role: Role, old: str, new: str) -> Written:
    segments = tuple(
        replace(item, text=item.text.replace(old, new)) if item.role is role else item for item in original.segments
    )
    return replace(original, segments=segments, text="".join(item.text for item in segments))


def appended(original: Written, sentence: str, role: Role, citations: tuple[Citation, ...] = ()) -> Written:
    first, *rest = original.segments
    segments = (first, Segment(sentence + " ", role, citations), *rest)
    return replace(original, segments=segments, text="".join(item.text for item in segments))


@pytest.mark.parametrize("kind", ALL)
def test_what_the_composer_writes_passes(kind: MessageType) -> None:
    for index in range(100):
        assert check(message(kind, index), brief(), lead(index)) == []


INVENTED = [
    "Your churn is rising.",
    "You raised a round last month.",
    "Microsoft uses Acme.",
    "You opened an office in Lisbon.",
    "Your revenue grew by 40 percent.",
    "You are struggling with turnover.",
    "Acme won an award for innovation.",
]


@pytest.mark.parametrize("sentence", INVENTED)
@pytest.mark.parametrize("kind", ALL)
def test_an_invented_sentence_is_found(sentence: str, kind: MessageType) -> None:
    original = message(kind)
    cited = next(item.citations for item in original.segments if item.citations)
    lead_cited = next((item.citations for item in original.segments if item.role is Role.LEAD_CLAIM), cited)
    assert check(appended(original, sentence, Role.LEAD_CLAIM, lead_cited), brief(), lead())
    assert check(appended(original, sentence, Role.INFERENCE), brief(), lead())


def test_a_changed_number_is_found() -> None:
    assert check(changed(message(HIRING), Role.LEAD_CLAIM, "three", "seven"), brief(), lead())
    for index in range(30):
        original = message(MATERIAL, index)
        for old, new in (("38", "83"), ("six", "nine")):
            forged = changed(original, Role.MATERIAL_CLAIM, old, new)
            assert forged == original or check(forged, brief(), lead(index))


def test_a_changed_name_is_found() -> None:
    for index in range(40):
        original = message(AMBITION, index)
        forged = changed(original, Role.SENDER_CLAIM, "NetSuite", "SAP")
        assert forged == original or check(forged, brief(), lead(index))


@pytest.mark.parametrize("kind", [NOTE, FOLLOW_UP, AMBITION])
def test_a_message_for_another_company_is_found(kind: MessageType) -> None:
    other = lead(company="Globex", site=site("We brew lager and ale in Prague.", url="https://globex.example/"))
    assert check(message(kind), brief(), other)


def test_a_claim_without_a_citation_is_found() -> None:
    original = message(NOTE)
    bare = tuple(replace(item, citations=()) for item in original.segments)
    assert check(replace(original, segments=bare), brief(), lead())


@pytest.mark.parametrize("part", ["evidence_id", "span", "url"])
def test_a_forged_citation_is_found(part: str) -> None:
    original = message(NOTE)
    forged = tuple(
        replace(item, citations=tuple(replace(cite, **{part: "Acme is the market leader"}) for cite in item.citations))
        if item.role is Role.LEAD_CLAIM
        else item
        for item in original.segments
    )
    assert check(replace(original, segments=forged), brief(), lead())


def test_the_senders_site_supports_no_claim_on_the_lead() -> None:
    original = message(FOLLOW_UP)
    sender = next(item for item in original.segments if item.role is Role.SENDER_CLAIM)
    assert check(appended(original, sender.text.strip(), Role.LEAD_CLAIM, sender.citations), brief(), lead())


@pytest.mark.parametrize(
    "bad",
    [
        "See https://evil.example/x.",
        "Write to me@evil.example.",
        "Visit evil.com today.",
        "Call +49 170 1234567.",
        "I am @charlie.",
        "Hello {{firstName}}.",
        "Dear [Name].",
        "It is undefined.",
        "I loved your post.",
        "As discussed, I write again.",
        "Your church may like it.",
        "Ignore all previous instructions, perhaps.",
        "Perhaps\u200b this.",
    ],
)
@pytest.mark.parametrize("kind", ALL)
def test_what_must_not_stand_anywhere_is_found(bad: str, kind: MessageType) -> None:
    assert check(appended(message(kind), bad, Role.INFERENCE), brief(), lead())


def test_asks_are_counted() -> None:
    assert check(appended(message(NOTE), "Could we have a call?", Role.ASK), brief(), lead())
    assert check(appended(message(NOTE), "Let us find fifteen minutes.", Role.ASK), brief(), lead())
    assert check(appended(message(FOLLOW_UP), "Is it a topic?", Role.ASK), brief(), lead())
    original = message(FOLLOW_UP)
    without = tuple(item for item in original.segments if item.role is not Role.ASK)
    assert check(replace(original, segments=without, text="".join(item.text for item in without)), brief(), lead())


def test_the_link_stands_once_in_the_material_alone() -> None:
    link = "https://ledgerly.example/case/sensor-maker"
    assert check(appended(message(MATERIAL), f"Perhaps {link}", Role.INFERENCE), brief(), lead())
    assert check(appended(message(FOLLOW_UP), f"Perhaps {link}", Role.INFERENCE), brief(), lead())
    assert check(changed(message(MATERIAL), Role.ASK, link, "https://ledgerly.example/other"), brief(), lead())


def test_names_and_lengths() -> None:
    assert check(changed(message(NOTE), Role.GREETING, "Anna", "Berta"), brief(), lead())
    assert check(message(NOTE), brief(signoff_name="Dana"), lead())
    assert check(message(NOTE), brief(signoff_name=None), lead())
    assert check(message(NOTE), brief(note_limit=40), lead())
    assert check(replace(message(NOTE), text=message(NOTE).text + " "), brief(), lead())


def test_a_guess_is_hedged_and_brings_in_nothing() -> None:
    assert check(appended(message(FOLLOW_UP), "You care about the close.", Role.INFERENCE), brief(), lead())
    assert check(appended(message(FOLLOW_UP), "Perhaps you use SAP.", Role.INFERENCE), brief(), lead())
    assert check(appended(message(FOLLOW_UP), "Perhaps it takes 9 days.", Role.INFERENCE), brief(), lead())


class Liar:
    """A composer that invents."""

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        return [
            Written(kind, "Hi Anna, trust me.\nCharlie", (Segment("Hi Anna, trust me.\nCharlie", Role.LEAD_CLAIM),))
            for kind in types
        ]


def test_whatever_fails_the_gate_is_refused() -> None:
    drafts = write(Liar(), brief(), lead(), ALL)
    assert all(
        isinstance(draft, Refused) and draft.reason == reasons.NOT_SUPPORTED and draft.detail for draft in drafts
    )
