"""A language model in real processes: a killed worker loses nothing; commands use it; without one nothing is loaded."""

import json
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from importlib import resources
from pathlib import Path

import pytest

from overture.bootstrap.llm import open_model
from overture.domain.errors import Misconfigured
from overture.settings import BadSetting, load
from tests.e2e.conftest import PYTHON, Overture, Receiver, demo_body
from tests.llm.servers import Call, host, openai, send
from tests.usecases.test_llm import copies

pytestmark = pytest.mark.process


def settings(url: str) -> dict[str, str]:
    return {
        "llm_provider": "openai-compatible",
        "llm_model": "m",
        "llm_base_url": f"{url}/v1",
        "llm_api_key": "k-1234567890",
        "llm_retries": "0",
    }


def test_a_worker_killed_in_a_call_loses_nothing_and_pays_no_credit_twice(
    overture: Overture, receiver: Receiver, sites: dict[str, str]
) -> None:
    arrived = threading.Event()

    def script(handler: BaseHTTPRequestHandler, number: int, call: Call) -> None:
        if number == 0:
            arrived.set()
            handler.rfile.read(1)  # until the caller is gone
        else:
            copies()(handler, number, call)

    with host(script) as server:
        overture.start("api", **settings(server.url))
        first = overture.start("work", **settings(server.url))
        request_id = overture.submit(demo_body(sites, receiver.url, ("connection_request",)))
        assert arrived.wait(30)
        first.popen.send_signal(signal.SIGKILL)
        first.wait_dead()
        overture.start("work", **settings(server.url))
        view = overture.complete(request_id, 60)
    assert view["metadata"]["generated_message_count"] == 2
    _, credits = overture.call("/api/v2/account/check_credits")
    assert credits == {"message_allowance": 100, "credits_used": 2, "remaining_credits": 98}
    overture.sound()
    logs = "".join(process.log.read_text() for process in overture.processes)
    assert "k-1234567890" not in logs


def test_the_doctor_asks_the_model(overture: Overture) -> None:
    with host(lambda handler, number, call: copies()(handler, number, call) if number else _answer(handler)) as server:
        overture.environment |= {f"OVERTURE_{k.upper()}": v for k, v in settings(server.url).items()}
        found = overture.command("doctor")
    (check,) = [check for check in found["checks"] if check["name"] == "language model"]
    assert check["ok"], check
    assert "openai-compatible:m answers with JSON" in check["detail"]
    (check,) = [check for check in overture.command("doctor")["checks"] if check["name"] == "language model"]
    assert (check["ok"], check["detail"]) == (False, "the host cannot be reached")


def _answer(handler: BaseHTTPRequestHandler) -> None:
    send(handler, openai('{"answer": "yes"}'))


def test_generate_writes_with_the_model_and_says_what_it_took(tmp_path: Path) -> None:
    root = Path(str(resources.files("overture.cli").joinpath("sites")))
    arguments = ["--first-name", "Ada", "--company", "Harbourlight Freight", "--proposition-name", "Ledgerly"]
    arguments += ["--site", str(root / "harbourlight" / "index.html"), "--type", "connection_request"]
    arguments += ["--proposition", str(root / "ledgerly" / "index.html"), "--signoff", "Charlie"]
    with host(copies()) as server:
        environment = {"OVERTURE_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
        environment |= {f"OVERTURE_{k.upper()}": v for k, v in settings(server.url).items()}

        def run(*more: str) -> str:
            command = [PYTHON, "-m", "overture", "generate", *arguments, *more]
            done = subprocess.run(command, env=environment, capture_output=True, timeout=60, text=True)
            assert done.returncode == 0, done.stderr
            return done.stdout

        shown = run("--llm")
        (made,) = json.loads(run("--json"))["authorship"]
        without = json.loads(run("--no-llm", "--json"))["authorship"]
    assert "connection_request: by llm, 1 calls" in shown
    assert "5000 tokens read (4000 cached), 200 written, cost not known" in shown
    assert (made["composer"], made["attempts"], made["usage"]["cached_tokens"]) == ("llm", 1, 4000)
    assert without == []
    assert len(server.calls) == 2


def test_a_process_without_a_model_loads_none_of_it() -> None:
    """Everything that serve, api and work import, and what they open with the default settings."""
    script = (
        "import asyncio, sys\n"
        "import overture.cli.processes, overture.api.app, overture.worker.run, overture.bootstrap.outside as outside\n"
        "from overture.settings import load\n"
        "async def main():\n"
        "    async with outside.open_outside(load({})) as opened:\n"
        "        assert opened.writer is None\n"
        "asyncio.run(main())\n"
        "heavy = ('pydantic_ai', 'openai', 'anthropic', 'google', 'genai_prices', 'opentelemetry')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"LLM_MODEL": "m"}, "OVERTURE_LLM_PROVIDER"),
        ({"LLM_PROVIDER": "acme", "LLM_MODEL": "m"}, "OVERTURE_LLM_PROVIDER"),
        ({"LLM_PROVIDER": "openai", "LLM_API_KEY": "k"}, "OVERTURE_LLM_MODEL"),
        ({"LLM_PROVIDER": "openai", "LLM_MODEL": "m"}, "OVERTURE_LLM_API_KEY"),
        ({"LLM_PROVIDER": "openai-compatible", "LLM_MODEL": "m"}, "OVERTURE_LLM_BASE_URL"),
        (
            {"LLM_PROVIDER": "openai-compatible", "LLM_MODEL": "m", "LLM_BASE_URL": "file:///etc/passwd"},
            "OVERTURE_LLM_BASE_URL",
        ),
        ({"LLM_PRICE": "free"}, "OVERTURE_LLM_PRICE"),
        ({"LLM_ACCOUNT_COST": "-1"}, "OVERTURE_LLM_ACCOUNT_COST"),
    ],
)
def test_half_a_model_stops_the_start(changed: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named):
        load({f"OVERTURE_{key}": value for key, value in changed.items()})


async def test_a_ceiling_in_dollars_needs_a_price() -> None:
    chosen = {f"OVERTURE_{k.upper()}": v for k, v in settings("http://127.0.0.1:9").items()}
    with pytest.raises(Misconfigured, match="OVERTURE_LLM_PRICE"):
        async with open_model(load(chosen | {"OVERTURE_LLM_ACCOUNT_COST": "5"})):
            pass
    async with open_model(load(chosen | {"OVERTURE_LLM_ACCOUNT_COST": "5", "OVERTURE_LLM_PRICE": "1,2"})) as model:
        assert model.priced
