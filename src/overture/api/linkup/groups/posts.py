"""Posts, comments and reactions (linkup.md, 2.7)."""

from overture.api.linkup import shapes_content as shapes
from overture.api.linkup.endpoint import Call, Endpoint, Reply, Shape, data, does, lists, pages
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.paging import TOTAL, Paging, listed, paging
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import AnswerComment, CommentOn, CreatePost, React, Repost, SpendTime
from overture.domain.linkedin.objects import ReactionType
from overture.usecases.linkedin.acting import Done

POST_URL = Field(
    "post_url",
    Kind.TEXT,
    "The post's address, of either form.",
    "https://www.linkedin.com/feed/update/urn:li:activity:7",
    required=True,
)
REACTIONS = {
    "like": ReactionType.LIKE,
    "celebrate": ReactionType.PRAISE,
    "support": ReactionType.APPRECIATION,
    "love": ReactionType.EMPATHY,
    "insightful": ReactionType.INTEREST,
    "funny": ReactionType.ENTERTAINMENT,
    "praise": ReactionType.PRAISE,
    "appreciation": ReactionType.APPRECIATION,
    "empathy": ReactionType.EMPATHY,
    "interest": ReactionType.INTEREST,
    "entertainment": ReactionType.ENTERTAINMENT,
}
KINDS = {
    "VIDEOS": "video",
    "IMAGES": "image",
    "ARTICLES": "article",
    "video": "video",
    "image": "image",
    "article": "article",
}
AGES = {"past-24h": 1, "past-week": 7, "past-month": 30}
POST_FILTERS = (
    Field("post_type", Kind.TEXT, "What the post holds.", "ARTICLES", choices=tuple(KINDS)),
    Field("sort_by", Kind.TEXT, "The order.", "date_posted", choices=("date_posted", "relevance")),
    Field("post_date", Kind.TEXT, "How old it may be.", "past-week", choices=tuple(AGES)),
    Field("keyword", Kind.TEXT, "Words of the post.", "month-end"),
)


def posts_query(params: Params, asked: Paging, author: str) -> queries.SearchPosts:
    """Return the search for posts that the parameters describe."""
    return queries.SearchPosts(
        keyword=params.text("keyword"),
        author=author,
        kind=KINDS.get(params.text("post_type"), ""),
        newest_first=params.text("sort_by") != "relevance",
        within_days=AGES.get(params.text("post_date")),
        window=asked.window,
    )


async def _feed(call: Call) -> Reply:
    asked = paging(call.params)
    found = await call.read(queries.Feed(asked.window))
    items = [shapes.post(item) for item in found.items]
    return data({**listed("Feed", items, asked, found), "posts": items}, asked.credits(found))


def _created(done: Done) -> Shape:
    return {"post_url": done.result.get("post_url"), "post_urn": done.result.get("post_urn")}


def _commented(done: Done) -> Shape:
    return {"comment_urn": done.result.get("comment_urn")}


def _time(params: Params) -> SpendTime:
    return SpendTime(params.text("post_url"), params.number("duration") or 0, params.number("duration_start_time"))


def _answer(params: Params) -> AnswerComment:
    return AnswerComment(
        comment_urn=params.text("comment_urn"),
        author_urn=params.text("profile_urn"),
        tracking_id=params.text("tracking_id"),
        text=params.raw("comment_text"),
        mention=params.flag("mention_user"),
        author_name=params.text("commenter_name"),
    )


ENDPOINTS = (
    Endpoint(
        "20",
        "POST",
        "/v1/posts/reactions",
        "posts",
        "Reactions to a post",
        "D",
        lists("reactions", lambda p, asked: queries.PostReactions(p.text("post_url"), asked.window), shapes.reaction),
        (POST_URL,),
        most=pages(),
        paged=10,
        answer="`data.reactions` with totals.",
        example={"total_results": 1, "total_available_results": 1, "reactions": [{"type": "LIKE"}]},
    ),
    Endpoint(
        "21",
        "POST",
        "/v1/posts/react",
        "posts",
        "React to a post",
        "C",
        does(lambda p: React(p.text("post_url"), REACTIONS[p.text("reaction_type")]), "The reaction was left."),
        (
            POST_URL,
            Field("reaction_type", Kind.TEXT, "Which reaction.", "like", default="like", choices=tuple(REACTIONS)),
        ),
        acts=True,
        answer="`message`.",
        example={"message": "The reaction was left."},
    ),
    Endpoint(
        "22",
        "POST",
        "/v1/posts/repost",
        "posts",
        "Share a post again",
        "C",
        does(lambda p: Repost(p.text("post_url")), "The post was shared.", _created),
        (POST_URL,),
        acts=True,
        answer="`message`.",
        example={"message": "The post was shared."},
    ),
    Endpoint(
        "23",
        "POST",
        "/v1/posts/comment",
        "posts",
        "Comment on a post",
        "C",
        does(lambda p: CommentOn(p.text("post_url"), p.raw("message")), "The comment was left.", _commented),
        (POST_URL, Field("message", Kind.TEXT, "The comment.", "Well put.", required=True)),
        acts=True,
        answer="`message`, and `data` with `comment_urn` where it is known.",
        example={"message": "The comment was left."},
    ),
    Endpoint(
        "24",
        "POST",
        "/v1/posts/extract-comments",
        "posts",
        "Comments on a post",
        "C",
        lists("comments", lambda p, asked: queries.PostComments(p.text("post_url"), asked.window), shapes.comment),
        (POST_URL,),
        most=pages(),
        paged=10,
        answer="`data.comments` with totals; both layouts of an item at once.",
        example={"total_results": 1, "comments": [{"comment_text": "Well put."}]},
    ),
    Endpoint(
        "25",
        "POST",
        "/v1/posts/answer-comment",
        "posts",
        "Answer a comment",
        "C",
        does(_answer, "The answer was left."),
        (
            Field("tracking_id", Kind.TEXT, "As extract-comments returned it.", "t1", required=True),
            Field("profile_urn", Kind.TEXT, "The commenter.", "urn:li:fsd_profile:7", required=True),
            Field("comment_urn", Kind.TEXT, "The comment.", "urn:li:comment:(activity:7,9)", required=True),
            Field("comment_text", Kind.TEXT, "The answer.", "Thank you.", required=True),
            Field("mention_user", Kind.BOOLEAN, "Name the commenter in it.", example=True, default=True),
            Field("commenter_name", Kind.TEXT, "The commenter's name, for the mention.", "Ada Example"),
        ),
        acts=True,
        answer="`message`.",
        example={"message": "The answer was left."},
    ),
    Endpoint(
        "26",
        "POST",
        "/v1/posts/search",
        "posts",
        "Search posts",
        "C",
        lists("posts", lambda p, asked: posts_query(p, asked, p.text("linkedin_url")), shapes.post),
        (
            Field("linkedin_url", Kind.TEXT, "The author.", "https://www.linkedin.com/in/ada-example"),
            *POST_FILTERS,
        ),
        most=pages(),
        paged=10,
        answer="`data.posts` with totals.",
        example={"total_results": 0, "posts": []},
    ),
    Endpoint(
        "27",
        "POST",
        "/v1/posts/create",
        "posts",
        "Publish a post",
        "C",
        does(lambda p: CreatePost(p.raw("message"), p.text("file") or None), "The post was published.", _created),
        (
            Field("message", Kind.TEXT, "The post.", "We opened a second workshop.", required=True),
            Field("file", Kind.URL, "A picture or document to publish with it.", "https://example.com/a.png"),
        ),
        acts=True,
        answer="`message`, and `data.post_url`.",
        example={"message": "The post was published."},
    ),
    Endpoint(
        "28",
        "POST",
        "/v1/posts/feed",
        "posts",
        "The account's feed",
        "C",
        _feed,
        (TOTAL,),
        most=pages(),
        answer="`data.Feed`, and the same as `data.posts`.",
        example={"total_results": 0, "Feed": [], "posts": []},
    ),
    Endpoint(
        "29",
        "POST",
        "/v1/posts/time-spent",
        "posts",
        "Report time spent on a post",
        "D",
        does(_time, "The time was reported."),
        (
            POST_URL,
            Field("duration", Kind.INTEGER, "Milliseconds.", 4_000, required=True, most=86_400_000),
            Field(
                "duration_start_time",
                Kind.INTEGER,
                "When it began, milliseconds since 1970.",
                1_761_000_000_000,
                least=0,
                most=10**15,
            ),
        ),
        acts=True,
        answer="`message`.",
        example={"message": "The time was reported."},
    ),
)
