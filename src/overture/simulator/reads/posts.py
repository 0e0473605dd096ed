"""Posts, and what members said and felt about them."""

from collections.abc import Sequence
from datetime import timedelta

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Comment, Post, Reaction, ReactionType, Slice
from overture.domain.linkedin.queries import (
    Feed,
    MemberComments,
    MemberReactions,
    PostComments,
    PostReactions,
    SearchPosts,
)
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.acts.hiring import find_company
from overture.simulator.acts.posting import existing_post
from overture.simulator.db import Row, Tx
from overture.simulator.reads.windows import part


async def _posts(tx: Tx, viewer: Viewer, rows: Sequence[Row]) -> list[Post]:
    shown = await members.present(tx, viewer, [row["author"] for row in rows])
    return [
        Post(
            urn=urns.post(row["id"]),
            url=urns.post_url(row["id"]),
            author=shown[row["author"]],
            text=row["text"],
            posted_at=row["posted_at"],
            kind=row["kind"],
            reactions=row["reactions"],
            comments=row["comments"],
            reposts=row["reposts"],
        )
        for row in rows
    ]


async def search(tx: Tx, viewer: Viewer, query: SearchPosts) -> Slice[Post]:
    """Posts that match, newest first, or those with most reactions first."""
    here = part(query.window)
    author, company = await _author(tx, query.author)
    rows = await tx.fetch(
        "SELECT p.*, count(*) OVER () AS available FROM simulated.post p"
        " WHERE ($1 = '' OR to_tsvector('simple', p.text) @@ plainto_tsquery('simple', $1))"
        " AND ($2::bigint = 0 OR (p.author = $2 AND p.company_id IS NULL)) AND ($3::bigint = 0 OR p.company_id = $3)"
        " AND ($4 = '' OR p.kind = $4) AND ($5::timestamptz IS NULL OR p.posted_at >= $5)"
        " ORDER BY CASE WHEN $6 THEN 0 ELSE p.reactions END DESC, p.posted_at DESC, p.id OFFSET $7 LIMIT $8",
        query.keyword,
        author,
        company,
        query.kind,
        viewer.now - timedelta(days=query.within_days) if query.within_days is not None else None,
        query.newest_first,
        here.offset,
        here.count,
    )
    return here.slice(await _posts(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def _author(tx: Tx, text: str) -> tuple[int, int]:
    """(member, company): one of them, or neither where no author is asked for."""
    if not text:
        return 0, 0
    if "/company/" in text or "fsd_company" in text:
        return 0, (await find_company(tx, text))["id"]
    try:
        return await members.resolve(tx, text), 0
    except NotFoundOnRail:
        return 0, (await find_company(tx, text))["id"]


async def feed(tx: Tx, viewer: Viewer, query: Feed) -> Slice[Post]:
    """What the account's connections posted, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT p.*, count(*) OVER () AS available FROM simulated.post p WHERE p.author = $1 OR p.author IN"
        " (SELECT b FROM simulated.connection WHERE a = $1) ORDER BY p.posted_at DESC, p.id OFFSET $2 LIMIT $3",
        viewer.member,
        here.offset,
        here.count,
    )
    return here.slice(await _posts(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def reactions(tx: Tx, viewer: Viewer, query: PostReactions) -> Slice[Reaction]:
    """Reactions to a post, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT *, count(*) OVER () AS available FROM simulated.reaction WHERE post_id = $1"
        " ORDER BY at DESC, member_id OFFSET $2 LIMIT $3",
        await existing_post(tx, query.post),
        here.offset,
        here.count,
    )
    return here.slice(await _reactions(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def member_reactions(tx: Tx, viewer: Viewer, query: MemberReactions) -> Slice[Reaction]:
    """What a member reacted to, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT *, count(*) OVER () AS available FROM simulated.reaction WHERE member_id = $1"
        " ORDER BY at DESC, post_id OFFSET $2 LIMIT $3",
        await members.resolve(tx, query.profile),
        here.offset,
        here.count,
    )
    return here.slice(await _reactions(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def _reactions(tx: Tx, viewer: Viewer, rows: Sequence[Row]) -> list[Reaction]:
    shown = await members.present(tx, viewer, [row["member_id"] for row in rows])
    return [Reaction(ReactionType(row["type"]), shown[row["member_id"]], urns.post_url(row["post_id"])) for row in rows]


async def comments(tx: Tx, viewer: Viewer, query: PostComments) -> Slice[Comment]:
    """Comments on a post, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT *, count(*) OVER () AS available FROM simulated.comment WHERE post_id = $1"
        " ORDER BY at DESC, id OFFSET $2 LIMIT $3",
        await existing_post(tx, query.post),
        here.offset,
        here.count,
    )
    return here.slice(await _comments(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def member_comments(tx: Tx, viewer: Viewer, query: MemberComments) -> Slice[Comment]:
    """What a member commented, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT *, count(*) OVER () AS available FROM simulated.comment WHERE member_id = $1"
        " ORDER BY at DESC, id OFFSET $2 LIMIT $3",
        await members.resolve(tx, query.profile),
        here.offset,
        here.count,
    )
    return here.slice(await _comments(tx, viewer, rows), rows[0]["available"] if rows else 0)


async def _comments(tx: Tx, viewer: Viewer, rows: Sequence[Row]) -> list[Comment]:
    shown = await members.present(tx, viewer, [row["member_id"] for row in rows])
    return [
        Comment(
            urn=urns.comment(row["id"], row["post_id"]),
            post_url=urns.post_url(row["post_id"]),
            author=shown[row["member_id"]],
            text=row["text"],
            commented_at=row["at"],
            tracking_id=f"track-{row['id']}",
            parent=urns.comment(row["parent"], row["post_id"]) if row["parent"] else None,
        )
        for row in rows
    ]
