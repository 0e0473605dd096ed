"""Templates: escaped always, with the words and forms that all pages share."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from overture.console.navigation import NAVIGATION
from overture.console.saying import SENTENCES
from overture.domain.messages import linkedin_length

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """Return the static files by the names they are served under, which change with their bytes."""
    found: dict[str, tuple[str, bytes]] = {}
    for item in files("overture.console").joinpath("static").iterdir():
        stem, dot, ending = item.name.rpartition(".")
        if dot and f".{ending}" in TYPES:
            body = item.read_bytes()
            found[f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"] = (TYPES[f".{ending}"], body)
    return found


def asset(name: str) -> str:
    """Return the address of a static file."""
    stem, _, ending = name.rpartition(".")
    served = next(n for n in assets() if n.startswith(f"{stem}.") and n.endswith(f".{ending}") and n.count(".") >= 2)
    return f"/console/static/{served}"


def when(moment: datetime | None) -> Markup:
    """Show a moment in UTC; the browser says it in its own zone."""
    if moment is None:
        return Markup('<span class="quiet">never</span>')
    at = moment.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), f"{at:%d %b %Y, %H:%M} UTC")


def span(length: timedelta | float | None) -> str:
    """Show a length of time in its largest two units: ``2 d 3 h``."""
    if length is None:
        return "none"
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    parts: list[str] = []
    for name, size in units:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts[:2]) or "0 s"


def number(value: float | None) -> str:
    """Show a count with its thousands set apart."""
    return "none" if value is None else f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def share(part: float, whole: float) -> str:
    """Show a part of a whole in per cent."""
    return f"{100 * part / whole:.0f}%" if whole else "none"


def words(name: str) -> str:
    """Show a name of the code as words: ``first_follow_up`` is ``first follow-up``."""
    return str(name).replace("first_follow_up", "first follow-up").replace("_", " ")


def highlighted(text: str, part: str) -> Markup:
    """Mark a part of a text, both escaped."""
    before, found, after = text.partition(part) if part else (text, "", "")
    return Markup("{}<mark>{}</mark>{}").format(before, found, after) if found else escape(text)


def _sentence(key: str) -> str:
    return SENTENCES.get(key, "")


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    made = Environment(
        loader=PackageLoader("overture.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols"],
    )
    filters: dict[str, Any] = {
        "when": when,
        "span": span,
        "number": number,
        "words": words,
        "length_units": linkedin_length,
    }
    cast("dict[str, Any]", made.filters).update(filters)
    shared: dict[str, Any] = {
        "asset": asset,
        "share": share,
        "highlighted": highlighted,
        "sentence": _sentence,
        "navigation": lambda: NAVIGATION,
    }
    cast("dict[str, Any]", made.globals).update(shared)
    return made


def render(template: str, context: Mapping[str, Any]) -> str:
    """Render one template."""
    return environment().get_template(template).render(context)
