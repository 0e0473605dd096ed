"""The documentation page, rendered once from the declared operations and fields."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from overture.api.contract import Operation
from overture.api.openapi import About, Webhook

_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Row:
    """One field, as the page shows it."""

    name: str
    type: str
    need: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of one object."""

    title: str
    rows: tuple[Row, ...]


def _marked(text: str) -> Markup:
    """Escape ``text``; what stands between backticks becomes code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped just before


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def render(
    about: About, operations: Iterable[Operation], tables: Iterable[Table], webhooks: Iterable[Webhook]
) -> bytes:
    """Return the page; it loads its stylesheet and nothing else."""
    environment = Environment(
        loader=PackageLoader("overture.api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(marked=_marked, pretty=_pretty)
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(operation.tag, []).append(operation)
    page = environment.get_template("docs.html").render(
        about=about, groups=groups, tables=list(tables), webhooks=list(webhooks)
    )
    return page.encode()


def stylesheet() -> bytes:
    """Return the page's stylesheet."""
    return files("overture.api").joinpath("static/docs.css").read_bytes()
