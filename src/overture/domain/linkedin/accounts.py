"""Signing in to LinkedIn, and the session that comes of it."""

from dataclasses import dataclass, field
from enum import StrEnum


class RailName(StrEnum):
    """The ways to LinkedIn."""

    SIMULATED = "simulated"
    LINKUP = "linkup"
    OFFICIAL = "official"
    ASSISTED = "assisted"


class SignInState(StrEnum):
    """Where a LinkedIn account stands."""

    CHALLENGED = "challenged"
    CONNECTED = "connected"
    EXPIRED = "expired"
    """The session is gone; only signing in again helps."""
    RESTRICTED = "restricted"
    """LinkedIn has limited the account; actions pause until a person looks, or until a given time."""


COUNTRIES = ("US", "UK", "FR", "DE", "NL", "IT", "IL", "CA", "BR", "ES", "IN")
"""Proxy countries, as LinkUp names them (linkup.md, section 1)."""


@dataclass(frozen=True, slots=True)
class Password:
    """A member's own password: handed to the rail, never kept."""

    email: str
    password: str = field(repr=False)
    country: str = "FR"


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """What an OAuth 2.0 sign-in brings back, with the verifier of RFC 7636."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A member who acts by hand: there is nothing to sign in to. ``list`` names the member's tasks; it is no secret."""

    profile_url: str
    name: str
    list: str


class ChallengeKind(StrEnum):
    """What LinkedIn asks for besides the password."""

    CODE = "code"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Challenge:
    """LinkedIn wants more. ``state`` is the rail's own and is handed back with the answer; it is sealed at rest."""

    kind: ChallengeKind
    state: str = field(repr=False)
    sent_to: str = ""


@dataclass(frozen=True, slots=True)
class ChallengeAnswer:
    """The code that a person was sent, for the challenge that asked for it."""

    challenge: Challenge
    code: str = field(repr=False)


Credentials = Password | AuthorizationCode | Named | ChallengeAnswer
"""What an account signs in with; a rail takes those that it knows."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a rail acts with. ``secret`` is the rail's own token; it is sealed at rest and never logged."""

    secret: str = field(repr=False)
    member_urn: str
    profile_url: str
    name: str
    country: str = "FR"
