"""``overture demo``: the quick start from request to verified webhook, then a rehearsed campaign; on loopback.

All companies are fictional.
"""

import functools
import hmac
import json
import queue
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import Any

import typer

from overture.cli import demo_campaign
from overture.cli.demonstration import Quiet, Receiver, command, environment, running, served
from overture.cli.failures import fail
from overture.cli.messages import print_text
from overture.cli.output import stdout
from overture.delivery.sign import compatible
from overture.domain.messages import Citation, Role, Segment

TYPES = ("connection_request", "first_follow_up", "stage_ambition", "share_material", "hiring_activity")
WAIT_SECONDS = 120


def _call(url: str, key: str, body: object = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"Api-Key": key, "Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.loads(answer.read())


def quick_start(hook: str, proposition: str, websites: tuple[str, str]) -> dict[str, object]:
    """The documentation's quick start: two leads, five types; here the leads have websites."""
    people = (
        ("lead_001", "Jane", "Doe", "Harbourlight Freight", "CFO"),
        ("lead_002", "Tom", "Reed", "Millbrook Looms", "Finance Director"),
    )
    return {
        "completion_notification_url": f"{hook}/webhook",
        "automation_tool_customer_id": "customer_123",
        "automation_tool_campaign_id": "campaign_456",
        "automation_tool_campaign_name": "Quick start",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": f"{proposition}/",
        "material_link_one": f"{proposition}/case.html",
        "hiring_location": "gb",
        "signoff_name": "Charlie",
        "message_sequence": [{"step": n, "messageType": kind} for n, kind in enumerate(TYPES, 1)],
        "lead_data": [
            {
                "automation_tool_lead_id": lead_id,
                "lead_linkedin": f"https://www.linkedin.com/in/{first.lower()}-{last.lower()}-example",
                "first_name": first,
                "last_name": last,
                "lead_company": company,
                "job_title": title,
                "lead_company_website_url": f"{website}/",
                "lead_specified_url": None,
            }
            for (lead_id, first, last, company, title), website in zip(people, websites, strict=True)
        ],
    }


def demo() -> None:
    """Run the quick start on loopback, print each message with its evidence, and rehearse a campaign of 50 leads."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="overture-demo-")))
        sites = stack.enter_context(resources.as_file(resources.files("overture.cli").joinpath("sites")))
        harbourlight, millbrook, ledgerly = (
            stack.enter_context(served(functools.partial(Quiet, directory=str(sites / name))))
            for name in ("harbourlight", "millbrook", "ledgerly")
        )
        hook = stack.enter_context(served(Receiver))
        environ = environment(root / "data")
        began = time.monotonic()
        stdout.print("Starting PostgreSQL, the API and a worker ...")
        url = stack.enter_context(running(environ, root / "server.log"))
        stdout.print(f"  {url}, after {time.monotonic() - began:.1f} s", markup=False)
        account = command(environ, "account", "create", "Demo", "--credits", "400")
        _run(url, account, quick_start(hook, ledgerly, (harbourlight, millbrook)), environ)
        demo_campaign.rehearse(root, sites, environ, account["account_id"], ledgerly)


def _run(url: str, account: Any, body: dict[str, object], environ: dict[str, str]) -> None:
    key = account["api_key"]
    began = time.monotonic()
    accepted = _call(f"{url}/api/v2/messages/request_message_generation", key, body)
    request_id = accepted["secure_request_id"]
    stdout.print(f"Sent the quick start: 2 leads, 5 message types. Request {request_id}", markup=False)
    try:
        headers, event = Receiver.received.get(timeout=WAIT_SECONDS)
    except queue.Empty:
        fail(f"no webhook arrived within {WAIT_SECONDS} s")
    expected = "sha256=" + compatible(account["webhook_secret"], event)
    if not hmac.compare_digest(headers.get("x-upscale-signature", ""), expected):
        fail("the webhook's signature does not verify")
    stdout.print(f"Webhook received and its signature verified after {time.monotonic() - began:.1f} s:", markup=False)
    stdout.print(f"  {event.decode()}", markup=False)
    view = _call(
        f"{url}/api/v2/messages/retrieve_messages?request_message_generation_secure_request_id={request_id}", key
    )
    _print(command(environ, "request", "show", str(request_id)))
    metadata = view["metadata"]
    stdout.print(
        f"\n{metadata['generated_message_count']} of {metadata['requested_message_count']} messages written, "
        f"{metadata['failed_messages_count']} not written: {metadata['failed_messages_reason'] or 'none'}",
        markup=False,
    )
    credits = _call(f"{url}/api/v2/account/check_credits", key)
    stdout.print(f"Credits: {json.dumps(credits)} (what was not written is free)", markup=False)
    if not metadata["generated_message_count"]:
        raise typer.Exit(1)


def _print(messages: Any) -> None:
    for message in messages:
        who = f"{message['first_name']} {message['last_name']}, {message['company']}"
        stdout.print(f"\n{message['type']} to {who}", style="bold", markup=False)
        segments = tuple(
            Segment(s["text"], Role(s["role"]), tuple(Citation(**c) for c in s["citations"]))
            for s in message["segments"]
        )
        print_text(message["text"], segments, f"{message['reason']}: {message['detail']}")
