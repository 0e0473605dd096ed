"""A language model behind an OpenAI-compatible, Anthropic or Google endpoint. The only file that knows pydantic-ai.

Importing it takes a second and 80 MB: it is loaded by processes that work, and only where a model is configured.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, cast

import genai_prices
import httpx2
from pydantic_ai.exceptions import AgentRunError, ModelHTTPError, UnexpectedModelBehavior, UserError
from pydantic_ai.messages import (
    InstructionPart,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model as ForeignModel
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from overture.domain.authorship import Usage
from overture.domain.errors import Misconfigured, ModelFailed
from overture.ports import Question, Reply
from overture.telemetry.logs import get

MOST_BYTES = 512_000
"""The largest answer that is read: some twenty times that of five long messages."""

LONGEST_PAUSE = 30.0
"""A host that asks for a longer pause than this (``Retry-After``) is taken as one that does not answer."""

AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
CHARACTERS_A_TOKEN = 2.5
"""For upper estimates: English has four and more, JSON three."""

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens; ``cached`` is read from the cache, ``written`` written to it."""

    input: Decimal
    output: Decimal
    cached: Decimal
    written: Decimal


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The operator's choice of a model. ``prices`` go before the built-in list; ``retries`` follow the first call."""

    provider: Literal["openai", "anthropic", "google", "openai-compatible"]
    model: str
    base_url: str | None = None
    api_key: str = field(default="", repr=False)
    concurrency: int = 32
    timeout: float = 60.0
    retries: int = 2
    output: Literal["native", "tool"] = "native"
    max_output_tokens: int = 3_000
    prices: Prices | None = None


class _TooLarge(httpx2.ReadError):
    """The answer is larger than we read."""


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._inner:
            size += len(part)
            if size > MOST_BYTES:
                raise _TooLarge("the answer is too large")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Bounded(httpx2.AsyncHTTPTransport):
    """Reads bounded answers only; a packed one is refused, since its size is known only once it is unpacked."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity").strip().lower() not in {"identity", ""}:
            await response.aclose()
            raise _TooLarge("the answer is packed")
        response.stream = _BoundedStream(cast("httpx2.AsyncByteStream", response.stream))
        return response


class LanguageModel:
    """One configured model, shared by everything in a process."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        limits = httpx2.Limits(max_connections=endpoint.concurrency, max_keepalive_connections=endpoint.concurrency)
        self._client = httpx2.AsyncClient(transport=_Bounded(limits=limits), timeout=endpoint.timeout)
        self._model = _foreign(endpoint, self._client)
        self._slots = asyncio.Semaphore(endpoint.concurrency)

    @property
    def name(self) -> str:
        """The provider's and the model's name."""
        return f"{self._endpoint.provider}:{self._endpoint.model}"

    @property
    def priced(self) -> bool:
        """Whether the price of this model is known."""
        return self._cost(Usage(1, 1)) is not None

    def most(self, question: Question) -> Usage:
        """Return an upper estimate of what asking uses, every call of it."""
        size = len(question.prefix) + sum(len(turn) for turn in question.turns) + len(str(question.schema))
        usage = Usage(int(size / CHARACTERS_A_TOKEN), self._endpoint.max_output_tokens)
        return Usage(usage.input_tokens, usage.output_tokens, cost=self._cost(usage))

    async def ask(self, question: Question) -> Reply:
        """Ask; a host that is busy, failing or silent is asked again, at most ``retries`` times.

        Raises:
            ModelFailed: as the port says.
        """
        async with self._slots:
            for attempt in range(self._endpoint.retries + 1):
                failure = await self._once(question)
                if isinstance(failure, Reply):
                    return failure
                last = attempt == self._endpoint.retries
                if last or failure.pause is None or failure.pause > LONGEST_PAUSE:
                    raise ModelFailed(failure.reason)
                log.info("llm.again", model=self.name, reason=failure.reason, attempt=attempt + 1)
                await asyncio.sleep(max(failure.pause, 0.25 * 2**attempt))
        raise AssertionError  # the loop returns or raises

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _once(self, question: Question) -> "Reply | _Failure":
        messages, settings, parameters = self._request(question)
        try:
            async with asyncio.timeout(self._endpoint.timeout):
                response = await self._model.request(messages, settings, parameters)
        except TimeoutError:
            return _Failure(f"no answer within {self._endpoint.timeout:g} s", 0.0)
        except ModelHTTPError as error:
            again = error.status_code in AGAIN
            return _Failure(f"HTTP {error.status_code}", (error.retry_after or 0.0) if again else None)
        except UnexpectedModelBehavior:
            return _Failure("an answer that is not of the API's form", 0.0)
        except (AgentRunError, httpx2.HTTPError, ValueError, TypeError, KeyError, AttributeError) as error:
            # An answer of another form than the vendor's breaks its library in ways of its own.
            if _caused_by(error, _TooLarge):
                return _Failure(f"an answer of more than {MOST_BYTES} bytes, or a packed one", None)
            return _Failure(_connection(error), 0.0)
        return Reply(_text(response), self._usage(response))

    def _request(self, question: Question) -> tuple[list[ModelMessage], ModelSettings, ModelRequestParameters]:
        messages: list[ModelMessage] = []
        for place, turn in enumerate(question.turns):
            if place % 2 == 0:
                messages.append(ModelRequest(parts=[UserPromptPart(content=turn)], instructions=question.prefix))
            else:
                messages.append(ModelResponse(parts=[TextPart(content=turn)]))
        settings: dict[str, Any] = {
            "max_tokens": self._endpoint.max_output_tokens,
            "timeout": self._endpoint.timeout,
            "cache": {"messages": False},
        }
        if self._endpoint.provider == "openai":
            settings["openai_prompt_cache_key"] = question.cache_key
        schema = dict(question.schema)
        instructions = [InstructionPart(content=question.prefix)]
        if self._endpoint.output == "native":
            shape = OutputObjectDefinition(json_schema=schema, name="messages", strict=True)
            parameters = ModelRequestParameters(
                output_mode="native", output_object=shape, instruction_parts=instructions
            )
        else:
            tool = ToolDefinition(
                name="messages", description="The messages.", parameters_json_schema=schema, kind="output"
            )
            parameters = ModelRequestParameters(
                output_mode="tool", output_tools=[tool], allow_text_output=False, instruction_parts=instructions
            )
        return messages, cast("ModelSettings", settings), parameters

    def _usage(self, response: ModelResponse) -> Usage:
        counted = response.usage
        usage = Usage(
            max(0, counted.input_tokens),
            max(0, counted.output_tokens),
            max(0, min(counted.cache_read_tokens, counted.input_tokens)),
            max(0, min(counted.cache_write_tokens, counted.input_tokens)),
        )
        cost = self._cost(usage)
        return Usage(usage.input_tokens, usage.output_tokens, usage.cached_tokens, usage.written_tokens, cost)

    def _cost(self, usage: Usage) -> Decimal | None:
        """Return what it costs, by the operator's prices or the built-in list; None where neither knows the model."""
        prices = self._endpoint.prices
        if prices is not None:
            plain = usage.input_tokens - usage.cached_tokens - usage.written_tokens
            whole = plain * prices.input + usage.cached_tokens * prices.cached
            return (whole + usage.written_tokens * prices.written + usage.output_tokens * prices.output) / 1_000_000
        if self._endpoint.provider == "openai-compatible":
            return None  # its name says nothing about who runs it
        counted = genai_prices.Usage(
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cache_read_tokens=usage.cached_tokens,
            cache_write_tokens=usage.written_tokens,
        )
        try:
            found = genai_prices.calc_price(counted, self._endpoint.model, provider_id=self._endpoint.provider)
        except (LookupError, ValueError):
            return None
        return Decimal(found.total_price)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a call gave no answer, and how long to wait before the next; None where another would not help."""

    reason: str
    pause: float | None


def _foreign(endpoint: Endpoint, client: httpx2.AsyncClient) -> ForeignModel:
    """Return the library's model, its own retries switched off: they are counted here."""
    key = endpoint.api_key or "none"
    try:
        match endpoint.provider:
            case "anthropic":
                from anthropic import AsyncAnthropic  # noqa: PLC0415
                from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
                from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

                vendor = AsyncAnthropic(api_key=key, base_url=endpoint.base_url, http_client=client, max_retries=0)
                return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=vendor))
            case "google":
                from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415
                from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

                provider = GoogleProvider(api_key=key, base_url=endpoint.base_url, http_client=client)
                return GoogleModel(endpoint.model, provider=provider)
            case "openai" | "openai-compatible":
                from openai import AsyncOpenAI  # noqa: PLC0415
                from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
                from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

                openai = AsyncOpenAI(api_key=key, base_url=endpoint.base_url, http_client=client, max_retries=0)
                return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=openai))
    except UserError as error:
        raise Misconfigured(f"the language model cannot be used: {error}") from error


def _text(response: ModelResponse) -> str:
    """Return what should be JSON: the output tool's arguments, or the text; empty for a refusal."""
    for part in response.parts:
        if isinstance(part, ToolCallPart):
            return part.args_as_json_str()
    return "".join(part.content for part in response.parts if isinstance(part, TextPart))


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False


def _connection(error: BaseException) -> str:
    """Say what happened, in our words: the library's may quote the host's."""
    if _caused_by(error, httpx2.TimeoutException):
        return "no answer in time"
    if _caused_by(error, httpx2.ConnectError):
        return "the host cannot be reached"
    if _caused_by(error, httpx2.TransportError):
        return "the connection broke before the answer was whole"
    return "an answer that cannot be read"
