"""Whoever meets a route, setting, error, code, event, metric, task, command or page can look it up."""

import json
from collections.abc import Callable, Iterable

import pytest

from tests.docs import inventory, postman, reference

TEXT = " ".join(
    " ".join(page.read_text().split()) for page in (*sorted(reference.DOCS.glob("*.md")), reference.ROOT / "README.md")
)
ERRORS = " ".join((reference.DOCS / "errors.md").read_text().split())


def missing(names: Iterable[str], text: str = TEXT) -> list[str]:
    """Which of them stand nowhere in the text between backticks."""
    return [name for name in names if f"`{name}`" not in text]


@pytest.mark.parametrize("name", reference.PAGES)
def test_pages_that_follow_from_the_code_are_as_it_is(name: str) -> None:
    """Commands, routes and settings are documented; `make reference` writes them anew."""
    assert (reference.DOCS / name).read_text() == reference.PAGES[name](), "run: make reference"


def test_every_command_says_what_it_does() -> None:
    """Commands of the tree have a sentence, and so have the pages of the console and the routes."""
    assert [name for name, command in reference.commands() if not (command.help or "").strip()] == []
    assert [path for _, path, entry in reference.routes() if not entry.get("summary")] == []


def test_every_sentence_of_an_error_is_explained() -> None:
    """What a caller or an operator is told stands in docs/errors.md, with what to do."""
    told = inventory.sentences()
    assert len(told) > 250
    assert {name: told[name] for name in missing(told, ERRORS)} == {}


def test_every_code_is_explained() -> None:
    """Codes of problems, and the values of every closed list."""
    assert [(code, kind) for code, kind in inventory.codes() if f"`{code}`" not in ERRORS] == []


@pytest.mark.parametrize(
    "names",
    [inventory.event_kinds, inventory.metric_names, inventory.tasks, inventory.console_pages],
    ids=["events", "metrics", "tasks", "console"],
)
def test_every_name_is_documented(names: Callable[[], Iterable[str]]) -> None:
    """Events, metrics, tasks and pages of the console."""
    found = list(names())
    assert found
    assert missing(found) == []


def test_the_search_finds_what_is_missing() -> None:
    """A name that nobody wrote down is reported."""
    assert missing(["overture_queue_jobs", "overture_never_said"]) == ["overture_never_said"]


def test_the_postman_collection_has_every_route() -> None:
    """`make postman` makes it from the OpenAPI document; no id in it is by chance."""
    found = json.loads(postman.COLLECTION.read_text())
    assert {postman.route(item) for item in postman.requests(found)} == {(m, path) for m, path, _ in reference.routes()}
    assert found == postman.settled(json.loads(json.dumps(found)))
