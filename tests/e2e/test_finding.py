"""Real processes and leads without websites: the contract's quick start names none."""

import functools
import http.server
import json
import subprocess
from collections.abc import Iterator
from importlib import resources

import pytest

from tests.e2e.conftest import PYTHON, Overture, Quiet, Receiver, demo_body, served

pytestmark = pytest.mark.process
TYPES = ("connection_request", "first_follow_up", "hiring_activity")


@pytest.fixture
def folder() -> Iterator[str]:
    """A server with one site: below the name of its company, as a likely domain would be."""
    with resources.as_file(resources.files("overture.cli").joinpath("sites")) as root:

        class Handler(Quiet):
            def translate_path(self, path: str) -> str:
                return super().translate_path(path.replace("/harbourlightfreight/", "/harbourlight/", 1))

        with served(functools.partial(Handler, directory=str(root))) as url:
            yield url


class Wikidata(http.server.BaseHTTPRequestHandler):
    """Knows one company, under its name."""

    website = ""
    asked: list[dict[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append({"path": self.path, "agent": self.headers["User-Agent"]})
        site = [{"mainsnak": {"datavalue": {"value": self.website}}, "rank": "normal"}]
        hits = {"search": [{"id": "Q7", "label": "Millbrook Looms"}] if "Millbrook" in self.path.title() else []}
        body = hits if "wbsearchentities" in self.path else {"entities": {"Q7": {"claims": {"P856": site}}}}
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def without_websites(sites: dict[str, str], hook: str) -> dict[str, object]:
    made = demo_body(sites, hook, TYPES)
    for lead in made["lead_data"]:
        lead["lead_company_website_url"] = None
    return made


def test_the_quick_start_without_websites(
    overture: Overture, receiver: Receiver, sites: dict[str, str], folder: str
) -> None:
    """One company is found by Wikidata, the other by a likely domain; both leads are written to, with evidence."""
    Wikidata.website = f"{sites['millbrook']}/"
    with served(Wikidata) as wikidata:
        overture.start("api")
        overture.start(
            "work",
            find_company="search,wikidata,domains",
            wikidata_url=f"{wikidata}/w/api.php",
            likely_domains=f"{folder}/{{name}}/",
            contact="https://example.com/bot",
        )
        request_id = overture.submit(without_websites(sites, receiver.url))
        view = overture.complete(request_id)
    first, second = view["campaign"]["leads_data"]
    assert first["outreach_message"]
    assert second["outreach_message"]
    details = {m["company"]: m["detail"] for m in overture.command("request", "show", request_id) if m["text"]}
    assert f"{folder}/harbourlightfreight/ was found by domains" in details["Harbourlight Freight"]
    assert f"{sites['millbrook']}/ was found by wikidata (official website of Q7)" in details["Millbrook Looms"]
    assert {entry["agent"].partition("/")[0] for entry in Wikidata.asked} == {"OvertureBot"}
    assert "https://example.com/bot" in Wikidata.asked[0]["agent"]
    overture.sound()


def test_a_search_engine_with_a_key_that_no_log_shows(
    overture: Overture, receiver: Receiver, sites: dict[str, str]
) -> None:
    seen: list[str] = []

    class Engine(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("X-Subscription-Token", ""))
            self.send_response(401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with served(Engine) as engine:
        overture.start("api")
        overture.start(
            "work",
            find_company="search",
            search_kind="brave",
            search_url=f"{engine}/search",
            search_key="sk-very-secret",
        )
        request_id = overture.submit(without_websites(sites, receiver.url))
        view = overture.complete(request_id)
    assert "sk-very-secret" in seen
    assert view["metadata"]["generated_message_count"] == 0
    assert "Relevant research information not found" in view["metadata"]["failed_messages_reason"]
    assert all("no_job_posts" not in lead for lead in view["campaign"]["leads_data"])
    shown = json.dumps(overture.command("request", "show", request_id))
    assert "search: could not be asked (answered 401)" in shown
    logs = "".join(process.log.read_text() for process in overture.processes)
    assert "source.settled" in logs
    assert "sk-very-secret" not in logs + shown
    overture.sound()


def test_generate_without_a_site(overture: Overture, sites: dict[str, str], folder: str) -> None:
    arguments = ["--first-name", "Jane", "--company", "Harbourlight Freight", "--type", "connection_request"]
    arguments += ["--proposition-name", "Ledgerly", "--proposition", f"{sites['ledgerly']}/", "--json"]
    found = subprocess.run(
        [PYTHON, "-m", "overture", "generate", *arguments],
        env=overture.environment
        | {"OVERTURE_FIND_COMPANY": "domains", "OVERTURE_LIKELY_DOMAINS": f"{folder}/{{name}}/"},
        capture_output=True,
        timeout=60,
    )
    shown = json.loads(found.stdout)
    assert shown["drafts"][0]["text"]
    assert "was found by domains" in shown["found"]
    assert shown["candidates"][0]["confidence"] == 95
    lost = subprocess.run(
        [PYTHON, "-m", "overture", "generate", *arguments], env=overture.environment, capture_output=True, timeout=60
    )
    assert lost.returncode == 1
    (draft,) = json.loads(lost.stdout)["drafts"]
    assert draft["reason"] == "Relevant research information not found"
    assert "no way to find one is switched on" in draft["detail"]
