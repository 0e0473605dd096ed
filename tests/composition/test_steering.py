"""A message can be written again: on another fact, shorter, in another tone."""

import pytest

from overture.composition.compose import EmbeddedComposer
from overture.composition.write import write
from overture.domain import reasons
from overture.domain.messages import Draft, LeadDossier, MessageType, Refused, Role, Tone, Written, linkedin_length
from tests.composition.pages import ACME_SENTENCES, brief, lead

FACTUAL = (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION)
LETTERS = tuple(kind for kind in MessageType if kind is not MessageType.CONNECTION_REQUEST)


def draft(kind: MessageType, dossier: LeadDossier, **changes: object) -> Draft:
    return write(EmbeddedComposer(), brief(**changes), dossier, (kind,))[0]


def spans(message: Written, role: Role) -> frozenset[str]:
    return frozenset(cite.span for part in message.segments if part.role is role for cite in part.citations)


@pytest.mark.parametrize("kind", FACTUAL)
def test_an_avoided_fact_is_not_told_again(kind: MessageType) -> None:
    for index in range(10):
        first = draft(kind, lead(index))
        assert isinstance(first, Written)
        told = spans(first, Role.LEAD_CLAIM)
        again = draft(kind, lead(index, avoid=told))
        assert isinstance(again, Written), again
        assert spans(again, Role.LEAD_CLAIM).isdisjoint(told)


def test_an_avoided_point_of_the_material_is_not_told_again() -> None:
    first = draft(MessageType.SHARE_MATERIAL, lead())
    assert isinstance(first, Written)
    told = {span for span in spans(first, Role.MATERIAL_CLAIM) if "month-end" not in span}
    again = draft(MessageType.SHARE_MATERIAL, lead(avoid=frozenset(told)))
    assert isinstance(again, Written), again
    assert spans(again, Role.MATERIAL_CLAIM).isdisjoint(told)


def test_without_another_fact_it_is_refused_with_where_we_looked() -> None:
    refused = draft(MessageType.FIRST_FOLLOW_UP, lead(avoid=frozenset(ACME_SENTENCES)))
    assert isinstance(refused, Refused)
    assert refused.reason == reasons.RESEARCH_NOT_FOUND
    assert "https://acme.example/" in refused.detail
    assert "another usable fact" in refused.detail


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("tone", list(Tone))
def test_a_shorter_letter_keeps_within_what_is_allowed(kind: MessageType, tone: Tone) -> None:
    shortened = 0
    for index in range(20):
        first = draft(kind, lead(index), tone=tone)
        assert isinstance(first, Written)
        most = linkedin_length(first.text) - 1
        again = draft(kind, lead(index), tone=tone, most=most)
        if isinstance(again, Written):
            assert linkedin_length(again.text) <= most
            shortened += 1
        else:
            assert again.reason == reasons.DOES_NOT_FIT
            assert str(most) in again.detail
    assert shortened or kind is not MessageType.FIRST_FOLLOW_UP


def test_nothing_fits_into_almost_nothing() -> None:
    for kind in LETTERS:
        refused = draft(kind, lead(), most=60)
        assert isinstance(refused, Refused)
        assert refused.reason == reasons.DOES_NOT_FIT
