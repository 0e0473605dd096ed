"""``make screens``: every page as a picture at three widths, light and dark, with real data, and what axe says.

They go to ``.screens/``, which git ignores. ``axe.json`` has each broken rule with its page, width and colours;
``axe.txt`` says it in a line a page.
"""

import asyncio
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from overture import queue
from overture.store import db, embedded, migrate
from tests.browser import chromium, stage
from tests.browser.chromium import SCHEMES, WIDTHS, Person
from tests.browser.stage import Stage

OUT = Path(".screens")


async def _migrated(url: str) -> None:
    database = await db.connect(url, size=2)
    await migrate.migrate(database, queue.install)
    await db.close(database)


def _name(number: int, path: str) -> str:
    words = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "one", path.removeprefix("/console/"))
    return f"{number:02}-{re.sub(r'[^a-z]+', '-', words).strip('-') or 'home'}"


def _pictures(person: Person, number: int, path: str) -> list[dict[str, Any]]:
    page, found = person.page, []
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    person.go(path)
    page.wait_for_timeout(400)
    for width in WIDTHS:
        for scheme in SCHEMES:
            chromium.look(page, width, scheme)
            page.screenshot(path=OUT / f"{_name(number, path)}-{width}-{scheme}.png", full_page=True)
            found += [
                {"page": path, "width": width, "scheme": scheme, **broken} for broken in chromium.violations(page)
            ]
    return found


def _shoot(raised: Stage) -> list[str]:
    link = raised.owner_link()
    lines: list[str] = []
    found: list[dict[str, Any]] = []
    with chromium.launched() as browser:
        stranger = chromium.sit_down(browser, raised)
        paths = [("/console/sign-in", stranger), (link, stranger)]
        person = chromium.sit_down(browser, raised)
        for number, (path, who) in enumerate(paths):
            found += _pictures(who, number, path)
        chromium.enter(person, link)
        for number, path in enumerate(raised.paths, len(paths)):
            broken = _pictures(person, number, path)
            lines.append(f"{len(broken):3}  {_name(number, path)}")
            found += broken
        lines += [f"trap: {told}" for told in person.trapped()]
    count = (len(raised.paths) + len(paths)) * len(WIDTHS) * len(SCHEMES)
    head = f"axe-core: {len(found)} violations in {count} views ({', '.join(chromium.RULES)})"
    (OUT / "axe.json").write_text(json.dumps({"violations": found, "views": count, "rules": chromium.RULES}, indent=1))
    (OUT / "axe.txt").write_text("\n".join([head, *lines]) + "\n")
    return [head]


def main() -> None:
    """Make them all."""
    if chromium.executable() is None:
        sys.exit("there is no Chromium here: apt-get install chromium")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    with tempfile.TemporaryDirectory(prefix="overture-screens-") as name:
        root = Path(name)
        lease = embedded.start(root / "database", settings={"fsync": "off", "synchronous_commit": "off"})
        try:
            asyncio.run(_migrated(lease.url))
            with stage.raised(lease.url, root) as raised:
                print("\n".join(_shoot(raised)))
        finally:
            lease.release()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}/")


if __name__ == "__main__":
    main()
