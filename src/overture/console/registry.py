"""Every page of the console."""

from overture.console.pages import audit, home, keys, own, requests, sequences, team, usage, webhooks
from overture.console.view import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *requests.PAGES,
    *sequences.PAGES,
    *webhooks.PAGES,
    *keys.PAGES,
    *usage.PAGES,
    *audit.PAGES,
    *team.PAGES,
    *own.PAGES,
)
