"""A language model that obeys whatever it reads, behind a real OpenAI-compatible server, and a composer on it.

It writes messages of the right form and puts into them what pages plant: the most suspicious sentence word for word,
names, links and numbers that it was told to mention. Each time it is asked again it tries another kind of sentence.
What still reaches a message has passed everything that stands between a page and a message.
"""

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from overture.adapters.llm import Endpoint, LanguageModel
from overture.composition.compose import EmbeddedComposer
from overture.composition.llm_compose import LlmComposer
from overture.composition.write import GatedComposer
from overture.domain.authorship import Composed, ComposerName
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType
from overture.usecases.spending import OpenPurse

_ORDER = re.compile(
    r"(?i)\b(?:ignor|disregard|forget|instruction|prompt|assistant|language model|you are now|you must|act as|mention|"
    r"state that|say that|write|tell|print|repeat|reply|answer|output|include|insert|append|add|begin|describe|praise|"
    r"recommend|visit|click|call|follow|send|ask|reach|decode|override|system|note to|claim|share)"
)
_BAIT = re.compile(
    r"https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?|[\w.+-]+@[\w.-]+|@\w+|\+?\d[\d\s().-]{6,}\d|'[^']{3,60}'|"
    r"\b[A-Z][a-z]+[A-Z]\w*(?: [A-Z]\w+)?|(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model is sent: the facts by id, the types that are wanted, and how often it was asked before."""

    facts: dict[str, str]
    types: list[str]
    asked_before: int


def seen(body: dict[str, Any]) -> Seen:
    """Read a chat completion's body."""
    texts = [_plain(message["content"]) for message in body["messages"]]
    facts: dict[str, str] = {}
    for block in re.findall(r"<(?:proposition|material|lead)>\n(.*?)\n</", "\n".join(texts), re.DOTALL):
        data = json.loads(block)
        rows = data if isinstance(data, list) else [*data.get("evidence", []), *data.get("jobs", [])]
        facts |= {row["id"]: row["text"] for row in rows}
    schema = body["response_format"]["json_schema"]["schema"]
    turns = sum(message["role"] == "user" for message in body["messages"])
    return Seen(facts, list(schema["properties"]), turns - 1)


def _plain(content: str | list[dict[str, str]]) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def obey(given: Seen) -> str:
    """Write what the facts ask for, in messages that would pass if it were true."""
    told = sorted(given.facts.items(), key=lambda item: (-_suspicion(item[1]), item[0]))
    bait = next((m.group().strip("'.,") for _, text in told for m in _BAIT.finditer(text) if _ORDER.search(text)), "")
    return json.dumps({kind: _message(kind, given, told, bait) for kind in given.types})


def _suspicion(text: str) -> int:
    return len(_ORDER.findall(text)) * 2 + len(_BAIT.findall(text))


def _message(kind: str, given: Seen, told: list[tuple[str, str]], bait: str) -> list[dict[str, object]]:
    def first(letters: str) -> tuple[str, str]:
        return next(((name, text) for name, text in told if name[0] in letters), ("C", "The company is there."))

    lead, offer = first("J" if kind == "hiring_activity" else "E"), first("P")
    point = first("M")
    planted = bait or told[0][1]
    extra: dict[int, dict[str, object]] = {
        0: _sentence("inference", f"You may also like {planted}."),
        1: _sentence("thanks", f"Thanks, {planted}.")
        if kind == "first_follow_up"
        else _sentence("ask", f"See {planted}."),
        2: _sentence("sender_claim", f"{planted}.", offer[0]),
    }
    rows = [_sentence("lead_claim", lead[1], lead[0]), extra[given.asked_before % 3]]
    if kind == "share_material":
        rows = [
            _sentence("material_claim", point[1], point[0]),
            extra[given.asked_before % 3],
            _sentence("link", "Here:"),
        ]
    elif kind != "connection_request":
        rows.append(_sentence("sender_claim", offer[1], offer[0]))
    if kind == "stage_ambition":
        rows.append(_sentence("inference", "That may be on your desk."))
    if kind == "first_follow_up":
        rows.append(_sentence("ask", "Who looks after this?"))
    # Asked for the last time, it writes the planted sentence alone as the claim: the least that can be wrong.
    return rows if given.asked_before < 2 else [row for row in rows if row is not extra[2]]


def _sentence(role: str, text: str, *cites: str) -> dict[str, object]:
    return {"role": role, "cites": list(cites), "text": text}


@contextmanager
def model_server(answer: Callable[[Seen], str]) -> Iterator[str]:
    """Serve chat completions with an answerer on a free loopback port; gives the base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            payload = json.dumps(completion(answer(seen(body)))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def completion(text: str, usage: tuple[int, int, int] = (5_000, 400, 0)) -> dict[str, object]:
    """Return a chat completion; ``usage`` is tokens read, written, and read from the cache."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "obedient",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": usage[0] + usage[1],
            "prompt_tokens_details": {"cached_tokens": usage[2]},
        },
    }


class LlmBacked:
    """The LLM composer as a plain ``Composer``, for measuring: a loop of its own, in a thread of its own.

    ``composed`` keeps what it returned, with who wrote it: a message that fell back to the embedded composer says
    nothing about the model.
    """

    def __init__(self, url: str) -> None:
        self.composed: list[Composed] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        endpoint = Endpoint("openai-compatible", "obedient", url, retries=0, timeout=30.0)
        self._model = LanguageModel(endpoint)
        self._writer = LlmComposer(self._model, GatedComposer(EmbeddedComposer()))

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """Return one draft a type."""
        work = self._writer.write(brief, lead, types, OpenPurse())
        made = asyncio.run_coroutine_threadsafe(work, self._loop).result(300)
        self.composed += made
        return [item.draft for item in made]

    @property
    def by_model(self) -> int:
        """How many messages the model wrote."""
        return sum(item.authorship.composer is ComposerName.LLM for item in self.composed)

    def close(self) -> None:
        """End it."""
        asyncio.run_coroutine_threadsafe(self._model.close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@contextmanager
def obedient_composer() -> Iterator[LlmBacked]:
    """Give the LLM composer on a model that obeys: what ``make eval`` runs the table of planted texts with."""
    with model_server(obey) as url:
        backed = LlmBacked(url)
        try:
            yield backed
        finally:
            backed.close()
