"""Questions about posts, jobs and addresses as calls of the dialect, and the answers as records."""

import base64

from overture.adapters.linkup import content
from overture.adapters.linkup import people as shapes
from overture.adapters.linkup.asking import Ask, Body, cut, filled, paged
from overture.domain.errors import RailUnreachable
from overture.domain.linkedin import queries
from overture.domain.linkedin.objects import File, Profile

_AGES = {1: "past-24h", 7: "past-week", 30: "past-month"}
_KINDS = {"video": "VIDEOS", "image": "IMAGES", "article": "ARTICLES"}


async def post_reactions(ask: Ask, query: queries.PostReactions) -> object:
    """Ask as ``queries`` says."""
    path = "/v1/data/signals/posts/reactions" if ask.alone else "/v1/posts/reactions"
    found = await ask.data(path, {"post_url": query.post} | paged(query.window))
    return cut(shapes.slice_of(found, content.reaction, "reactions"), query.window)


async def post_comments(ask: Ask, query: queries.PostComments) -> object:
    """Ask as ``queries`` says."""
    path = "/v1/data/signals/posts/comments" if ask.alone else "/v1/posts/extract-comments"
    found = await ask.data(path, {"post_url": query.post} | paged(query.window))
    return cut(shapes.slice_of(found, content.comment, "comments"), query.window)


async def posts(ask: Ask, query: queries.SearchPosts) -> object:
    """Ask as ``queries`` says."""
    body = filled(
        keyword=query.keyword,
        post_type=_KINDS.get(query.kind),
        sort_by="date_posted" if query.newest_first else "relevance",
        post_date=_AGES.get(query.within_days or 0),
    )
    path, name = "/v1/posts/search", "linkedin_url"
    if ask.alone:
        of_company = "/company/" in query.author
        path = "/v1/data/signals/company/posts" if of_company else "/v1/data/signals/profile/posts"
        name = "company_url" if of_company else "profile_url"
    found = await ask.data(path, body | filled(**{name: query.author}) | paged(query.window))
    return cut(shapes.slice_of(found, content.post, "posts"), query.window)


async def feed(ask: Ask, query: queries.Feed) -> object:
    """Ask as ``queries`` says."""
    found = await ask.data("/v1/posts/feed", paged(query.window))
    return cut(shapes.slice_of(found, content.post, "Feed", "posts"), query.window)


async def member_reactions(ask: Ask, query: queries.MemberReactions) -> object:
    """Ask as ``queries`` says."""
    found = await ask.data("/v1/data/signals/profile/reactions", {"profile_url": query.profile} | paged(query.window))
    return cut(shapes.slice_of(found, content.reaction, "reactions"), query.window)


async def member_comments(ask: Ask, query: queries.MemberComments) -> object:
    """Ask as ``queries`` says."""
    found = await ask.data("/v1/data/signals/profile/comments", {"profile_url": query.profile} | paged(query.window))
    return cut(shapes.slice_of(found, content.comment, "comments"), query.window)


async def candidates(ask: Ask, query: queries.Candidates) -> object:
    """Ask as ``queries`` says."""
    body = filled(
        job_id=query.job_id,
        sortOrder="ASCENDING" if query.ascending else "DESCENDING",
        ratings=";".join(query.ratings),
        location=";".join(query.locations),
        yearsOfExperience=str(query.min_years) if query.min_years else "",
    )
    found = await ask.data("/v1/recruiter/candidates", body | paged(query.window))
    return cut(shapes.slice_of(found, content.candidate, "candidates"), query.window)


async def cv(ask: Ask, query: queries.CandidateFile) -> File:
    """Ask as ``queries`` says."""
    found = await ask.data("/v1/recruiter/cv", {"application_id": query.application_id})
    try:
        content_bytes = base64.b64decode(found.text_of_any_length("data"))
    except ValueError:
        raise RailUnreachable("the LinkUp server sent a file that cannot be read") from None
    return File(found.text("filename") or "cv", found.text("content_type") or "application/pdf", content_bytes)


async def jobs(ask: Ask, query: queries.Jobs) -> object:
    """Ask as ``queries`` says."""
    body = filled(job_id=query.job_id, fetch_details=True)
    found = await ask.data("/v1/recruiter/job-posts", body | paged(query.window))
    return cut(shapes.slice_of(found, content.job, "job_posts", "jobs"), query.window)


async def person(ask: Ask, query: queries.FindPerson) -> Profile:
    """Ask as ``queries`` says."""
    body: Body = {"first_name": query.first_name, "last_name": query.last_name, "company_name": query.company}
    found = await ask.data("/v1/data/profil/enrich", body)
    return shapes.profile(found.child("profile_data"))


async def address(ask: Ask, query: queries.FindAddress) -> object:
    """Ask as ``queries`` says."""
    body = filled(
        linkedin_url=query.profile,
        first_name=query.first_name,
        last_name=query.last_name,
        company_name=query.company,
        company_domain=query.domain,
    )
    return content.address(await ask.data("/v1/data/mail/finder", body))


async def owner(ask: Ask, query: queries.AddressOwner) -> object:
    """Ask as ``queries`` says."""
    return content.address(await ask.data("/v1/data/mail/reverse", {"email": query.email}))


async def judged(ask: Ask, query: queries.JudgeAddress) -> object:
    """Ask as ``queries`` says."""
    return content.address(await ask.data("/v1/data/mail/validate", {"email": query.email}))
