"""Answers as a model would give them, for the leads of ``tests.composition.pages``."""

import json
from typing import Any

from overture.composition.llm_prompt import told_to
from overture.composition.parts import Desk, desk
from overture.domain.messages import Brief, LeadDossier, MessageType
from tests.composition.pages import ACME_SENTENCES, LEDGERLY_SENTENCES, brief, lead

NOTE, FOLLOW_UP = MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP
TWO = (NOTE, FOLLOW_UP)


def work(about: Brief | None = None, who: LeadDossier | None = None) -> Desk:
    made = desk(about or brief(), who or lead(), NOTE)
    assert isinstance(made, Desk)
    return made


def id_of(text: str, of: Desk | None = None) -> str:
    """The id under which a fact is told to the model."""
    return next(name for name, item in told_to(of or work()).items() if item.text == text)


def sentence(role: str, text: str, *cites: str) -> dict[str, Any]:
    return {"role": role, "cites": list(cites), "text": text}


def note() -> list[dict[str, Any]]:
    return [
        sentence("lead_claim", "You rent replacement pumps by the week.", id_of(ACME_SENTENCES[3])),
        sentence("inference", "That may mean a good many supplier invoices.", "T"),
        sentence(
            "sender_claim",
            "Ledgerly matches supplier invoices to purchase orders.",
            id_of(LEDGERLY_SENTENCES[0]),
        ),
    ]


def follow_up() -> list[dict[str, Any]]:
    return [
        sentence("thanks", "Thanks for connecting."),
        sentence("lead_claim", "Your workshop in Augsburg repairs motors of every make.", id_of(ACME_SENTENCES[2])),
        sentence("inference", "I would guess that the parts come from many suppliers.", "T"),
        sentence(
            "sender_claim", "Ledgerly matches supplier invoices to purchase orders.", id_of(LEDGERLY_SENTENCES[0])
        ),
        sentence("ask", "Who looks after that on your side?"),
    ]


def good() -> dict[str, Any]:
    return {NOTE: note(), FOLLOW_UP: follow_up()}


def text(answer: Any) -> str:
    return json.dumps(answer)
