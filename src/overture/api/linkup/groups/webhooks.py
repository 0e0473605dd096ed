"""Monitors of accounts (linkup.md, 2.10): the resource itself is the body, no ``status`` around it."""

from dataclasses import replace

from overture.api.linkup.endpoint import COUNTRY, Call, Endpoint, Reply, Shape, Wrapper, free
from overture.api.linkup.fields import Field, Kind
from overture.api.linkup.groups.auth import country_of
from overture.api.linkup.shapes import iso
from overture.domain.errors import Invalid
from overture.domain.linkedin.monitors import Changes, Monitor
from overture.usecases.linkedin import monitors

PLATFORM = Field(
    "plateforme",
    Kind.TEXT,
    "The platform: LinkedIn is the one there is.",
    "linkedin",
    default="linkedin",
    choices=("linkedin", "whatsapp"),
)
NAME = Field("account_name", Kind.TEXT, "A name for people.", "Ada's account")
URL = Field("webhook_url", Kind.URL, "Where events go.", "https://app.example.com/hooks", required=True)
TOKEN = Field("login_token", Kind.TEXT, "The session to watch.", "AQEDexample", required=True)


def _account(monitor: Monitor, token: str) -> Shape:
    return {
        "id": monitor.id,
        "plateforme": "linkedin",
        "account_name": monitor.name,
        "webhook_url": monitor.webhook_url,
        "login_token": token,
        "country": monitor.country,
        "is_active": monitor.active,
        "created_at": iso(monitor.created_at),
        "updated_at": iso(monitor.updated_at),
    }


async def _create(call: Call) -> Reply:
    params = call.params
    if params.text("plateforme") == "whatsapp":
        raise Invalid(["Parameter plateforme must be linkedin: WhatsApp is not available here"])
    token = params.text("login_token")
    made = await monitors.create(
        call.services,
        call.caller,
        token,
        params.text("webhook_url"),
        name=params.text("account_name") or None,
        country=country_of(params.text("country")),
    )
    return Reply(_account(made, token), 0)


async def _list(call: Call) -> Reply:
    found = await monitors.list_monitors(call.services, call.caller)
    return Reply({"accounts": [_account(*item) for item in found], "total": len(found)}, 0)


async def _update(call: Call) -> Reply:
    params = call.params
    given = params.values.get("country")
    changes = Changes(
        name=params.text("account_name") or None,
        webhook_url=params.text("webhook_url") or None,
        country=country_of(str(given)) if given else None,
    )
    token = params.text("login_token") or None
    changed = await monitors.change(call.services, call.caller, call.path_id, changes, token=token)
    return Reply(_account(*await monitors.with_token(call.services, changed)), 0)


async def _delete(call: Call) -> Reply:
    await monitors.delete(call.services, call.caller, call.path_id)
    return Reply({"account_id": call.path_id, "message": "The account is not monitored any more."}, 0)


async def _start(call: Call) -> Reply:
    await monitors.start(call.services, call.caller, call.path_id)
    return Reply({"account_id": call.path_id, "is_active": True, "message": "Monitoring has started."}, 0)


async def _stop(call: Call) -> Reply:
    await monitors.stop(call.services, call.caller, call.path_id)
    return Reply({"account_id": call.path_id, "is_active": False, "message": "Monitoring has stopped."}, 0)


_EXAMPLE = {
    "id": "65f0a1b2c3d4e5f601234567",
    "plateforme": "linkedin",
    "account_name": "Ada's account",
    "webhook_url": "https://app.example.com/hooks",
    "login_token": "AQEDexample",
    "country": "FR",
    "is_active": False,
    "created_at": "2026-11-25T09:00:00.000Z",
    "updated_at": "2026-11-25T09:00:00.000Z",
}
_ID = _EXAMPLE["id"]
_PATH = "/v1/webhooks/accounts"


def _optional(spec: Field) -> Field:
    return Field(spec.name, spec.kind, spec.description, spec.example)


def _bare(endpoint: Endpoint) -> Endpoint:
    """The group's own ways: no session of its own, no credits but those of the monitoring, no wrapper."""
    return replace(endpoint, session=False, most=free, wrapper=Wrapper.BARE)


ENDPOINTS = tuple(
    _bare(endpoint)
    for endpoint in (
        Endpoint(
            "52",
            "POST",
            _PATH,
            "webhooks",
            "Watch an account",
            "D",
            _create,
            fields=(TOKEN, URL, NAME, PLATFORM, COUNTRY),
            answer="The account. It is not watched before it is started.",
            example=_EXAMPLE,
        ),
        Endpoint(
            "53",
            "GET",
            _PATH,
            "webhooks",
            "Watched accounts",
            "D",
            _list,
            body=False,
            answer="`accounts` and `total`.",
            example={"accounts": [_EXAMPLE], "total": 1},
        ),
        Endpoint(
            "54",
            "PUT",
            f"{_PATH}/{{id}}",
            "webhooks",
            "Change a watched account",
            "C",
            _update,
            fields=(_optional(TOKEN), _optional(URL), NAME, _optional(COUNTRY)),
            answer="The account.",
            example=_EXAMPLE,
        ),
        Endpoint(
            "55",
            "DELETE",
            f"{_PATH}/{{id}}",
            "webhooks",
            "Forget a watched account",
            "D by mention",
            _delete,
            body=False,
            answer="`account_id` and `message`.",
            example={"account_id": _ID, "message": "The account is not monitored any more."},
        ),
        Endpoint(
            "56",
            "POST",
            f"{_PATH}/{{id}}/start",
            "webhooks",
            "Start watching",
            "D",
            _start,
            body=False,
            answer="One credit pays for 144 minutes, ten for a day.",
            example={"account_id": _ID, "is_active": True, "message": "Monitoring has started."},
        ),
        Endpoint(
            "57",
            "POST",
            f"{_PATH}/{{id}}/stop",
            "webhooks",
            "Stop watching",
            "D",
            _stop,
            body=False,
            answer="What is paid is not given back.",
            example={"account_id": _ID, "is_active": False, "message": "Monitoring has stopped."},
        ),
    )
)
