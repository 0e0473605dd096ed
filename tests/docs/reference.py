"""The pages of the documentation that follow from the code: commands, routes and settings.

``python -m tests.docs.reference`` writes them; a test compares them with what stands in ``docs``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import typer.main

from overture.api.app import document
from overture.api.options import EdgeOptions
from overture.cli.app import app
from overture.console.registry import PAGES as CONSOLE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = "<!-- Made by `make reference`; a test compares it with the code. -->"


def commands() -> list[tuple[str, Any]]:
    """Every command with its full name, in the order of the tree."""

    def walk(node: Any, name: str) -> Iterator[tuple[str, Any]]:
        if hasattr(node, "commands"):
            for word, below in node.commands.items():
                yield from walk(below, f"{name} {word}")
        else:
            yield name, node

    return list(walk(typer.main.get_command(app), "overture"))


def routes() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and entry of every route of the OpenAPI document."""
    paths = cast("dict[str, dict[str, dict[str, Any]]]", document(EdgeOptions())["paths"])
    return [(method.upper(), path, entry) for path, item in paths.items() for method, entry in item.items()]


def settings() -> list[tuple[str, str, str]]:
    """Name, default and description of every setting, as `.env.example` has them."""
    found: list[tuple[str, str, str]] = []
    said: list[str] = []
    fresh = True
    for line in (ROOT / ".env.example").read_text().splitlines():
        if line.startswith("#"):
            said = [*said, line[1:].strip()] if not fresh else [line[1:].strip()]
            fresh = False
        elif line:
            name, _, default = line.partition("=")
            found.append((name, default, " ".join(said)))
            fresh = True
        else:
            said, fresh = [], True
    return found


def cell(text: str) -> str:
    """Text as it stands in a cell of a table."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def _parameters(command: Any) -> Iterator[str]:
    for parameter in command.params:
        names = ", ".join(f"`{name}`" for name in parameter.opts + parameter.secondary_opts)
        if parameter.param_type_name == "argument":
            names = f"`{(parameter.metavar or parameter.name or '').upper()}`"
        need = "required" if parameter.required else "optional"
        yield f"| {names} | {need} | {cell(getattr(parameter, 'help', None) or '')} |"


def commands_page() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        MADE,
        "",
        "`overture COMMAND --help` says the same. Exit 0 is success, 1 a failure that is",
    ]
    lines += ["told on standard error, 2 a wrong call.", ""]
    for name, command in commands():
        lines += [f"## {name}", "", re.sub(r"\s*\n\s*", " ", (command.help or "").strip()), ""]
        rows = list(_parameters(command))
        if rows:
            lines += ["| argument or option | | means |", "|---|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def routes_page() -> str:
    """docs/routes.md."""
    lines = ["# Routes", "", MADE, "", "Every route of `/openapi.json`. A running server shows fields, statuses and"]
    lines += ["examples at `/docs`.", ""]
    groups: dict[str, list[str]] = {}
    for method, path, entry in routes():
        former = ", a former path" if entry.get("deprecated") else ""
        row = f"| `{method} {path}` | {cell(entry['summary'])}{former} |"
        groups.setdefault(entry["tags"][0], []).append(row)
    for tag, rows in groups.items():
        lines += [f"## {tag}", "", "| method and path | does |", "|---|---|", *rows, ""]
    lines += ["## Console", "", "Not in the OpenAPI document: pages for people who are signed in, by their role.", ""]
    lines += ["| method and path | role | does |", "|---|---|---|"]
    for page in CONSOLE:
        said = cell((page.handler.__doc__ or "").split("\n")[0])
        lines.append(f"| `{'`, `'.join(page.methods)} /console{page.path}` | {page.role} | {said} |")
    return "\n".join(lines).rstrip() + "\n"


def settings_page() -> str:
    """docs/settings.md."""
    lines = ["# Settings", "", MADE, ""]
    lines += [
        "Read from the environment at the start of each process. An unknown `OVERTURE_` name, or a value out of its"
    ]
    lines += ["form, stops the start and names itself. Lines that share a comment share its description.", ""]
    lines += ["| setting | default | means |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {f'`{cell(default)}`' if default else ''} | {cell(said)} |" for name, default, said in settings()
    ]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands_page, "routes.md": routes_page, "settings.md": settings_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())


if __name__ == "__main__":
    main()
