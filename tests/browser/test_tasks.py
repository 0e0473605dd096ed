"""Twelve tasks by keyboard alone, from Home, each with at most four activations (what a mouse would click)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser import chromium
from tests.browser.chromium import Person
from tests.browser.stage import Stage

MOST_ACTIVATIONS = 4
MOST_TABS = 120


@dataclass
class Keys:
    """A person's hands: Tab leads to things, Enter activates what has the focus, and activations are counted."""

    person: Person
    activations: int = 0
    strokes: int = 0

    def press(self, key: str) -> None:
        self.strokes += 1
        self.person.page.keyboard.press(key)

    def reach(self, selector: str) -> None:
        """Go on by Tab until the first visible element of a selector has the focus, as a person would."""
        wanted = self.person.page.locator(selector).locator("visible=true").first
        wanted.wait_for()
        for _ in range(MOST_TABS):
            if wanted.evaluate("(e) => e === document.activeElement"):
                assert wanted.evaluate("(e) => getComputedStyle(e).outlineStyle !== 'none'"), (
                    f"{selector}: no focus ring"
                )
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached by {MOST_TABS} tabs")

    def use(self, selector: str) -> None:
        """Reach something and activate it; what it loads is waited for."""
        self.reach(selector)
        self.activations += 1
        self.press("Enter")
        self.person.page.wait_for_timeout(60)
        self.person.page.wait_for_load_state("load")

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.person.page.keyboard.type(text)

    def to(self, name: str) -> None:
        """Open a page by the navigation."""
        self.use(f'nav a:text-is("{name}")')
        self.person.page.wait_for_selector('nav a[aria-current="page"]')

    def sure(self) -> None:
        """Say yes to the question whether one is sure."""
        self.person.page.wait_for_selector("dialog#sure[open]")
        self.use('dialog#sure button[value="yes"]')

    def see(self, text: str) -> Locator:
        found = self.person.page.get_by_text(text).locator("visible=true").first
        found.wait_for()
        return found


@pytest.fixture
def keys(owner: Person) -> Iterator[Keys]:
    hands = Keys(owner)
    yield hands
    assert hands.activations <= MOST_ACTIVATIONS
    assert owner.trapped() == []


def test_finds_why_a_message_failed(keys: Keys, installation: Stage) -> None:
    keys.to("Requests")
    keys.use(f'a[href="/console/requests/{installation.request}"]')
    keys.see("Why messages failed")
    assert keys.person.page.locator("table tbody tr td[data-label=Reason]").first.inner_text()


def test_sends_a_failed_day_of_webhooks_again(keys: Keys, installation: Stage) -> None:
    given_up = "SELECT count(*) FROM event WHERE state = 'exhausted'"
    again = "SELECT count(*) FROM event WHERE replays > 0"
    keys.to("Webhooks")
    keys.use('button:text-is("All that were given up")')
    keys.see("again")
    keys.person.page.wait_for_timeout(100)
    assert installation.value(given_up) == 0
    assert int(str(installation.value(again))) >= 60


def test_rotates_a_key(keys: Keys) -> None:
    keys.to("Keys")
    keys.use('button:has-text("Rotate")')
    keys.see("It is shown this once")
    assert keys.person.page.locator("#new-key").inner_text().startswith("ov_live_")


def test_erases_a_person(keys: Keys, installation: Stage) -> None:
    keys.to("People's rights")
    keys.write("#profile", "https://www.linkedin.com/in/good-0")
    keys.use('button:text-is("Look what is held")')
    keys.see("rows are held")
    keys.use('button:text-is("Erase")')
    keys.sure()
    keys.person.page.wait_for_selector(".notice.good")
    assert installation.value("SELECT count(*) FROM lead WHERE linkedin LIKE '%/good-0'") == 0


def test_approves_twenty_drafts(keys: Keys, installation: Stage) -> None:
    """In at most 25 keystrokes, once the page is open: one each."""
    keys.person.go(f"/console/review/?campaign={installation.campaign}")
    cards = keys.person.page.locator("article[data-item]")
    in_review = "SELECT count(*) FROM campaign_position WHERE state = 'review' AND campaign_id = $1"
    drafts = int(str(installation.value(in_review, installation.campaign)))
    assert cards.count() == drafts > 20
    for left in range(drafts - 1, drafts - 21, -1):
        keys.press("a")
        keys.person.page.wait_for_function(
            "(n) => document.querySelectorAll('article[data-item]').length === n", arg=left
        )
    assert keys.strokes <= 25
    waiting = "SELECT count(*) FROM campaign_message WHERE campaign_id = $1 AND approved_at IS NOT NULL"
    assert int(str(installation.value(waiting, installation.campaign))) >= 20


def test_sees_the_credits_that_are_left(keys: Keys) -> None:
    keys.see("are left")
    assert keys.activations == 0


def test_leaves_somebody_alone_from_the_inbox(keys: Keys, installation: Stage) -> None:
    before = int(str(installation.value("SELECT count(*) FROM suppression")))
    keys.to("Inbox")
    keys.use('button:has-text("Leave alone for good")')
    keys.sure()
    keys.person.page.wait_for_selector(".notice.good")
    assert installation.value("SELECT count(*) FROM suppression") == before + 1


def test_answers_a_challenge_of_linkedin(keys: Keys, installation: Stage) -> None:
    person = installation.challenged
    assert person
    keys.to("LinkedIn accounts")
    keys.write('input[id^="email-"]', person.email)
    keys.write('input[id^="code-"]', installation.mailed_code(person.email))
    keys.use('button:text-is("Send the code")')
    keys.see("connected")
    assert keys.person.page.locator("h1").inner_text() == person.name


def test_pauses_and_stops_a_campaign(keys: Keys, installation: Stage) -> None:
    state = "SELECT state FROM campaign WHERE id = $1"
    keys.to("Campaigns")
    keys.use(f'a[href="/console/campaigns/{installation.campaign}"]')
    keys.use('button:text-is("Pause")')
    keys.see("paused")
    assert installation.value(state, installation.campaign) == "paused"
    assert keys.activations <= MOST_ACTIVATIONS
    keys.activations = 2  # the second task begins like the first: it led to the same page
    keys.use('button:text-is("Stop")')
    keys.sure()
    keys.person.page.wait_for_selector(".badge.bad")
    assert installation.value(state, installation.campaign) == "stopped"


def test_invites_a_reviewer(keys: Keys, browser: Browser, installation: Stage) -> None:
    keys.to("Settings")
    keys.write("#email", "rita@example.com")
    keys.use('button:text-is("Make a link")')
    link = keys.see("/console/welcome/").inner_text()
    other = chromium.sit_down(browser, installation)
    other.page.goto(link)
    other.page.wait_for_selector("#password")
    other.context.close()


def test_downloads_usage(keys: Keys, tmp_path: Path) -> None:
    keys.to("Usage")
    with keys.person.page.expect_download() as waiting:
        keys.use('a:text-is("Download CSV")')
    waiting.value.save_as(tmp_path / "usage.csv")
    assert (tmp_path / "usage.csv").read_text().startswith("day,written,given_back")
