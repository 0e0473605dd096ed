"""Every page with data that would like to be code, and how it looks to those who do not see or point."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.chromium import BY_LOOK, SCHEMES, WIDTHS, Person
from tests.browser.hostile import HOSTILE
from tests.browser.stage import Stage


def _words(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_hostile_text_is_text_on_every_page(owner: Person, installation: Stage) -> None:
    """Nothing is run, refused by the policy or fetched from elsewhere; and the strings are there to be read."""
    read: list[str] = []
    for path in installation.paths:
        owner.go(path)
        owner.page.wait_for_timeout(150)
        read.append(owner.page.evaluate("document.body.innerText"))
        for form in ("details:not([open]) > summary",):
            owner.page.evaluate("(s) => document.querySelectorAll(s).forEach((e) => e.parentElement.open = true)", form)
        owner.page.mouse.move(400, 400)
        assert owner.trapped() == [], path
        odd = owner.page.evaluate(
            """[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name)
              || (/^(href|src|action|formaction|data)$/i.test(a.name)
                && !/^(\\/|#|\\?|https:\\/\\/www\\.linkedin\\.com\\/|http:\\/\\/127\\.0\\.0\\.1)/.test(a.value))
              || a.name === "style")).map((e) => e.outerHTML.slice(0, 200))"""
        )
        assert odd == [], path
    everything = _words(" ".join(read))
    missing = [text for text in HOSTILE if _words(text.strip()) not in everything]
    assert missing == []


def test_no_rule_of_axe_is_broken_at_any_width_or_colour(owner: Person, installation: Stage) -> None:
    """All rules at the widest in light and the narrowest in dark; those that follow from the look at the rest."""
    found: list[str] = []
    for path in installation.paths:
        owner.page.set_viewport_size({"width": 1440, "height": 900})
        owner.go(path)
        owner.page.wait_for_timeout(150)
        for width in WIDTHS:
            for scheme in SCHEMES:
                chromium.look(owner.page, width, scheme)
                whole = (width, scheme) in {(1440, "light"), (390, "dark")}
                broken = chromium.violations(owner.page, None if whole else BY_LOOK)
                found += [f"{path} {width} {scheme}: {one}" for one in broken]
                if owner.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{path} {width} is wider than the window")
    assert found == []
    assert owner.trapped() == []


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/welcome/used"])
def test_the_pages_without_a_session(browser: Browser, installation: Stage, path: str) -> None:
    person = chromium.sit_down(browser, installation)
    person.go(path)
    for scheme in SCHEMES:
        chromium.look(person.page, 390, scheme)
        assert chromium.violations(person.page) == []
    assert person.trapped() == []
    person.context.close()


EMPTY = ("try", "requests/", "review/", "sequences/", "campaigns/", "campaigns/new", "inbox/", "tasks/", "linkedin/",
         "webhooks/", "keys/", "usage/", "people/", "")  # fmt: skip


def test_empty_and_wrong_states_break_no_rule_either(owner: Person, installation: Stage) -> None:
    """An account in which nothing has happened yet; and forms that come back with what is wrong."""
    page = owner.page
    with page.expect_navigation():
        page.select_option("#account-choice", label=HOSTILE[2])
    found: list[str] = []
    for path in EMPTY:
        owner.go(f"/console/{path}")
        chromium.look(page, 390, "dark")
        found += [f"{path} empty: {one}" for one in chromium.violations(page)]
        chromium.look(page, 1440, "light")
        found += [f"{path} empty: {one}" for one in chromium.violations(page, BY_LOOK)]
    for path, button in (("try", "Write the messages"), ("campaigns/new", "Keep as a draft")):
        owner.go(f"/console/{path}")
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        with page.expect_navigation():
            page.click(f"button:has-text('{button}')")
        assert page.locator("[role=alert]").count()
        found += [f"{path} wrong: {one}" for one in chromium.violations(page)]
    assert found == []
    assert owner.trapped() == []


ZOOMED = (720, 320)
"""A window of 1,440 pixels at 200 %, and one of 1,280 at 400 % (WCAG 1.4.10)."""


def test_nothing_is_cut_off_when_zoomed_nor_moves_for_those_who_ask_for_rest(
    owner: Person, installation: Stage
) -> None:
    found: list[str] = []
    owner.page.emulate_media(reduced_motion="reduce")
    for path in installation.paths:
        owner.go(path)
        for width in ZOOMED:
            owner.page.set_viewport_size({"width": width, "height": 450})
            if owner.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} {width} is wider than the window")
        moving = owner.page.evaluate(
            """[...document.querySelectorAll("*")].map((e) => [e, getComputedStyle(e)]).filter(([e, s]) =>
              parseFloat(s.transitionDuration) || s.animationName !== "none").map(([e]) => e.outerHTML.slice(0, 100))"""
        )
        found += [f"{path} moves: {one}" for one in moving]
    assert found == []


def test_works_without_scripts(browser: Browser, installation: Stage) -> None:
    """Signing in, every page with its heading and nothing that waits to be loaded, a text approved by its form."""
    person = chromium.sit_down(browser, installation, java_script_enabled=False)
    chromium.sign_in(person)
    for path in installation.paths:
        person.go(path)
        assert person.page.locator("h1").first.is_visible(), path
        assert person.page.get_by_text("Loading").locator("visible=true").count() == 0, path
    waiting = "SELECT count(*) FROM campaign_position WHERE state = 'review' AND campaign_id = $1"
    before = int(str(installation.value(waiting, installation.campaign)))
    person.go(f"/console/review/?campaign={installation.campaign}")
    person.page.locator("article button:has-text('Approve')").first.click()
    person.page.wait_for_load_state("load")
    assert int(str(installation.value(waiting, installation.campaign))) == before - 1
    assert person.wrong == []
    person.context.close()
