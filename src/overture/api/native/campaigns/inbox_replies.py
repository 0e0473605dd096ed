"""The inbox's answers, their schemas, and worked examples of them."""

from datetime import UTC, datetime
from uuid import UUID

from overture.api.contract import Schema
from overture.api.native.campaigns.topic import EXAMPLE_ID, place
from overture.api.native.shapes import FLAG, ID, MOMENT, NO_TEXT, TEXT, closed, listed, one_of, ref
from overture.domain.campaigns.replies import ClassBy, ReplyClass
from overture.domain.events import timestamp
from overture.usecases.campaigns.threads import Conversation, Entry, Page, ThreadMessage


def _id(value: UUID | None) -> str | None:
    return str(value) if value else None


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": str(entry.id),
        "lead": {
            "id": _id(entry.lead_id),
            "lead_id": entry.lead_key,
            "name": entry.name,
            "company": entry.company,
            "linkedin": entry.linkedin,
            "state": entry.lead_state,
            "reason": entry.lead_reason,
        },
        "campaign": {"id": _id(entry.campaign_id), "name": entry.campaign_name},
        "linkedin_account": str(entry.linkedin_account_id),
        "text": entry.text,
        "at": timestamp(entry.at),
        "class": str(entry.kind),
        "class_why": entry.class_why,
        "class_by": str(entry.class_by),
        "handled_at": timestamp(entry.handled_at) if entry.handled_at else None,
    }


def page(shown: Page) -> dict[str, object]:
    """A page of threads."""
    cursor = place(*shown.following) if shown.following else None
    return {"threads": [_entry(entry) for entry in shown.threads], "next_cursor": cursor}


def _message(message: ThreadMessage) -> dict[str, object]:
    return {
        "id": str(message.id),
        "inbound": message.inbound,
        "text": message.text,
        "at": timestamp(message.at),
        "class": str(message.kind) if message.kind else None,
        "class_why": message.class_why,
    }


def conversation(shown: Conversation) -> dict[str, object]:
    """A thread with all that was said."""
    return {
        **_entry(shown.entry),
        "messages": [_message(message) for message in shown.messages],
        "holds": [str(lead_id) for lead_id in shown.holds],
    }


def components() -> dict[str, Schema]:
    """The schemas of these answers."""
    classes = {"class": one_of(ReplyClass), "class_why": TEXT, "class_by": one_of(ClassBy)}
    no_id: Schema = {"type": ["string", "null"], "format": "uuid"}
    lead = closed(id=no_id, lead_id=TEXT, name=TEXT, company=TEXT, linkedin=TEXT, state=TEXT, reason=TEXT)
    fields: dict[str, Schema] = {
        "id": ID,
        "lead": lead,
        "campaign": closed(id=no_id, name=TEXT),
        "linkedin_account": ID,
        "text": TEXT,
        "at": MOMENT,
        **classes,
        "handled_at": MOMENT,
    }
    message = closed(id=ID, inbound=FLAG, text=TEXT, at=MOMENT, class_why=TEXT, **{"class": NO_TEXT})
    return {
        "ThreadEntry": closed(**fields),
        "ThreadPage": closed(threads=listed(ref("ThreadEntry")), next_cursor=NO_TEXT),
        "Thread": closed(**fields, messages=listed(message), holds=listed(ID)),
    }


_MOMENT = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
_ENTRY = Entry(
    id=EXAMPLE_ID,
    account_id=EXAMPLE_ID,
    linkedin_account_id=UUID("7d0a1b94-3e30-4f10-9d7e-2f3b8d1c6a55"),
    person=b"",
    lead_id=UUID("9b1e2c7d-0c55-4e0e-8d55-7a1f0f4b2a10"),
    campaign_id=EXAMPLE_ID,
    text="Sounds good. Does Tuesday work?",
    at=_MOMENT,
    kind=ReplyClass.INTERESTED,
    class_why='the words "sounds good"',
    class_by=ClassBy.RULES,
    handled_at=None,
    campaign_name="Spring",
    lead_key="lead_789",
    name="Ada Example",
    company="Example Analytics Ltd",
    linkedin="https://www.linkedin.com/in/ada-example",
    lead_state="stopped",
    lead_reason="replied",
)
_SAID = ThreadMessage(
    EXAMPLE_ID, EXAMPLE_ID, _ENTRY.linkedin_account_id, b"", _ENTRY.lead_id, EXAMPLE_ID, inbound=True,
    text=_ENTRY.text, at=_MOMENT, kind=_ENTRY.kind, class_why=_ENTRY.class_why, class_by=_ENTRY.class_by,
)  # fmt: skip
EXAMPLE = conversation(Conversation(_ENTRY, (_SAID,), ()))
EXAMPLE_PAGE = page(Page((_ENTRY,), (_MOMENT, EXAMPLE_ID)))
