"""Debian's Chromium, driven by Playwright: traps for what must not happen, axe for accessibility."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.stage import PASSWORD, Stage

WIDTHS = (1440, 1024, 390)
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
"""The rules whose outcome follows from width or colours; the others look at the document alone."""

_AXE = (Path(__file__).parent / "axe.min.js").read_text()
_TRAP = """
window.__wrong = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => { window.__wrong.push(name); };
document.addEventListener("securitypolicyviolation", (e) => {
  window.__wrong.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`);
});
"""


def executable() -> str | None:
    """Where Chromium is; None where there is none. None is downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser. ``wrong`` gathers dialogs, refusals of the policy, errors and requests elsewhere."""

    stage: Stage
    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the console; streams that stay open are not waited for."""
        self.page.goto(self.stage.url + path, wait_until="load")

    def trapped(self) -> list[str]:
        """What went wrong on the page that is open, and before."""
        return [*self.wrong, *self.page.evaluate("window.__wrong ?? []")]


def sit_down(browser: Browser, stage: Stage, **options: Any) -> Person:
    """Open a window with the traps set."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
    context.set_default_timeout(20_000)
    context.add_init_script(_TRAP)
    page = context.new_page()
    person = Person(stage, context, page)
    host = urlsplit(stage.url).netloc
    page.on("dialog", lambda dialog: (person.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: person.wrong.append(f"error {error}"))
    page.on("request", lambda sent: _elsewhere(person, sent.url, host))
    return person


def _elsewhere(person: Person, url: str, host: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob", "about"} and parts.netloc != host:
        person.wrong.append(f"request to {url}")


def enter(person: Person, link: str) -> None:
    """Choose a password by a one-time link, which signs in."""
    person.go(link)
    person.page.fill("#password", PASSWORD)
    person.page.fill("#again", PASSWORD)
    person.page.click("main button")
    person.page.wait_for_url(re.compile(r"/console/(\?|$)"))


def sign_in(person: Person, email: str = "") -> None:
    """Sign in by the form."""
    person.go("/console/sign-in")
    person.page.fill("#email", email or person.stage.owner)
    person.page.fill("#password", PASSWORD)
    person.page.click("main button")
    person.page.wait_for_url("**/console/")


def violations(page: Page, rules: list[str] | None = None) -> list[dict[str, Any]]:
    """Run axe; of all rules unless some are named. It is put in by the debugger, which no policy hinders."""
    if page.evaluate("!window.axe"):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": _AXE})
        session.detach()
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    return page.evaluate(
        """async (only) => (await axe.run(document, {runOnly: only, resultTypes: ["violations"]})).violations
        .map((v) => ({id: v.id, impact: v.impact, count: v.nodes.length, html: v.nodes[0].html.slice(0, 200),
          why: v.nodes[0].failureSummary.slice(0, 300)}))""",
        only,
    )


def look(page: Page, width: int, scheme: str) -> None:
    """Change the window's width and the colours, without loading anew."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
