"""Posts, comments and reactions."""

from overture.domain.errors import NotFoundOnRail, RefusedByRail
from overture.domain.linkedin.actions import (
    ActionReceipt,
    ActionState,
    AnswerComment,
    CommentOn,
    CreatePost,
    React,
    Repost,
    SpendTime,
)
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.db import Tx
from overture.simulator.limits import utf16_units

POST_LENGTH = 3_000
COMMENT_LENGTH = 1_250


async def existing_post(tx: Tx, address: str) -> int:
    """The number of the post that an address or urn names.

    Raises:
        NotFoundOnRail: there is none.
    """
    number = await tx.value("SELECT id FROM simulated.post WHERE id = $1", urns.parse_number(address))
    if number is None:
        raise NotFoundOnRail("LinkedIn has no such post")
    return number


def _text(text: str, longest: int) -> str:
    if not text.strip():
        raise RefusedByRail("the text is empty")
    if utf16_units(text) > longest:
        raise RefusedByRail(f"the text has more than {longest} characters")
    return text


def _done(number: int, *more: tuple[str, str]) -> ActionReceipt:
    return ActionReceipt(
        ActionState.SENT, (("post_urn", urns.post(number)), ("post_url", urns.post_url(number)), *more)
    )


async def react(tx: Tx, viewer: Viewer, action: React) -> ActionReceipt:
    """React to a post; a member has one reaction to a post, and the latest counts."""
    number = await existing_post(tx, action.post)
    new = await tx.value(
        "INSERT INTO simulated.reaction (post_id, member_id, type, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (post_id, member_id) DO UPDATE SET type = excluded.type, at = excluded.at RETURNING xmax = 0",
        number,
        viewer.member,
        action.reaction.value,
        viewer.now,
    )
    if new:
        await tx.execute("UPDATE simulated.post SET reactions = reactions + 1 WHERE id = $1", number)
    return _done(number)


async def repost(tx: Tx, viewer: Viewer, action: Repost) -> ActionReceipt:
    """Share a post again."""
    number = await existing_post(tx, action.post)
    shared = await tx.value(
        "INSERT INTO simulated.post (author, text, kind, posted_at, shares)"
        " SELECT $2, text, kind, $3, id FROM simulated.post WHERE id = $1 RETURNING id",
        number,
        viewer.member,
        viewer.now,
    )
    await tx.execute("UPDATE simulated.post SET reposts = reposts + 1 WHERE id = $1", number)
    return _done(shared)


async def comment(tx: Tx, viewer: Viewer, action: CommentOn) -> ActionReceipt:
    """Comment on a post."""
    text = _text(action.text, COMMENT_LENGTH)
    return await _comment(tx, viewer, await existing_post(tx, action.post), text, None)


async def answer(tx: Tx, viewer: Viewer, action: AnswerComment) -> ActionReceipt:
    """Answer a comment; its author's urn must be right, as LinkedIn's own page sends both.

    Raises:
        NotFoundOnRail: there is no such comment of that member.
    """
    number, post = urns.parse_comment(action.comment_urn)
    author = await members.resolve(tx, action.author_urn)
    found = await tx.row(
        "SELECT c.post_id, m.first_name, m.last_name FROM simulated.comment c JOIN simulated.member m"
        " ON m.id = c.member_id WHERE c.id = $1 AND c.post_id = $2 AND c.member_id = $3",
        number,
        post,
        author,
    )
    if found is None:
        raise NotFoundOnRail("LinkedIn has no such comment of that member")
    text = _text(action.text, COMMENT_LENGTH)
    if action.mention:
        text = f"{action.author_name or found['first_name'] + ' ' + found['last_name']} {text}"
    return await _comment(tx, viewer, post, text, number)


async def _comment(tx: Tx, viewer: Viewer, post: int, text: str, parent: int | None) -> ActionReceipt:
    number = await tx.value(
        "INSERT INTO simulated.comment (post_id, member_id, text, at, parent) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        post,
        viewer.member,
        text,
        viewer.now,
        parent,
    )
    await tx.execute("UPDATE simulated.post SET comments = comments + 1 WHERE id = $1", post)
    return _done(post, ("comment_urn", urns.comment(number, post)))


async def create(tx: Tx, viewer: Viewer, action: CreatePost) -> ActionReceipt:
    """Publish a post."""
    number = await tx.value(
        "INSERT INTO simulated.post (author, text, kind, posted_at, file_url) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        viewer.member,
        _text(action.text, POST_LENGTH),
        _kind(action.file_url),
        viewer.now,
        action.file_url,
    )
    return _done(number)


def _kind(file_url: str | None) -> str:
    if not file_url:
        return "text"
    path = file_url.lower().partition("?")[0]
    if path.endswith((".mp4", ".mov")):
        return "video"
    return "article" if path.endswith(".pdf") else "image"


async def spend_time(tx: Tx, viewer: Viewer, action: SpendTime) -> ActionReceipt:
    """Report that a post was looked at."""
    del viewer
    if action.milliseconds <= 0:
        raise RefusedByRail("the time spent must be positive")
    return _done(await existing_post(tx, action.post))
