"""Every page of the console."""

from overture.console.pages import home, own
from overture.console.view import Page

PAGES: tuple[Page, ...] = (*home.PAGES, *own.PAGES)
