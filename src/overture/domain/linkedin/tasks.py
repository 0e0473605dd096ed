"""Tasks for the member's own hand."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TaskState(StrEnum):
    """Where a task stands. Only a person moves it."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NewTask:
    """What the member is asked to do: open ``link``, and where there is a ``text``, paste it."""

    list: str
    key: str
    kind: str
    profile: str
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands."""

    id: UUID
    kind: str
    profile: str
    link: str
    text: str
    state: TaskState
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was seen by hand: someone is ``connected`` or has ``replied``. ``id`` grows with arrival."""

    id: int
    kind: str
    profile: str
    name: str
    text: str
    at: datetime


def same_profile(url: str) -> str:
    """Return the form in which profile addresses are compared: no scheme, no www, no query, no slash at the end."""
    text = url.strip().partition("?")[0].partition("#")[0].rstrip("/")
    text = text.removeprefix("https://").removeprefix("http://")
    return text.removeprefix("www.").casefold()
