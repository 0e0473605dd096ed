"""Signals and mail: data without a session (linkup.md, 2.8)."""

from overture.api.linkup import shapes_content
from overture.api.linkup.endpoint import Endpoint, lists, pages, reads
from overture.api.linkup.fields import Field, Kind
from overture.api.linkup.groups.data import PROFILE_URL
from overture.api.linkup.groups.posts import POST_FILTERS, POST_URL, posts_query
from overture.api.linkup.groups.profile import COMPANY_URL
from overture.domain.linkedin import queries

CURSOR = Field("cursor", Kind.TEXT, "Taken, and not needed: pages and totals do the same.", "MTA=")
USE_PAGINATION = Field("use_pagination", Kind.BOOLEAN, "False ignores the pages.", example=True, default=True)
EMAIL = Field("email", Kind.TEXT, "The address.", "ada@example.com", required=True)


_ADDRESS: dict[str, object] = {"email": "ada@example.com", "status": "valid", "score": 95, "reasons": []}

ENDPOINTS = (
    Endpoint(
        "43",
        "POST",
        "/v1/data/signals/posts/reactions",
        "data: signals",
        "Reactions to a post",
        "C, dropped later",
        lists(
            "reactions",
            lambda p, asked: queries.PostReactions(p.text("post_url"), asked.window),
            shapes_content.reaction,
        ),
        (POST_URL,),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.reactions`.",
        example={"total_results": 0, "reactions": []},
    ),
    Endpoint(
        "44",
        "POST",
        "/v1/data/signals/posts/comments",
        "data: signals",
        "Comments on a post",
        "C",
        lists(
            "comments", lambda p, asked: queries.PostComments(p.text("post_url"), asked.window), shapes_content.comment
        ),
        (POST_URL, USE_PAGINATION),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.comments`.",
        example={"total_results": 0, "comments": []},
    ),
    Endpoint(
        "45",
        "POST",
        "/v1/data/signals/profile/reactions",
        "data: signals",
        "What a member reacted to",
        "C",
        lists(
            "reactions",
            lambda p, asked: queries.MemberReactions(p.text("profile_url"), asked.window),
            shapes_content.reaction,
        ),
        (PROFILE_URL, CURSOR),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.reactions`.",
        example={"total_results": 0, "reactions": []},
    ),
    Endpoint(
        "46",
        "POST",
        "/v1/data/signals/profile/comments",
        "data: signals",
        "What a member commented",
        "C",
        lists(
            "comments",
            lambda p, asked: queries.MemberComments(p.text("profile_url"), asked.window),
            shapes_content.comment,
        ),
        (PROFILE_URL, CURSOR),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.comments`.",
        example={"total_results": 0, "comments": []},
    ),
    Endpoint(
        "47",
        "POST",
        "/v1/data/signals/profile/posts",
        "data: signals",
        "What a member posted",
        "C",
        lists("posts", lambda p, asked: posts_query(p, asked, p.text("profile_url")), shapes_content.post),
        (PROFILE_URL, *POST_FILTERS, USE_PAGINATION),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.posts`.",
        example={"total_results": 0, "posts": []},
    ),
    Endpoint(
        "48",
        "POST",
        "/v1/data/signals/company/posts",
        "data: signals",
        "What a company posted",
        "C",
        lists("posts", lambda p, asked: posts_query(p, asked, p.text("company_url")), shapes_content.post),
        (COMPANY_URL, *POST_FILTERS, USE_PAGINATION),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.posts`.",
        example={"total_results": 0, "posts": []},
    ),
    Endpoint(
        "49",
        "POST",
        "/v1/data/mail/finder",
        "data: mail",
        "A person's work address",
        "C",
        reads(
            lambda p: queries.FindAddress(
                p.text("linkedin_url"),
                p.text("first_name"),
                p.text("last_name"),
                p.text("company_name"),
                p.text("company_domain"),
            ),
            shapes_content.address,
        ),
        (
            Field("linkedin_url", Kind.TEXT, "The member, or:", "https://www.linkedin.com/in/ada-example"),
            Field("first_name", Kind.TEXT, "The first name,", "Ada"),
            Field("last_name", Kind.TEXT, "the last name,", "Example"),
            Field("company_domain", Kind.TEXT, "and the company's domain", "analytics.example"),
            Field("company_name", Kind.TEXT, "or its name.", "Example Analytics"),
        ),
        session=False,
        one_of=(
            ("linkedin_url", "first_name"),
            ("linkedin_url", "last_name"),
            ("linkedin_url", "company_domain", "company_name"),
        ),
        answer="`data.email` with how sure it is.",
        example=_ADDRESS,
    ),
    Endpoint(
        "50",
        "POST",
        "/v1/data/mail/reverse",
        "data: mail",
        "Who has an address",
        "C",
        reads(lambda p: queries.AddressOwner(p.text("email")), shapes_content.address),
        (EMAIL,),
        session=False,
        answer="`data.profile_url`.",
        example={**_ADDRESS, "name": "Ada Example"},
    ),
    Endpoint(
        "51",
        "POST",
        "/v1/data/mail/validate",
        "data: mail",
        "Whether an address can be written to",
        "C",
        reads(lambda p: queries.JudgeAddress(p.text("email")), shapes_content.address),
        (EMAIL,),
        session=False,
        answer="`data.status`: valid, risky, invalid or unknown.",
        example=_ADDRESS,
    ),
)
