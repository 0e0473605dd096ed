"""The children that parse: limited, replaceable, and never left behind."""

import asyncio
import io
import os
import pickle
import time
from collections.abc import AsyncIterator

import psutil
import pytest

from overture.adapters import parsing
from overture.adapters.parsing import ChildParser
from overture.domain.errors import FetchFailed
from overture.domain.evidence import Evidence, EvidenceKind
from overture.research.pages import read_page

pytestmark = pytest.mark.process
PAGE = (b"<p>Acme builds pumps.</p>", "text/html", "https://acme.com/", "2026-01-01T00:00:00Z")


@pytest.fixture
async def parser() -> AsyncIterator[ChildParser]:
    opened = ChildParser(workers=2, seconds=0.5)
    await opened(os.getpid)  # the first call may take longer: it starts the child
    yield opened
    await opened.close()
    assert children() == []


def children() -> list[int]:
    mine = psutil.Process().children(recursive=True)
    return [p.pid for p in mine if "overture.adapters.parsing_child" in p.cmdline()]


async def test_the_same_child_parses_page_after_page(parser: ChildParser) -> None:
    first = await parser(os.getpid)
    reading = await parser(read_page, *PAGE)
    assert [item.text for item in reading.evidence] == ["Acme builds pumps."]
    assert await parser(os.getpid) == first != os.getpid()


async def test_no_more_children_than_workers(parser: ChildParser) -> None:
    await asyncio.gather(*(parser(read_page, *PAGE) for _ in range(50)))
    assert len(children()) == 2


async def test_what_takes_too_long_is_killed(parser: ChildParser) -> None:
    started = time.monotonic()
    with pytest.raises(FetchFailed, match="in time"):
        await parser(time.sleep, 60)
    assert time.monotonic() - started < 2
    assert (await parser(read_page, *PAGE)).url == "https://acme.com/"


async def test_a_page_that_nests_without_end_is_given_up(parser: ChildParser) -> None:
    started = time.monotonic()
    with pytest.raises(FetchFailed, match="in time"):
        await parser(read_page, b"<div>" * 900_000, *PAGE[1:])
    assert time.monotonic() - started < 3


async def test_waiting_for_a_child_is_not_its_time(parser: ChildParser) -> None:
    assert await asyncio.gather(*(parser(time.sleep, 0.2) for _ in range(10))) == [None] * 10


async def test_a_child_that_dies_fails_its_page_only(parser: ChildParser) -> None:
    with pytest.raises(FetchFailed, match="could not be parsed"):
        await parser(os._exit, 1)
    with pytest.raises(FetchFailed, match="could not be parsed"):
        await parser(os.abort)
    psutil.Process(await parser(os.getpid)).kill()
    await asyncio.sleep(0.05)
    results = await asyncio.gather(*(parser(read_page, *PAGE) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(result, FetchFailed) for result in results) <= 1
    assert (await parser(read_page, *PAGE)).url == "https://acme.com/"


async def test_memory_is_limited(parser: ChildParser) -> None:
    with pytest.raises(FetchFailed, match="could not be parsed"):
        await parser(bytearray, 3 << 30)
    assert (await parser(read_page, *PAGE)).url == "https://acme.com/"


async def test_an_error_in_the_function_is_the_pages_failure(parser: ChildParser) -> None:
    with pytest.raises(FetchFailed, match="could not be parsed"):
        await parser(int, "x")


async def test_a_child_can_answer_with_data_of_ours_only(parser: ChildParser) -> None:
    """A page that took a child over must not run anything here."""
    with pytest.raises(FetchFailed):
        await parser(eval, "__import__('os').system")
    with pytest.raises(FetchFailed):
        await parser(eval, "__import__('pathlib').Path('/')")
    with pytest.raises(FetchFailed):
        await parser(bytes, 70_000_000)


async def test_a_child_does_not_know_our_secrets(parser: ChildParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTURE_SECRET_KEYS", "c2VjcmV0")
    fresh = ChildParser(workers=1)
    pid = await fresh(os.getpid)
    assert "c2VjcmV0" not in str(psutil.Process(pid).environ())
    await fresh.close()


async def test_cancelling_ends_the_child_at_once() -> None:
    parser = ChildParser(workers=2)
    tasks = [asyncio.create_task(parser(time.sleep, 60)) for _ in range(3)]
    for delay in (0.0, 0.3):
        await asyncio.sleep(delay)
        tasks.pop().cancel()
    tasks.pop().cancel()
    await asyncio.sleep(0.3)
    assert children() == []
    await parser.close()


async def test_a_child_ends_with_its_input() -> None:
    parser = ChildParser(workers=1)
    child = psutil.Process(await parser(os.getpid))
    await parser.close()
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


async def test_a_small_child_starts_fast() -> None:
    parser = ChildParser(workers=1)
    started = time.monotonic()
    pid = await parser(os.getpid)
    assert time.monotonic() - started < 2
    await parser(read_page, *PAGE)
    assert psutil.Process(pid).memory_info().rss < 100_000_000
    await parser.close()


class ByGetattr:
    """Pickles as early releases of Python 3.11 pickle an enumeration's member."""

    def __init__(self, of: object, name: str) -> None:
        self.call = (getattr, (of, name))

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return self.call


def test_members_of_enumerations_pass_by_getattr_and_nothing_else_does() -> None:
    """Python 3.11.2 pickles EvidenceKind.TITLE as getattr(EvidenceKind, 'TITLE'); no other attribute is data."""
    member = pickle.dumps(ByGetattr(EvidenceKind, "TITLE"))
    assert parsing._OurTypes(io.BytesIO(member)).load() is EvidenceKind.TITLE
    for of, name in ((Evidence, "__init__"), (EvidenceKind, "__class__"), (str, "join")):
        with pytest.raises((pickle.UnpicklingError, KeyError)):
            parsing._OurTypes(io.BytesIO(pickle.dumps(ByGetattr(of, name)))).load()
