"""Campaigns: listed, ordered, started and stopped; where leads stand, what came of it, each lead's own way."""

from collections.abc import Awaitable, Callable
from datetime import time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from starlette.responses import Response

from overture.console import paging
from overture.console.campaign_charts import days, funnel
from overture.console.view import Page, Taken, View
from overture.domain.accounts import Caller
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Approval, Definition, NotePolicy, OnFailure
from overture.domain.campaigns.states import CampaignState, LeadState
from overture.domain.console import Role
from overture.domain.errors import Invalid, NotEnoughCredits, NotFound
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.messages import Tone
from overture.domain.sequences import all_sequences
from overture.usecases import auditlog
from overture.usecases.campaigns import handling, lifecycle, ordering, reporting
from overture.usecases.campaigns.ordering import CampaignView, Order
from overture.usecases.idempotency import Answer, Once
from overture.usecases.linkedin import accounts
from overture.usecases.services import Services

HERE = "/console/campaigns/"
LINES = 50
_ONCE = Once(None, 200)
_Choice = TypeVar("_Choice", bound=StrEnum)
FIELDS = (
    "name",
    "customer_id",
    "proposition_company_name",
    "proposition_company_url",
    "preset",
    "tone",
    "signoff_name",
    "material_link",
    "hiring_location",
    "approval",
    "notes",
    "on_failure",
    "zone",
    "begins",
    "ends",
)


async def index(view: View) -> Response:
    """List campaigns."""
    state = next((one for one in CampaignState if one == view.query("state")), None)
    after = paging.parse(view.query("after"))
    found = await ordering.list_own(view.services, await view.caller(), state, None, after, LINES)
    following = paging.show(found.following)
    return view.page("campaigns.html", found=found.campaigns, following=following, state=state, states=CampaignState)


async def _form(view: View, given: dict[str, str], senders: list[str], problems: list[str]) -> Response:
    known = await accounts.list_accounts(view.services, view.account_id)
    return view.page(
        "campaign_new.html",
        422 if problems else 200,
        given=given,
        senders=senders,
        known=known,
        problems=problems,
        presets=list(all_sequences()),
        tones=list(Tone),
        approvals=list(Approval),
        policies=list(NotePolicy),
        failures=list(OnFailure),
    )


async def new(view: View) -> Response:
    """Show the form of an order."""
    given = dict.fromkeys(FIELDS, "") | {
        "preset": "medium_meeting_normal_true",
        "zone": "Europe/Berlin",
        "begins": "09:00",
        "ends": "18:00",
    }
    return await _form(view, given, [], [])


async def create(view: View) -> Response:
    """Keep an order as a draft; mistakes lead back to the filled form."""
    given = {name: view.field(name) for name in FIELDS}
    senders = [str(one) for one in view.form.getlist("sender")]
    done: Taken[CampaignView] = Taken()
    try:
        order = Order(given["name"], _definition(given, senders), given["customer_id"])
        await ordering.create(view.services, await view.caller(), order, Once(None, 201), done)
    except Invalid as error:
        return await _form(view, given, senders, error.messages)
    await auditlog.record(view.services, view.actor, "campaign.create", str(done.value.id), order.name)
    return view.go(f"{HERE}{done.value.id}", "added")


def _definition(given: dict[str, str], senders: list[str]) -> Definition:
    problems = [] if given["name"] else ["A name is needed."]
    problems += [] if senders else ["Choose at least one LinkedIn account to send by."]
    for name, label in (("proposition_company_name", "Your company"), ("proposition_company_url", "Its website")):
        if not given[name]:
            problems.append(f"{label} is missing.")
    problems += [
        f"{name} must be a valid HTTP or HTTPS URL."
        for name in ("proposition_company_url", "material_link")
        if given[name] and not given[name].startswith(("http://", "https://"))
    ]
    steps = limits.preset(given["preset"])
    if steps is None:
        problems.append("There is no such sequence.")
    try:
        chosen = tuple(UUID(one) for one in senders)
        hours = WorkingHours(
            given["zone"], time.fromisoformat(given["begins"]), time.fromisoformat(given["ends"]), frozenset(range(5))
        )
    except ValueError:
        raise Invalid([*problems, "Working hours are two times, as 09:00 and 18:00."]) from None
    if problems:
        raise Invalid(problems)
    return Definition(
        proposition_company_name=given["proposition_company_name"],
        proposition_company_url=given["proposition_company_url"],
        steps=steps or (),
        senders=chosen,
        preset=given["preset"],
        tone=_one(Tone, given["tone"]),
        signoff_name=given["signoff_name"] or None,
        material_link=given["material_link"] or None,
        hiring_location=given["hiring_location"].upper() or None,
        approval=_one(Approval, given["approval"]),
        notes=_one(NotePolicy, given["notes"]),
        on_failure=_one(OnFailure, given["on_failure"]),
        hours=hours,
    )


def _one(kind: type[_Choice], text: str) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        raise Invalid([f"{text!r} is not one of: {', '.join(kind)}"]) from None


async def show(view: View) -> Response:
    """Show one: what it needs, how far its leads came, why they stopped, budgets by day."""
    caller = await view.caller()
    found = await ordering.show(view.services, caller, view.path_id())
    report = await reporting.report(view.services, found.id, caller, whole=False)
    return view.page(
        "campaign.html",
        found=found,
        report=report,
        funnel=funnel(report),
        days=days(report),
        span=limits.span,
        states=LeadState,
    )


async def report(view: View) -> Response:
    """Give the whole report as one page that can be kept or printed."""
    made = await reporting.report(view.services, view.path_id(), await view.caller())
    headers = {"content-disposition": 'attachment; filename="report.html"'}
    return Response(reporting.page(made), media_type="text/html; charset=utf-8", headers=headers)


async def leads(view: View) -> Response:
    """List leads with their places."""
    caller, campaign_id = await view.caller(), view.path_id()
    state = next((one for one in LeadState if one == view.query("state")), None)
    text = view.query("after")
    after = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    found = await ordering.show(view.services, caller, campaign_id)
    page = await handling.list_(view.services, caller, campaign_id, state, after, LINES)
    return view.page("campaign_leads.html", found=found, page=page, state=state, states=LeadState)


_Change = Callable[[Services, Caller, UUID, Once, Callable[[CampaignView], bytes]], Awaitable[Answer]]
_CHANGES: dict[str, tuple[_Change, str]] = {
    "start": (lifecycle.start, "started"),
    "pause": (lifecycle.pause, "paused"),
    "resume": (lifecycle.resume, "resumed"),
    "stop": (lifecycle.stop, "stopped"),
    "archive": (lifecycle.archive, "archived"),
}


async def change(view: View) -> Response:
    """Start, pause, resume, stop or archive a campaign."""
    campaign_id, verb = view.path_id(), str(view.request.path_params["verb"])
    if verb not in _CHANGES:
        raise NotFound("no such page")
    run, said = _CHANGES[verb]
    try:
        await run(view.services, await view.caller(), campaign_id, _ONCE, lambda _: b"")
    except NotEnoughCredits:
        raise Invalid(["No credits are left to write messages with."]) from None
    await auditlog.record(view.services, view.actor, f"campaign.{verb}", str(campaign_id))
    return view.go(f"{HERE}{campaign_id}", said)


async def change_lead(view: View) -> Response:
    """Hold a lead, let it go on, or stop it."""
    verb, lead_id = str(view.request.path_params["verb"]), view.path_id()
    run = {"hold": handling.hold, "resume": handling.resume, "stop": handling.stop}.get(verb)
    if run is None:
        raise NotFound("no such page")
    done: Taken[handling.LeadView] = Taken()
    await run(view.services, await view.caller(), lead_id, _ONCE, done)
    await auditlog.record(view.services, view.actor, f"lead.{verb}", str(lead_id))
    return view.go(f"{HERE}{done.value.campaign_id}/leads", "done")


PAGES = (
    Page("/campaigns/", index),
    Page("/campaigns/new", new, Role.OWNER),
    Page("/campaigns/create", create, Role.OWNER, ("POST",)),
    Page("/campaigns/{id}", show),
    Page("/campaigns/{id}/leads", leads),
    Page("/campaigns/{id}/report", report),
    Page("/campaigns/{id}/{verb}", change, Role.OWNER, ("POST",)),
    Page("/leads/{id}/{verb}", change_lead, Role.OWNER, ("POST",)),
)
