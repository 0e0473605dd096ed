"""From records to the dialect's objects: people, companies, invitations, conversations."""

from datetime import UTC, datetime

from overture.domain.linkedin.objects import (
    Company,
    Contact,
    Conversation,
    Degree,
    Invitation,
    InvitationStanding,
    InvitationState,
    Member,
    Message,
    Position,
    Profile,
    Study,
)

Shape = dict[str, object]

DEGREES = {
    Degree.SELF: "You",
    Degree.FIRST: "1st degree",
    Degree.SECOND: "2nd degree",
    Degree.THIRD: "3rd+ degree",
}
DISTANCES = {Degree.SELF: 0, Degree.FIRST: 1, Degree.SECOND: 2, Degree.THIRD: 3}
CAN_INVITE = "CAN_INVITE"
STATES = {
    InvitationState.NONE: CAN_INVITE,
    InvitationState.SENT: "INVITATION_SENT",
    InvitationState.RECEIVED: "INVITATION_RECEIVED",
    InvitationState.CONNECTED: "CONNECTED",
    InvitationState.WITHDRAWN: "INVITATION_WITHDRAWN",
}
_UNITS = (
    (86_400 * 365, "year"),
    (86_400 * 30, "month"),
    (86_400 * 7, "week"),
    (86_400, "day"),
    (3_600, "hour"),
    (60, "minute"),
)


def milliseconds(at: datetime | None) -> int | None:
    """Return a time as milliseconds since 1970."""
    return int(at.timestamp() * 1000) if at is not None else None


def iso(at: datetime) -> str:
    """Return a time as ISO 8601 in UTC, ending in Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago a time was, as people say it: '2 days ago'."""
    seconds = (now - at).total_seconds()
    for size, unit in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


def slashed(url: str) -> str:
    """Return an address with the slash that search results have at its end."""
    return url if not url or url.endswith("/") else f"{url}/"


def found_profile(member: Member) -> Shape:
    """An item of profile/search."""
    shape: Shape = {
        "name": member.name,
        "job_title": member.headline,
        "connection_level": DEGREES[member.degree],
        "location": member.location,
        "profile_url": slashed(member.profile_url),
        "profile_picture": member.picture_url,
    }
    if member.state is not None:
        shape["invitation_state"] = STATES[member.state]
    return shape


def listed_member(member: Member) -> Shape:
    """An item of connections and recommendations."""
    return {
        "name": member.name,
        "job_title": member.headline,
        "profile_url": member.profile_url,
        "profile_picture": member.picture_url,
    }


def position(item: Position) -> Shape:
    """One job of a career."""
    return {
        "title": item.title,
        "company": item.company,
        "company_url": item.company_url,
        "company_size": item.company_size,
        "duration": f"{item.started} - {item.ended or 'Present'}",
        "start_date": item.started,
        "end_date": item.ended,
        "description": item.description,
        "location": item.location,
    }


def study(item: Study) -> Shape:
    """One school of a career."""
    return {
        "school": item.school,
        "degree": item.degree,
        "field": item.field,
        "start_date": item.started,
        "end_date": item.ended,
    }


def profile(item: Profile) -> Shape:
    """A whole profile."""
    member = item.member
    return {
        "public_id": member.public_id,
        "urn": member.urn,
        "name": member.name,
        "first_name": member.first_name,
        "last_name": member.last_name,
        "headline": member.headline,
        "location": member.location,
        "country": item.country,
        "summary": item.summary,
        "industry": item.industry,
        "profile_url": member.profile_url,
        "profile_picture": member.picture_url,
        "connections": item.connections,
        "experience": [position(job) for job in item.positions],
        "education": [study(school) for school in item.studies],
        "skills": list(item.skills),
    }


def contact(item: Contact) -> Shape:
    """How a person may be reached."""
    return {
        "profile_url": item.profile_url,
        "email": item.email,
        "phone": item.phone,
        "websites": list(item.websites),
    }


def company(item: Company) -> Shape:
    """A company page, in the one public model of it (linkup.md, 2.8)."""
    low, _, high = item.size.rstrip("+").partition("-")
    place = {"city": item.city, "country": item.country}
    return {
        "name": item.name,
        "universalName": item.universal_name,
        "description": item.description,
        "tagline": item.tagline,
        "websiteUrl": item.website,
        "url": item.url,
        "industry": item.industry,
        "employeeCount": item.employees,
        "employeeCountRange": {"start": int(low or 0), "end": int(high) if high else None},
        "headquarter": place,
        "logoUrl": item.logo_url,
        "coverImageUrl": None,
        "callToAction": None,
        "locations": [place],
        "organizationType": "PRIVATELY_HELD",
        "defaultLocale": "en_US",
        "followersCount": item.followers,
        "pageMailbox": False,
        "verified": False,
        "foundedOn": item.founded,
    }


def found_company(item: Company) -> Shape:
    """An item of a company search."""
    return {
        "name": item.name,
        "company_url": item.url,
        "industry": item.industry,
        "location": ", ".join(part for part in (item.city, item.country) if part),
        "company_size": item.size,
        "followers": item.followers,
        "summary": item.tagline,
        "logo": item.logo_url,
        "website": item.website,
    }


def invitation(item: Invitation, now: datetime, *, sent: bool) -> Shape:
    """An open invitation, in the newer of the two documented forms."""
    shape: Shape = {
        "name": item.member.name,
        "profile_url": item.member.profile_url,
        "profile_picture": item.member.picture_url,
        "subtitle": item.member.headline,
        "sent_time": ago(item.sent_at, now),
        "message": item.note,
        "invitation_id": item.id,
        "invitation_state": "PENDING",
        "entity_urn": item.urn,
        "invitation_type": item.kind.value,
    }
    if not sent:
        shape["shared_secret"] = item.secret
        count = item.shared_connections
        shape["shared_connections"] = f"{count} mutual connection{'' if count == 1 else 's'}"
    return shape


_STANDINGS = {
    InvitationState.NONE: ("NONE", "No invitation stands between you and this member."),
    InvitationState.SENT: ("PENDING", "Your invitation has not been answered yet."),
    InvitationState.RECEIVED: ("RECEIVED", "This member has invited you."),
    InvitationState.CONNECTED: ("ACCEPTED", "You are connected with this member."),
    InvitationState.WITHDRAWN: (
        "WITHDRAWN",
        "Your invitation was withdrawn; LinkedIn takes no new one for three weeks.",
    ),
}
_KINDS = {
    InvitationState.NONE: "NONE",
    InvitationState.SENT: "SENT",
    InvitationState.RECEIVED: "RECEIVED",
    InvitationState.CONNECTED: "CONNECTED",
    InvitationState.WITHDRAWN: "SENT",
}


def standing(item: InvitationStanding) -> Shape:
    """What stands between the account and a member."""
    state, sentence = _STANDINGS[item.state]
    return {
        "invitation_state": state,
        "invitation_type": _KINDS[item.state],
        "invitation_id": item.invitation_id,
        "member_distance": DISTANCES[item.degree],
        "message": sentence,
    }


def participant(member: Member) -> Shape:
    """A person in the inbox."""
    return {
        "name": member.name,
        "headline": member.headline,
        "profile_url": member.profile_url,
        "profile_picture": member.picture_url,
    }


def conversation(item: Conversation) -> Shape:
    """A conversation in the inbox."""
    last = item.last
    return {
        "conversation_id": item.id,
        "participant": participant(item.member),
        "last_message": None
        if last is None
        else {"text": last.text, "time": milliseconds(last.sent_at), "sender": participant(last.sender)},
        "unread": item.unread,
        "type": item.kind,
    }


def message(item: Message) -> Shape:
    """One message of a conversation."""
    shape: Shape = {
        "text": item.text,
        "timestamp": milliseconds(item.sent_at),
        "sender": item.sender.name,
        "sender_info": {"first_name": item.sender.first_name, "last_name": item.sender.last_name},
        "message_type": "SYSTEM" if item.system else "TEXT",
        "entity_urn": item.urn,
    }
    if item.media_url:
        shape["media_url"] = item.media_url
    return shape
