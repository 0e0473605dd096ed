"""The three vendors' wire formats: what is sent, where the prefix is marked for the cache, and what is read back.

The hosts are ours, written from the vendors' documented fields. Nothing here was run against a vendor.
"""

import json
from decimal import Decimal
from typing import Any, Literal

import pytest

from overture.adapters.llm import Endpoint, LanguageModel
from overture.composition.llm_answer import schema_of
from overture.composition.llm_prompt import cache_key_of, lead_block, prefix_of
from overture.domain.authorship import Usage
from overture.ports import Question, Reply
from tests.llm import servers
from tests.llm.answers import TWO, good, text, work
from tests.llm.servers import Call, host, send

Provider = Literal["openai", "anthropic", "google", "openai-compatible"]


def question(*turns: str) -> Question:
    prefix = prefix_of(work())
    return Question(prefix, turns or (lead_block(work(), TWO),), schema_of(TWO), cache_key_of(prefix))


async def ask(provider: Provider, name: str, reply: dict[str, Any], *turns: str, **changes: Any) -> tuple[Reply, Call]:
    with host(lambda handler, number, call: send(handler, reply)) as server:
        url = server.url if provider in {"anthropic", "google"} else f"{server.url}/v1"
        settings: dict[str, Any] = {"api_key": "k-1", "base_url": url, "retries": 0} | changes
        model = LanguageModel(Endpoint(provider, name, **settings))
        answered = await model.ask(question(*turns))
        await model.close()
        (call,) = server.calls
    return answered, call


def same(usage: Usage) -> None:
    assert (usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (5_000, 4_000, 200)


async def test_openai() -> None:
    reply, call = await ask("openai", "gpt-4.1-mini", servers.openai(text(good())))
    assert call.path == "/v1/chat/completions"
    assert call.headers["authorization"] == "Bearer k-1"
    form = call.body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert list(form["schema"]["properties"]) == list(TWO)
    assert form["schema"]["additionalProperties"] is False
    assert call.body["messages"][0]["role"] == "system"
    assert call.body["messages"][0]["content"] == question().prefix
    assert call.body["messages"][-1]["content"] == question().turns[0]
    assert call.body["prompt_cache_key"] == question().cache_key
    assert reply.text == text(good())
    same(reply.usage)
    # 1,000 x $0.40 + 4,000 x $0.10 + 200 x $1.60, a million each: the list that comes with genai-prices 0.2.3
    assert reply.usage.cost == Decimal("0.00112")


async def test_openai_models_with_marks_get_one_after_the_prefix() -> None:
    _, call = await ask("openai", "gpt-5.6", servers.openai(text(good())))
    (part,) = call.body["messages"][0]["content"]
    assert part["text"] == question().prefix
    assert "prompt_cache_breakpoint" in part
    assert "prompt_cache_breakpoint" not in str(call.body["messages"][-1])


async def test_anthropic() -> None:
    reply, call = await ask("anthropic", "claude-sonnet-4-6", servers.anthropic(text(good())))
    assert call.path == "/v1/messages"
    assert "k-1" in call.headers.get("x-api-key", call.headers.get("authorization", ""))
    assert call.body["output_config"]["format"]["type"] == "json_schema"
    assert list(call.body["output_config"]["format"]["schema"]["properties"]) == list(TWO)
    marked = [part for part in call.body["system"] if "cache_control" in part]
    assert [part["text"] for part in marked] == [question().prefix]
    assert "cache_control" not in str(call.body["messages"])
    assert reply.text == text(good())
    same(reply.usage)
    # 1,000 x $3 + 4,000 x $0.30 + 200 x $15
    assert reply.usage.cost == Decimal("0.0072")


async def test_google() -> None:
    reply, call = await ask("google", "gemini-2.5-flash", servers.google(text(good())))
    assert call.path.endswith("/models/gemini-2.5-flash:generateContent")
    assert call.headers["x-goog-api-key"] == "k-1"
    wanted = call.body["generationConfig"]
    assert wanted["responseMimeType"] == "application/json"
    assert list(wanted["responseJsonSchema"]["properties"]) == list(TWO)
    assert call.body["systemInstruction"]["parts"][0]["text"] == question().prefix
    assert reply.text == text(good())
    same(reply.usage)
    # 1,000 x $0.30 + 4,000 x $0.03 + 200 x $2.50
    assert reply.usage.cost == Decimal("0.00092")


async def test_a_compatible_server_gets_no_vendors_fields() -> None:
    reply, call = await ask("openai-compatible", "local", servers.openai(text(good())), api_key="")
    assert set(call.body) <= {"messages", "model", "response_format", "stream", "max_tokens", "max_completion_tokens"}
    assert isinstance(call.body["messages"][0]["content"], str)
    assert reply.usage.cost is None


async def test_an_answer_by_a_tool() -> None:
    tool = [{"id": "c1", "type": "function", "function": {"name": "messages", "arguments": text(good())}}]
    reply, call = await ask("openai-compatible", "local", servers.openai(None, tool_calls=tool), output="tool")
    (offered,) = call.body["tools"]
    assert list(offered["function"]["parameters"]["properties"]) == list(TWO)
    assert call.body["tool_choice"] == "required"
    assert "response_format" not in call.body
    assert json.loads(reply.text) == good()


@pytest.mark.parametrize(
    ("provider", "name", "reply"),
    [
        ("openai", "gpt-4.1-mini", servers.openai("{}")),
        ("anthropic", "claude-sonnet-4-6", servers.anthropic("{}")),
        ("google", "gemini-2.5-flash", servers.google("{}")),
    ],
)
async def test_asking_again_goes_on_with_the_same_prefix(provider: Provider, name: str, reply: dict[str, Any]) -> None:
    first = question().turns[0]
    _, call = await ask(provider, name, reply, first, "a bad answer", "what was wrong")
    turns = call.body.get("messages") or call.body["contents"]
    roles = [turn["role"] for turn in turns if turn["role"] != "system"]
    assert roles in (["user", "assistant", "user"], ["user", "model", "user"])
    assert "what was wrong" in str(turns[-1])
    assert "a bad answer" in str(turns[-2])


async def test_a_refusal_is_an_empty_answer_that_was_paid() -> None:
    reply, _ = await ask("openai", "gpt-4.1-mini", servers.openai(None, refusal="I cannot do that."))
    assert reply.text == ""
    same(reply.usage)
