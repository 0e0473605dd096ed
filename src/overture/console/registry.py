"""Every page of the console."""

from overture.console.pages import (
    audit,
    campaigns,
    home,
    inbox,
    keys,
    leads,
    linkedin,
    own,
    requests,
    review,
    sequences,
    team,
    trying,
    usage,
    webhooks,
)
from overture.console.view import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *trying.PAGES,
    *requests.PAGES,
    *review.PAGES,
    *sequences.PAGES,
    *leads.PAGES,
    *campaigns.PAGES,
    *inbox.PAGES,
    *linkedin.PAGES,
    *webhooks.PAGES,
    *keys.PAGES,
    *usage.PAGES,
    *audit.PAGES,
    *team.PAGES,
    *own.PAGES,
)
