"""From the dialect's objects to records: posts, comments, reactions, jobs, addresses. What is left out is empty."""

from overture.adapters.linkup.given import Given
from overture.adapters.linkup.people import EPOCH, member, profile, public_id
from overture.domain.linkedin.objects import Address, Candidate, Comment, Job, Member, Post, Reaction, ReactionType


def post(given: Given) -> Post:
    """A post."""
    return Post(
        urn=given.text("urn", "id"),
        url=given.text("post_url", "url"),
        author=member(given.child("actor")),
        text=given.text("text", "commentary", "content"),
        posted_at=given.time("published_at") or EPOCH,
        kind=given.text("type") or "text",
        reactions=given.number("reactions_count"),
        comments=given.number("comments_count"),
        reposts=given.number("reposts_count"),
    )


def comment(given: Given) -> Comment:
    """A comment, from either layout."""
    author = member(given.child("commenter"))
    if not author.name:
        url = given.text("commenter_profile_url")
        name = given.text("commenter_name")
        author = Member("", public_id(url), name, "", "", given.text("commenter_headline"), url)
    return Comment(
        urn=given.text("comment_urn"),
        post_url=given.text("post_url"),
        author=author,
        text=given.text("comment_text"),
        commented_at=given.time("commented_at") or EPOCH,
        tracking_id=given.text("tracking_id"),
        parent=given.text("parent_comment_urn") or None,
    )


def reaction(given: Given) -> Reaction:
    """A reaction."""
    kind = given.text("type").upper()
    known = ReactionType(kind) if kind in set(ReactionType) else ReactionType.LIKE
    return Reaction(known, member(given), given.text("post_url"))


def job(given: Given) -> Job:
    """A job post."""
    return Job(
        id=given.text("job_id"),
        title=given.text("title"),
        company=given.text("company"),
        place=given.text("location"),
        state=given.text("state").lower(),
        url=given.text("job_url"),
        html_description=given.text("html_description"),
        created_at=given.time("created_at") or EPOCH,
        employment_status=given.text("employment_status"),
        workplace=given.text("workplace"),
        applicants=given.number("applicants_count"),
        skills=given.texts("skills"),
    )


def candidate(given: Given) -> Candidate:
    """Who applied for a job."""
    return Candidate(
        given.text("application_id"),
        profile(given),
        given.text("rating") or "UNRATED",
        given.time("applied_at") or EPOCH,
        given.text("top_choice_message") or None,
    )


def address(given: Given) -> Address:
    """An e-mail address, found or judged."""
    person = member(given) if given.text("profile_url") else None
    return Address(
        given.text("email"),
        given.text("status", "verdict") or "unknown",
        given.number("score"),
        person,
        given.texts("reasons"),
    )
