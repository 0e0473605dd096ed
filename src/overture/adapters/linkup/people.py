"""From the dialect's objects to records: people, companies, invitations, messages. What is left out is empty."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from overture.adapters.linkup.given import Given
from overture.domain.linkedin.objects import (
    Company,
    Contact,
    Conversation,
    Degree,
    Invitation,
    InvitationKind,
    InvitationStanding,
    InvitationState,
    Member,
    Message,
    Position,
    Profile,
    Slice,
    Study,
)

T = TypeVar("T")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STATES = {
    "CAN_INVITE": InvitationState.NONE,
    "NONE": InvitationState.NONE,
    "INVITATION_SENT": InvitationState.SENT,
    "PENDING": InvitationState.SENT,
    "INVITATION_RECEIVED": InvitationState.RECEIVED,
    "RECEIVED": InvitationState.RECEIVED,
    "CONNECTED": InvitationState.CONNECTED,
    "ACCEPTED": InvitationState.CONNECTED,
    "INVITATION_WITHDRAWN": InvitationState.WITHDRAWN,
    "WITHDRAWN": InvitationState.WITHDRAWN,
}
_LONG_AGO = 100 * 31_536_000
_UNITS = {"minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_592_000, "year": 31_536_000}


def slice_of(data: Given, shape: Callable[[Given], T], *names: str) -> Slice[T]:
    """Return the list under the first of the names, with its totals."""
    items = tuple(shape(item) for item in data.children(*names))
    return Slice(items, data.maybe("total_available_results"), data.text("next_cursor") or None)


def degree(text: str) -> Degree:
    """Return a distance from any of the spellings."""
    low = text.lower()
    if low.startswith("you"):
        return Degree.SELF
    if low.startswith("1"):
        return Degree.FIRST
    return Degree.SECOND if low.startswith("2") else Degree.THIRD


def public_id(url: str) -> str:
    """Return the last part of a profile's address."""
    return url.rstrip("/").rpartition("/")[2]


def member(given: Given) -> Member:
    """A person as any list shows one."""
    name = given.text("name", "full_name") or f"{given.text('first_name')} {given.text('last_name')}".strip()
    url = given.text("profile_url", "linkedin_url").rstrip("/")
    first, _, last = name.partition(" ")
    state = given.text("invitation_state")
    headline = given.text("headline", "job_title", "subtitle", "occupation", "title")
    employer = given.child("company").text("name")
    return Member(
        urn=given.text("actor_urn", "profile_urn", "urn"),
        public_id=given.text("public_id", "public_identifier") or public_id(url),
        name=name,
        first_name=given.text("first_name") or first,
        last_name=given.text("last_name") or last,
        headline=f"{headline} at {employer}" if employer else headline,
        profile_url=url,
        location=given.text("location"),
        picture_url=given.text("profile_picture") or None,
        degree=degree(given.text("connection_level", "connection_degree")),
        state=_STATES.get(state) if state else None,
    )


def connection(given: Given) -> Member:
    """A person from the account's own connections."""
    return replace(member(given), degree=Degree.FIRST)


def with_url(person: Member, url: str) -> Member:
    """Return a person with an address that another field told."""
    url = url.rstrip("/")
    return replace(person, profile_url=url, public_id=public_id(url)) if url else person


def nobody() -> Member:
    """Return a person of whom nothing is known."""
    return member(Given({}))


def _position(given: Given) -> Position:
    started, _, ended = given.text("duration", "date_range").partition(" - ")
    return Position(
        title=given.text("title"),
        company=given.text("company"),
        company_url=given.text("company_url"),
        started=given.text("start_date") or started,
        ended=given.text("end_date") or (None if ended in {"", "Present"} else ended),
        description=given.text("description"),
        location=given.text("location"),
        company_size=given.text("company_size"),
    )


def _study(given: Given) -> Study:
    return Study(
        given.text("school"),
        given.text("degree"),
        given.text("field"),
        given.text("start_date"),
        given.text("end_date"),
    )


def profile(given: Given) -> Profile:
    """A whole profile."""
    return Profile(
        member=member(given),
        summary=given.text("summary"),
        industry=given.text("industry"),
        country=given.text("country"),
        positions=tuple(_position(item) for item in given.children("experience", "experiences")),
        studies=tuple(_study(item) for item in given.children("education", "educations")),
        skills=given.texts("skills"),
        connections=given.number("connections"),
    )


def contact(given: Given) -> Contact:
    """How a person may be reached."""
    return Contact(
        given.text("profile_url"), given.text("email") or None, given.text("phone") or None, given.texts("websites")
    )


def company(given: Given) -> Company:
    """A company, from a page or from a search."""
    band = given.child("employeeCountRange")
    low, high = band.number("start"), band.maybe("end")
    size = given.text("company_size") or (f"{low}-{high}" if high else f"{low}+" if low else "")
    place = given.child("headquarter")
    city, _, country = given.text("location").partition(", ")
    return Company(
        urn="",
        universal_name=given.text("universalName") or public_id(given.text("company_url", "url")),
        name=given.text("name"),
        url=given.text("url", "company_url"),
        tagline=given.text("tagline", "summary"),
        description=given.text("description"),
        website=given.text("websiteUrl", "website"),
        industry=given.text("industry"),
        size=size,
        employees=given.number("employeeCount"),
        followers=given.number("followersCount") or given.number("followers"),
        city=place.text("city") or city,
        country=place.text("country") or country,
        founded=given.maybe("foundedOn"),
        logo_url=given.text("logoUrl", "logo") or None,
    )


def ago(text: str, now: datetime) -> datetime:
    """Return the time that a text such as '2 days ago' or '1d' names, as exactly as it does."""
    found = re.match(r"\D*(\d+)\s*([a-z]+)", text.lower())
    if not found:
        return now
    unit = next((size for name, size in _UNITS.items() if name.startswith(found[2].rstrip("s")[:5])), 0)
    return now - timedelta(seconds=min(int(found[1][:6]) * unit, _LONG_AGO))


def invitation(given: Given, now: datetime) -> Invitation:
    """An open invitation."""
    kind = given.text("invitation_type")
    shared = re.match(r"\d+", given.text("shared_connections"))
    return Invitation(
        id=given.number("invitation_id"),
        urn=given.text("entity_urn"),
        member=member(given),
        kind=InvitationKind(kind) if kind in set(InvitationKind) else InvitationKind.CONNECTION,
        sent_at=ago(given.text("sent_time"), now),
        note=given.text("message") or None,
        secret=given.text("shared_secret"),
        shared_connections=int(shared[0]) if shared else 0,
    )


def standing(given: Given) -> InvitationStanding:
    """What stands between the account and a member; times are not told."""
    distances = {0: Degree.SELF, 1: Degree.FIRST, 2: Degree.SECOND}
    return InvitationStanding(
        state=_STATES.get(given.text("invitation_state"), InvitationState.NONE),
        degree=distances.get(given.number("member_distance"), Degree.THIRD),
        invitation_id=given.maybe("invitation_id"),
    )


def conversation(given: Given, me: str) -> Conversation:
    """A conversation of the inbox."""
    person = member(given.child("participant"))
    last = given.child("last_message")
    at = last.time("time")
    message = None
    if at is not None:
        sender = member(last.child("sender"))
        message = Message("", last.text("text"), at, _mine(sender) if sender.name == me else sender)
    return Conversation(given.text("conversation_id"), person, message, given.number("unread"), given.text("type"))


def _mine(person: Member) -> Member:
    return Member(
        person.urn,
        person.public_id,
        person.name,
        person.first_name,
        person.last_name,
        person.headline,
        person.profile_url,
        degree=Degree.SELF,
    )


def message(given: Given, me: str) -> Message:
    """One message of a conversation; ``me`` is the account's own name."""
    info = given.child("sender_info")
    name = given.text("sender") or f"{info.text('first_name')} {info.text('last_name')}".strip()
    first, _, last = name.partition(" ")
    sender = Member("", "", name, info.text("first_name") or first, info.text("last_name") or last, "", "")
    return Message(
        urn=given.text("entity_urn"),
        text=given.text("text"),
        sent_at=given.time("timestamp") or EPOCH,
        sender=_mine(sender) if name == me else sender,
        system=given.text("message_type") == "SYSTEM",
        media_url=given.text("media_url") or None,
    )
