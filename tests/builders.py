"""Readable test data."""

import hashlib
import json
from typing import Any

from overture.domain.messages import MessageType, Tone
from overture.domain.requests import GenerationRequest, Lead, Step

ALL_TYPES = tuple(MessageType)


def lead(number: int = 0, **changes: Any) -> Lead:
    fields: dict[str, Any] = {
        "lead_id": f"lead-{number}",
        "linkedin": f"https://www.linkedin.com/in/lead-{number}",
        "company": f"Company {number}",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "job_title": "CFO",
    }
    return Lead(**(fields | changes))


def request(
    leads: int | tuple[Lead, ...] = 1, types: tuple[MessageType, ...] = (MessageType.FIRST_FOLLOW_UP,), **changes: Any
) -> GenerationRequest:
    """A valid request; its digest follows its content, as the door's does."""
    chosen = leads if isinstance(leads, tuple) else tuple(lead(n) for n in range(leads))
    fields: dict[str, Any] = {
        "completion_notification_url": "http://127.0.0.1:9/hook",
        "customer_id": "customer-1",
        "campaign_id": "campaign-1",
        "campaign_name": "A campaign",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": "http://127.0.0.1:9/ledgerly",
        "sequence": tuple(Step(n, kind) for n, kind in enumerate(types, 1)),
        "leads": chosen,
        "tone": Tone.NORMAL,
    } | changes
    digest = hashlib.sha256(repr(sorted(fields.items())).encode()).digest()
    return GenerationRequest(digest=digest, **fields)


def body(leads: int = 1, types: tuple[str, ...] = ("first_follow_up",), **changes: Any) -> dict[str, Any]:
    """The wire's form of the same."""
    made: dict[str, Any] = {
        "completion_notification_url": "http://127.0.0.1:9/hook",
        "automation_tool_customer_id": "customer-1",
        "automation_tool_campaign_id": "campaign-1",
        "automation_tool_campaign_name": "A campaign",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": "http://127.0.0.1:9/ledgerly",
        "message_sequence": [{"step": n, "messageType": kind} for n, kind in enumerate(types, 1)],
        "material_link": "http://127.0.0.1:9/case",
        "hiring_location": "gb",
        "lead_data": [
            {
                "automation_tool_lead_id": f"lead-{n}",
                "lead_linkedin": f"https://www.linkedin.com/in/lead-{n}",
                "lead_company": f"Company {n}",
                "first_name": "Ada",
                "last_name": "Lovelace",
                "job_title": "CFO",
            }
            for n in range(leads)
        ],
    }
    return made | changes


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()
