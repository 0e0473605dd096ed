"""The language model, where one is configured: settings to a writer. What it loads is heavy, and loaded only then."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal, cast

from overture.domain.errors import Misconfigured
from overture.ports import Composer, Model, Question, Writer
from overture.settings import Settings
from overture.usecases.spending import Ceilings

if TYPE_CHECKING:
    from overture.adapters.llm import LanguageModel

EXTRA = "the language model needs the package's extra: pip install 'overture[llm]'"


def ceilings_of(settings: Settings) -> Ceilings:
    """Return what the operator allows to be spent."""
    return Ceilings(
        settings.llm_request_tokens,
        settings.llm_request_cost,
        settings.llm_account_tokens,
        settings.llm_account_cost,
        cast("Literal['day', 'month']", settings.llm_period),
    )


@asynccontextmanager
async def open_model(settings: Settings) -> AsyncGenerator["LanguageModel"]:
    """Open the configured model.

    Raises:
        Misconfigured: the extra is not installed, or money is limited and the model's price is not known.
    """
    try:
        from overture.adapters.llm import Endpoint, LanguageModel, Prices  # noqa: PLC0415
    except ImportError as error:
        raise Misconfigured(EXTRA) from error
    price = settings.llm_price
    if len(price) == 2:
        price = (*price, price[0], price[0])
    model = LanguageModel(
        Endpoint(
            provider=cast("Literal['openai', 'anthropic', 'google', 'openai-compatible']", settings.llm_provider),
            model=settings.llm_model,
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key,
            concurrency=settings.llm_concurrency,
            timeout=float(settings.llm_timeout_seconds),
            retries=settings.llm_retries,
            output=cast("Literal['native', 'tool']", settings.llm_output),
            max_output_tokens=settings.llm_max_output_tokens,
            prices=Prices(*price) if price else None,
        )
    )
    try:
        limited = settings.llm_request_cost is not None or settings.llm_account_cost is not None
        if limited and not model.priced:
            raise Misconfigured(
                f"the price of {model.name} is not known, so a ceiling in dollars cannot hold: set OVERTURE_LLM_PRICE"
            )
        yield model
    finally:
        await model.close()


@asynccontextmanager
async def open_writer(
    settings: Settings, embedded: Composer
) -> AsyncGenerator[tuple[Writer, Model] | tuple[None, None]]:
    """Open the composer with the model, and the model, or give None where none is configured.

    ``embedded`` stands in for the model.
    """
    if settings.llm_provider is None:
        yield None, None
        return
    from overture.composition.llm_compose import LlmComposer  # noqa: PLC0415

    async with open_model(settings) as model:
        yield LlmComposer(model, embedded, attempts=settings.llm_attempts, when_spent=settings.llm_when_spent), model


async def try_model(settings: Settings) -> str:
    """Ask the model one short question; return what it said of itself.

    Raises:
        Misconfigured: as ``open_model``.
        ModelFailed: it does not answer.
    """
    schema = {
        "type": "object",
        "properties": {"answer": {"type": "string", "maxLength": 20}},
        "required": ["answer"],
        "additionalProperties": False,
    }
    async with open_model(settings) as model:
        reply = await model.ask(
            Question("Answer with the JSON object alone.", ("Say yes.",), schema, "overture-doctor")
        )
        price = "price known" if model.priced else "price not known: its cost is stored as unknown"
        form = "JSON" if reply.text.strip().startswith("{") else "something else than JSON"
        return f"{model.name} answers with {form}, {reply.usage.tokens} tokens; {price}"
