"""Composing and checking in one step: nothing leaves without passing the gate."""

from overture.composition.gate import check
from overture.domain import reasons
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType, Refused, Written
from overture.ports import Composer


def write(composer: Composer, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
    """Return one draft a type, in the order given; a message that the gate objects to becomes a refusal."""
    return [_gated(draft, brief, lead) for draft in composer.compose(brief, lead, types)]


def _gated(draft: Draft, brief: Brief, lead: LeadDossier) -> Draft:
    if not isinstance(draft, Written):
        return draft
    violations = check(draft, brief, lead)
    return Refused(draft.type, reasons.NOT_SUPPORTED, "; ".join(violations)) if violations else draft


class GatedComposer:
    """A composer whose every message has passed the gate."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """Return one draft a type, in the order given."""
        return write(self._composer, brief, lead, types)
