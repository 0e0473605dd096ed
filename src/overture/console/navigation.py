"""How the navigation shows the pages."""

from dataclasses import dataclass

from overture.domain.console import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation, for whom the role suffices."""

    path: str
    name: str
    role: Role = Role.VIEWER


NAVIGATION: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (Entry("/console/", "Home"),)),
    (
        "Writing",
        (
            Entry("/console/try", "Try it", Role.REVIEWER),
            Entry("/console/requests/", "Requests"),
            Entry("/console/review/", "Review"),
            Entry("/console/sequences/", "Sequences"),
        ),
    ),
    (
        "Sending",
        (
            Entry("/console/campaigns/", "Campaigns"),
            Entry("/console/inbox/", "Inbox"),
            Entry("/console/tasks/", "Tasks"),
            Entry("/console/linkedin/", "LinkedIn accounts"),
        ),
    ),
    (
        "Running",
        (
            Entry("/console/webhooks/", "Webhooks"),
            Entry("/console/keys/", "Keys", Role.OWNER),
            Entry("/console/usage/", "Usage"),
            Entry("/console/people/", "People's rights", Role.OWNER),
            Entry("/console/audit/", "Audit log", Role.OWNER),
            Entry("/console/settings/", "Settings", Role.OWNER),
        ),
    ),
)
"""Groups of entries, with the groups' headings."""
