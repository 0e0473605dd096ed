"""``overture mcp``: the tools for language models, over standard input and output or over HTTP."""

import asyncio
from typing import TYPE_CHECKING, cast

import typer

from overture.cli.session import parse_id, run
from overture.domain.errors import Misconfigured
from overture.settings import Settings, load
from overture.usecases.services import Services

if TYPE_CHECKING:
    from overture.mcp.dialect import Dialect
    from overture.mcp.session import Session

MISSING = "the part for language models is not installed: pip install 'overture[mcp]'"
NO_IDENTITY = "say whom to act for: OVERTURE_MCP_KEY, or --account ID"


def mcp(
    http: str | None = typer.Option(None, "--http", metavar="HOST:PORT", help="Serve streamable HTTP at /mcp."),
    account: str | None = typer.Option(None, "--account", help="Act for this account, without a key."),
) -> None:
    """Serve Overture's tools by the Model Context Protocol: over standard input and output, or over HTTP."""
    settings = load()
    account_id = parse_id(account) if account else None
    if account_id is None and not settings.mcp_key:
        raise Misconfigured(NO_IDENTITY)
    try:
        from overture.mcp import server  # noqa: PLC0415  # the extra is loaded by this command only
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise Misconfigured(MISSING) from None
    from overture.mcp.session import Identity, Session  # noqa: PLC0415

    identity = Identity(account_id=account_id) if account_id else Identity(settings.mcp_key)
    where = _address(http) if http else None

    async def work(services: Services) -> None:
        await identity.caller(services)
        session = Session(services, identity, dialect(settings))
        if where is None:
            await server.serve_stdio(session)
        else:
            await _serve_http(session, *where)

    run(work)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise typer.BadParameter(f"{text!r} is not of the form HOST:PORT")
    return host.strip("[]"), int(port)


async def _serve_http(session: "Session", host: str, port: int) -> None:
    from overture.api.server import serve  # noqa: PLC0415
    from overture.cli.serve import announce, listen, stop_on_signal  # noqa: PLC0415
    from overture.mcp.server import http_app  # noqa: PLC0415

    sock, stop = listen(host, port), asyncio.Event()
    stop_on_signal(stop, None)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{sock.getsockname()[1]}/mcp"
    await serve(http_app(session, host), sock, stop=stop, on_ready=lambda: announce(url=url))


def dialect(settings: Settings) -> "Dialect":
    """Return how tools read and show things: as the API does."""
    # The declarations of the whole API are loaded by this command only.
    from overture.api.native import fields as wishes  # noqa: PLC0415
    from overture.api.native import replies as native  # noqa: PLC0415
    from overture.api.native.campaigns import fields, imports, inbox_replies, replies, reviews_declared  # noqa: PLC0415
    from overture.api.upscale import replies as upscale  # noqa: PLC0415
    from overture.api.upscale import schemas  # noqa: PLC0415
    from overture.api.upscale.validation import Validator  # noqa: PLC0415
    from overture.mcp.dialect import Dialect, Reads, Shows  # noqa: PLC0415
    from overture.mcp.writing import FILLED, MOST_LEADS  # noqa: PLC0415

    validator = Validator(MOST_LEADS, https_webhooks_only=settings.https_webhooks_only)
    shows = Shows(
        sequences=upscale.sequences,
        credits=upscale.balance,
        quote=native.quote,
        accepted=upscale.accepted,
        request=lambda view: upscale.messages(view, view.id),
        message=native.one,
        asked=native.asked,
        campaigns=replies.campaigns,
        campaign=replies.campaign,
        imported=imports.body,
        review=reviews_declared.review,
        review_evidence=reviews_declared.with_evidence,
        approved=reviews_declared.approved,
        rejected=reviews_declared.rejected,
        edited=reviews_declared.edited,
        threads=inbox_replies.page,
        thread=inbox_replies.conversation,
    )
    known = schemas.components(MOST_LEADS)
    request = cast("dict[str, object]", _inlined(known["GenerationRequest"], known))
    required = cast("list[str]", request["required"])
    request["required"] = [name for name in required if name not in FILLED]
    return Dialect(
        Reads(validator.parse, fields.parse, wishes.parse),
        shows,
        {"request": request, "order": fields.schema(), "wish": wishes.schema()},
    )


def _inlined(schema: object, known: dict[str, dict[str, object]]) -> object:
    """Return a schema with what it refers to in its place."""
    if isinstance(schema, list):
        return [_inlined(item, known) for item in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    told = cast("dict[str, object]", schema)
    if isinstance(ref := told.get("$ref"), str):
        return _inlined(known[ref.rpartition("/")[2]], known)
    return {name: _inlined(value, known) for name, value in told.items()}
