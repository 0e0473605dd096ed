"""Messages (linkup.md, 2.6)."""

from overture.api.linkup import shapes
from overture.api.linkup.endpoint import Call, Endpoint, Reply, data, message, pages
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.groups.profile import PROFILE_URL
from overture.api.linkup.paging import TOTAL, paging
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import SendMessage
from overture.domain.linkedin.objects import File
from overture.domain.linkedin.queries import Window

CATEGORIES = ("INBOX", "UNREAD", "MY_CONNECTIONS", "INMAIL", "STARRED")
WITH_MEDIA = 2
"""Credits of a message that carries a file."""


def _price(params: Params) -> int:
    return WITH_MEDIA if params.text("media_link") or params.file("media_file") else 1


async def _send(call: Call) -> Reply:
    params = call.params
    media = params.file("media_file") if not params.text("media_link") else None
    file = File(media.name, "application/octet-stream", media.content) if media else None
    action = SendMessage(
        params.text("linkedin_url"), params.raw("message_text"), params.text("media_link") or None, file
    )
    done = await call.act(action)
    delivered = done.result.get("delivered_at_ms", "")
    shape = {
        "entityUrn": done.result.get("message_urn"),
        "conversation_id": done.result.get("conversation_id"),
        "deliveredAt": int(delivered) if delivered.isdigit() else None,
        "state": done.state.value,
    }
    return message("The message was sent.", _price(params), data=shape)


async def _inbox(call: Call) -> Reply:
    params = call.params
    count = params.number("total_results") or 0
    window = Window(0, count, params.text("next_cursor") or None)
    found = await call.read(queries.Inbox(params.text("category"), window))
    shape = {
        "conversations": [shapes.conversation(item) for item in found.items],
        "total_results": len(found.items),
        "next_cursor": found.next_cursor,
    }
    return data(shape, max(1, -(-len(found.items) // 10)))


async def _conversation(call: Call) -> Reply:
    params = call.params
    asked = paging(params)
    window = Window(asked.window.offset, asked.window.count, params.text("cursor") or None)
    query = queries.ReadConversation(params.text("conversation_id"), params.text("linkedin_url"), window)
    thread = await call.read(query)
    part = thread.messages
    shape: dict[str, object] = {
        "conversation_id": thread.id,
        "total_results": len(part.items),
        "total_other_member_message_count": thread.from_them,
        "unread_count": thread.unread,
        "last_seen_message": thread.seen_at is not None,
        "last_seen_at": shapes.milliseconds(thread.seen_at),
        "messages": [shapes.message(item) for item in part.items],
        "pagination": asked.pagination(part, "messages_per_page"),
        "next_cursor": part.next_cursor,
        "has_next_page": part.next_cursor is not None,
    }
    if params.text("linkedin_url"):
        shape["profile_url"] = params.text("linkedin_url")
    return data(shape, asked.credits(part))


ENDPOINTS = (
    Endpoint(
        "17",
        "POST",
        "/v1/messages/send-message",
        "messages",
        "Write to a connection",
        "D",
        _send,
        (
            PROFILE_URL,
            Field("message_text", Kind.TEXT, "The message.", "Hi Ada, ...", required=True),
            Field("media_link", Kind.URL, "A png, mp4, jpeg or pdf to send with it.", "https://example.com/a.pdf"),
            Field(
                "media_file",
                Kind.FILE,
                "The same as base64, where there is no link.",
                {"data": "aGVsbG8=", "filename": "a.txt"},
            ),
        ),
        most=_price,
        acts=True,
        answer="`message`, and `data` with `entityUrn`, `conversation_id` and `deliveredAt`.",
        example={"message": "The message was sent."},
    ),
    Endpoint(
        "18",
        "POST",
        "/v1/messages/inbox",
        "messages",
        "Conversations",
        "D",
        _inbox,
        (
            TOTAL,
            Field("category", Kind.TEXT, "Which conversations.", "INBOX", default="INBOX", choices=CATEGORIES),
            Field("next_cursor", Kind.TEXT, "Where to go on, as the last answer said.", "MTA="),
        ),
        most=pages(),
        answer="`data.conversations`, `total_results`, and `next_cursor`, null at the end.",
        example={"conversations": [], "total_results": 0, "next_cursor": None},
    ),
    Endpoint(
        "19",
        "POST",
        "/v1/messages/conversation",
        "messages",
        "One conversation",
        "D (two revisions)",
        _conversation,
        (
            Field(
                "linkedin_url",
                Kind.TEXT,
                "The member it is with.",
                "https://www.linkedin.com/in/ada-example",
                aliases=("profile_url",),
            ),
            Field("conversation_id", Kind.TEXT, "Or the conversation's own id.", "urn:li:msg_conversation:7"),
            Field("cursor", Kind.TEXT, "Where to go on, as the last answer said.", "1761000000000"),
        ),
        most=pages(),
        paged=10,
        one_of=(("linkedin_url", "conversation_id"),),
        answer="`data.messages`, newest first, with both documented ways to page.",
        example={"conversation_id": "urn:li:msg_conversation:7", "total_results": 0, "messages": []},
    ),
)
