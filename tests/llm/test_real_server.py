"""A real OpenAI-compatible server: llama.cpp's, as a process of its own, on a model that this run makes.

The model writes nonsense, so this shows transport, schema, asking again, counting and cutting off, not quality.
"""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from overture.adapters.llm import Endpoint, LanguageModel
from overture.composition.compose import EmbeddedComposer
from overture.composition.llm_answer import ROLES, decoded, schema_of
from overture.composition.llm_compose import LlmComposer
from overture.composition.llm_prompt import lead_block, prefix_of
from overture.composition.write import GatedComposer
from overture.domain.errors import ModelFailed
from overture.domain.messages import Written
from overture.ports import Question
from overture.usecases.spending import OpenPurse
from tests.composition.pages import brief, lead
from tests.llm.answers import TWO, work
from tests.llm.gguf_model import make

pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address; its model knows the words of our own documents."""
    model = tmp_path_factory.mktemp("model") / "bigrams.gguf"
    make(model, "".join(path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.llm.gguf_server", str(model), str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    assert process.stdout.readline().startswith(b"ready")
    yield f"http://127.0.0.1:{port}/v1"
    process.kill()
    process.wait()
    process.stdout.close()


def model(url: str, **changes: object) -> LanguageModel:
    settings: dict[str, object] = {"timeout": 120.0, "retries": 0} | changes
    return LanguageModel(Endpoint("openai-compatible", "bigrams", url, **settings))  # type: ignore[arg-type]


def question(text: str = "") -> Question:
    return Question(prefix_of(work()), (text or lead_block(work(), TWO),), schema_of(TWO), "key")


async def test_the_answer_keeps_to_the_schema_and_is_counted(url: str) -> None:
    made = model(url)
    replies = [await made.ask(question()) for _ in range(3)]
    await made.close()
    for reply in replies:
        answer = decoded(reply.text)
        assert isinstance(answer, dict), reply.text
        assert set(answer) == set(TWO)
        assert all(item.role in ROLES for items in answer.values() for item in items)
        assert reply.usage.output_tokens > 0
    assert replies[1].usage.input_tokens == replies[0].usage.input_tokens
    assert replies[1].usage.cached_tokens / replies[1].usage.input_tokens > 0.9  # the prefix was kept
    assert replies[1].usage.cost is None


async def test_nonsense_is_asked_for_again_and_falls_back(url: str) -> None:
    made = model(url)
    composed = await LlmComposer(made, GatedComposer(EmbeddedComposer()), attempts=2).write(
        brief(), lead(0), TWO, OpenPurse()
    )
    await made.close()
    assert [item.authorship.attempts for item in composed] == [2, 2]
    assert all(item.authorship.fallback.startswith("not sendable after 2 calls") for item in composed)
    assert all(isinstance(item.draft, Written) for item in composed)
    assert sum(item.authorship.usage.input_tokens for item in composed) > 10_000


async def test_several_at_once(url: str) -> None:
    made = model(url, concurrency=2)
    replies = await asyncio.gather(*(made.ask(question()) for _ in range(4)))
    await made.close()
    assert all(json.loads(reply.text) for reply in replies)


async def test_a_prompt_that_is_too_long_is_refused_by_the_host(url: str) -> None:
    made = model(url)
    with pytest.raises(ModelFailed, match="HTTP 400"):
        await made.ask(question("word " * 30_000))
    await made.close()


async def test_a_call_that_takes_too_long_is_given_up(url: str) -> None:
    made = model(url, timeout=0.01)
    with pytest.raises(ModelFailed, match="no answer"):
        await made.ask(question())
    await made.close()
