"""From records to the dialect's objects: posts, comments, reactions, jobs, candidates, addresses."""

from overture.api.linkup.shapes import DEGREES, Shape, found_profile, iso, profile, study
from overture.domain.linkedin.objects import Address, Candidate, Comment, Job, Member, Post, Profile, Reaction


def post(item: Post) -> Shape:
    """A post, under each of the names that clients look for (linkup.md, 3.3)."""
    author = item.author
    return {
        "urn": item.urn,
        "post_url": item.url,
        "url": item.url,
        "text": item.text,
        "commentary": item.text,
        "type": item.kind,
        "published_at": iso(item.posted_at),
        "actor": {
            "name": author.name,
            "headline": author.headline,
            "linkedin_url": author.profile_url,
            "profile_url": author.profile_url,
        },
        "reactions_count": item.reactions,
        "comments_count": item.comments,
        "reposts_count": item.reposts,
    }


def reaction(item: Reaction) -> Shape:
    """A reaction to a post."""
    member = item.member
    shape: Shape = {
        "type": item.type.value,
        "name": member.name,
        "subtitle": member.headline,
        "profile_url": member.profile_url,
        "actor_urn": member.urn,
        "profile_picture": member.picture_url,
        "connection_degree": DEGREES[member.degree],
    }
    if item.post_url:
        shape["post_url"] = item.post_url
    return shape


def comment(item: Comment) -> Shape:
    """A comment: the nested form that answering one needs, and the flat one beside it (linkup.md, 2.7)."""
    author = item.author
    return {
        "commenter": {
            "name": author.name,
            "linkedin_url": author.profile_url,
            "occupation": author.headline,
            "profile_urn": author.urn,
        },
        "comment_text": item.text,
        "commented_at": iso(item.commented_at),
        "comment_urn": item.urn,
        "tracking_id": item.tracking_id,
        "parent_comment_urn": item.parent,
        "post_url": item.post_url,
        "commenter_name": author.name,
        "commenter_headline": author.headline,
        "commenter_profile_url": author.profile_url,
        "commenter_profile_picture": author.picture_url,
        "connection_degree": DEGREES[author.degree],
    }


def job(item: Job, *, details: bool) -> Shape:
    """A job post of the account."""
    shape: Shape = {
        "job_id": item.id,
        "title": item.title,
        "company": item.company,
        "location": item.place,
        "state": item.state.upper(),
        "job_url": item.url,
        "created_at": iso(item.created_at),
        "applicants_count": item.applicants,
    }
    if details:
        shape["html_description"] = item.html_description
        shape["employment_status"] = item.employment_status
        shape["workplace"] = item.workplace
        shape["skills"] = list(item.skills)
    return shape


def candidate(item: Candidate) -> Shape:
    """Who applied for a job."""
    member = item.profile.member
    return {
        "application_id": item.application_id,
        "rating": item.rating,
        "is_top_choice": item.top_choice_message is not None,
        "top_choice_message": item.top_choice_message,
        "first_name": member.first_name,
        "last_name": member.last_name,
        "full_name": member.name,
        "headline": member.headline,
        "public_identifier": member.public_id,
        "profile_url": member.profile_url,
        "location": member.location,
        "applied_at": iso(item.applied_at),
        "experiences": [
            {
                "title": entry.title,
                "company": entry.company,
                "company_url": entry.company_url,
                "date_range": f"{entry.started} - {entry.ended or 'Present'}",
                "description": entry.description,
            }
            for entry in item.profile.positions
        ],
        "educations": [study(entry) for entry in item.profile.studies],
        "skills": list(item.profile.skills),
    }


def data_profile(member: Member) -> Shape:
    """A result of data/search/profiles."""
    title, _, company = member.headline.partition(" at ")
    return {
        "full_name": member.name,
        "first_name": member.first_name,
        "last_name": member.last_name,
        "title": title,
        "company": {"name": company},
        "location": member.location,
        "skills": [],
        "social_profiles": {"linkedin": member.profile_url},
        "email": None,
        "phone": None,
    }


def enriched(item: Profile) -> Shape:
    """A person found by name and company."""
    return {"profile_url": item.member.profile_url, "profile_data": profile(item), "contact_info": None}


def employee(member: Member) -> Shape:
    """Someone who works at a company."""
    return {**found_profile(member), "profile_url": member.profile_url}


def address(item: Address) -> Shape:
    """An e-mail address, found or judged."""
    shape: Shape = {"email": item.email, "status": item.verdict, "score": item.score, "reasons": list(item.reasons)}
    if item.member is not None:
        shape["profile_url"] = item.member.profile_url
        shape["name"] = item.member.name
        shape["job_title"] = item.member.headline
    return shape
