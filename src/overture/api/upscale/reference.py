"""What the documentation says of the dialect beyond its operations: field tables and the webhook."""

from overture.api.openapi import Webhook
from overture.api.pages import Row, Table
from overture.api.upscale import examples
from overture.api.upscale.declaration import (
    CHOICES,
    LEAD_FIELDS,
    MAX_STEP_NUMBER,
    MAX_STEPS,
    REQUEST_FIELDS,
    STEP_FIELDS,
    Field,
    Kind,
)
from overture.api.upscale.schemas import describe

_TYPES = {
    Kind.TEXT: "text",
    Kind.URL: "http or https URL",
    Kind.COUNTRY: "country code",
    Kind.TONE: "text",
    Kind.TYPE: "text",
    Kind.NUMBER: f"whole number up to {MAX_STEP_NUMBER}",
    Kind.STEPS: f"array of 1 to {MAX_STEPS} steps",
}

WEBHOOK = Webhook(
    name="completion",
    summary="A request is complete",
    description=(
        "Sent to the request's `completion_notification_url` once its last message is done, if the account has "
        "a webhook secret. It carries no messages: read them with the request's id. It may arrive more than "
        "once; `webhook_triggered_at` stays the same."
    ),
    schema="Completion",
    example=examples.completion(),
    headers={
        "X-Upscale-Signature": "`sha256=` and the hex HMAC-SHA256 of the raw body. The key is the secret as shown.",
        "X-Webhook-Triggered-At": "The body's `webhook_triggered_at`.",
        "webhook-id": "Standard Webhooks: the same at every attempt.",
        "webhook-timestamp": "Standard Webhooks: seconds since 1970 of this attempt.",
        "webhook-signature": "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`.",
    },
)


def _row(field: Field, max_leads: int) -> Row:
    kind = f"array of 1 to {max_leads} leads" if field.kind is Kind.LEADS else _TYPES[field.kind]
    if field.kind is Kind.TEXT and field.limit:
        kind = f"text of at most {field.limit} characters"
    description = describe(field)
    if field.kind in CHOICES:
        description += f" One of {', '.join(f'`{choice}`' for choice in CHOICES[field.kind])}."
    return Row(field.name, kind, "required" if field.required else "optional", description)


def tables(max_leads: int) -> tuple[Table, ...]:
    """The fields of the request and of its parts."""
    parts = (("The request", REQUEST_FIELDS), ("A step of message_sequence", STEP_FIELDS), ("A lead", LEAD_FIELDS))
    return tuple(Table(title, tuple(_row(field, max_leads) for field in fields)) for title, fields in parts)
