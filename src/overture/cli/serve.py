"""``overture serve``, ``api`` and ``work``: the long-running processes."""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import msgspec
import typer

try:
    import uvloop
except ImportError:  # not to be had on every platform
    uvloop = None

from overture.cli.supervisor import Supervisor
from overture.settings import Settings, load
from overture.telemetry import logs

T = TypeVar("T")

HOST = typer.Option(None, "--host", help="Address to listen on (OVERTURE_HOST, default 127.0.0.1).")
PORT = typer.Option(None, "--port", min=0, max=65_535, help="Port (OVERTURE_PORT, default 8080); 0 takes a free one.")
FD = typer.Option(None, "--fd", hidden=True)
LIFELINE = typer.Option(None, "--lifeline", hidden=True)
METRICS = typer.Option(None, "--metrics", hidden=True)


def run_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run a process's main coroutine on the fastest loop at hand."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if uvloop else None) as runner:
        return runner.run(main)


def announce(**fields: object) -> None:
    """Print one JSON line for whoever started us."""
    sys.stdout.write(msgspec.json.encode({"event": "ready", **fields}).decode() + "\n")
    sys.stdout.flush()


def spare_collector() -> None:
    """Let the garbage collector leave alone what lives as long as the process, and look less often at the rest.

    A request makes thousands of small objects that die by reference count; the default thresholds walk them all.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def listen(host: str, port: int) -> socket.socket:
    """Bind a listening socket; children inherit it, so it outlives any of them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        raise typer.BadParameter(f"cannot listen on {host}:{port}: {error.strerror}") from error
    sock.listen(2048)
    return sock


def url_of(sock: socket.socket, settings: Settings) -> str:
    """Return where the service is reached."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host, port = sock.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def stop_on_signal(stop: asyncio.Event, lifeline: int | None) -> None:
    """Set ``stop`` on SIGTERM, on SIGINT, and when the process that started us is gone."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if lifeline is not None:
        loop.add_reader(lifeline, stop.set)


def serve(
    host: str | None = HOST,
    port: int | None = PORT,
    workers: int | None = typer.Option(
        None, "--workers", min=0, max=64, help="Worker processes (OVERTURE_WORKERS, 1)."
    ),
) -> None:
    """Run API and workers together; prints one JSON line when it accepts requests."""
    settings = load()
    logs.set_up(settings.log_level)
    sock = listen(host or settings.host, settings.port if port is None else port)
    count = settings.workers if workers is None else workers

    run_loop(Supervisor(sock, count, on_ready=lambda: announce(url=url_of(sock, settings))).run())


def api(
    host: str | None = HOST,
    port: int | None = PORT,
    fd: int | None = FD,
    lifeline: int | None = LIFELINE,
    metrics: str | None = METRICS,
) -> None:
    """Run the API alone."""
    # Each command loads what it runs, and no more: `serve` starts these as processes of their own.
    from overture.api.app import create_app  # noqa: PLC0415
    from overture.api.options import EdgeOptions  # noqa: PLC0415
    from overture.api.server import serve as serve_http  # noqa: PLC0415
    from overture.bootstrap import database_url, open_services  # noqa: PLC0415
    from overture.console.app import Split  # noqa: PLC0415
    from overture.console.view import Settings as ConsoleSettings  # noqa: PLC0415
    from overture.telemetry.metrics import of_all_processes  # noqa: PLC0415

    settings = load()
    logs.set_up(settings.log_level)
    if fd is None:
        sock = listen(host or settings.host, settings.port if port is None else port)
    else:
        sock = socket.socket(fileno=fd)

    options = EdgeOptions(
        max_body_bytes=settings.max_body_bytes,
        max_depth=settings.max_depth,
        max_leads=settings.max_leads,
        max_in_flight=settings.max_connections,
        https_webhooks_only=settings.https_webhooks_only,
        linkup_compat=settings.linkup_status == "compat",
    )

    async def run() -> None:
        stop = asyncio.Event()
        stop_on_signal(stop, lifeline)
        async with database_url(settings) as url:
            app = create_app(
                lambda: open_services(settings, url),
                options,
                exposed=of_all_processes(metrics) if metrics else None,
            )
            app = Split(app, ConsoleSettings(settings.public_url or "", console_facts(settings)))

            def ready() -> None:
                spare_collector()
                announce(url=url_of(sock, settings))

            await serve_http(app, sock, stop=stop, on_ready=ready)

    run_loop(run())


def console_facts(settings: Settings) -> dict[str, str]:
    """Return what the console's settings page shows: nothing that is a secret."""
    return {
        "OVERTURE_DATABASE_URL": "an external server" if settings.database_url else "embedded",
        "OVERTURE_LINKEDIN_RAIL": settings.linkedin_rail,
        "OVERTURE_LLM_PROVIDER": settings.llm_provider or "none: the embedded composer writes",
        "OVERTURE_LLM_MODEL": settings.llm_model or "none",
        "OVERTURE_NOTE_LIMIT": str(settings.note_limit),
        "OVERTURE_MAX_LEADS": str(settings.max_leads),
        "OVERTURE_RESEARCH_TTL_HOURS": str(settings.research_ttl_hours),
        "OVERTURE_JOB_BOARDS": ", ".join(settings.job_boards),
        "OVERTURE_FIND_COMPANY": ", ".join(settings.find_company) or "none",
        "OVERTURE_HTTPS_WEBHOOKS_ONLY": str(settings.https_webhooks_only).lower(),
        "OVERTURE_WORKERS": str(settings.workers),
    }


def work(lifeline: int | None = LIFELINE) -> None:
    """Run a worker alone."""
    from overture.bootstrap import database_url, open_services, queue_url  # noqa: PLC0415
    from overture.worker.run import Load, Worker  # noqa: PLC0415

    settings = load()
    logs.set_up(settings.log_level)

    async def run() -> None:
        async with database_url(settings) as url, open_services(settings, url, working=True) as services:
            calls = settings.llm_concurrency if settings.llm_provider else 0
            load_ = Load(settings.fetch_concurrency, settings.deliver_concurrency, calls)
            worker = Worker(services, queue_url(settings, url), load_)
            stop_on_signal(worker.stop, lifeline)
            spare_collector()
            announce(pid=os.getpid())
            await worker.run()

    run_loop(run())
