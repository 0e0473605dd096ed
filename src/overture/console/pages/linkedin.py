"""LinkedIn accounts: state, budgets, signing in and challenges, hours; and the tasks of the member's own hand."""

from datetime import time

from starlette.datastructures import UploadFile
from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain.console import Role
from overture.domain.errors import Invalid, NotFound, RailFailed
from overture.domain.linkedin.accounts import COUNTRIES, Password, RailName
from overture.domain.linkedin.budgets import MemberPlan, WorkingHours
from overture.domain.linkedin.tasks import TaskState
from overture.usecases import auditlog
from overture.usecases.linkedin import accounts, budgets, signin, tasks
from overture.usecases.linkedin.accounts import LinkedInAccountView
from overture.usecases.linkedin.signin import Challenged

HERE = "/console/linkedin/"
MOST_BYTES = 20_000_000


async def _own(view: View) -> LinkedInAccountView:
    found = await accounts.show(view.services, view.path_id())
    if found.account_id != view.account_id:
        raise NotFound("no such LinkedIn account")
    return found


async def _index(view: View, problem: str = "", challenged: str = "", status: int = 200) -> Response:
    listed = await accounts.list_accounts(view.services, view.account_id)
    rows = [(one, await budgets.budgets(view.services, one.id)) for one in listed]
    rails = [RailName.SIMULATED, RailName.LINKUP]
    return view.page(
        "linkedin.html",
        status,
        rows=rows,
        problem=problem,
        challenged=challenged,
        countries=COUNTRIES,
        rails=rails,
        rail=view.services.policy.linkedin_rail,
    )


async def index(view: View) -> Response:
    """List accounts with their budgets."""
    return await _index(view)


async def sign_in(view: View) -> Response:
    """Sign in with a password, which is handed on and never kept."""
    country = view.field("country") if view.field("country") in COUNTRIES else "US"
    credentials = Password(view.field("email"), view.field("password"), country)
    rail = next((one for one in RailName if one == view.field("rail")), None)
    try:
        done = await signin.sign_in(view.services, await view.caller(), credentials, rail)
    except RailFailed as error:
        return await _index(view, problem=str(error), status=409)
    await auditlog.record(view.services, view.actor, "linkedin.sign_in", str(done.linkedin_id))
    if isinstance(done, Challenged):
        return await _index(view, challenged=done.email)
    return view.go(f"{HERE}{done.linkedin_id}", "done")


async def verify(view: View) -> Response:
    """Answer a challenge."""
    email = view.field("email")
    try:
        done = await signin.verify(view.services, await view.caller(), email, view.field("code"))
    except (RailFailed, NotFound) as error:
        return await _index(view, problem=str(error), challenged=email, status=409)
    await auditlog.record(view.services, view.actor, "linkedin.verify", str(done.linkedin_id))
    return view.go(f"{HERE}{done.linkedin_id}", "done")


async def by_hand(view: View) -> Response:
    """Add a member who acts by hand."""
    if not view.field("profile_url") or not view.field("name"):
        raise Invalid(["The profile's address and the name are needed."])
    done = await tasks.open_list(view.services, view.account_id, view.field("profile_url"), view.field("name"))
    await auditlog.record(view.services, view.actor, "linkedin.by_hand", str(done.linkedin_id))
    return view.go(f"{HERE}{done.linkedin_id}", "added")


async def show(view: View) -> Response:
    """Show one account: state, budgets, what it did."""
    account = await _own(view)
    return view.page(
        "linkedin_account.html",
        one=account,
        budgets=await budgets.budgets(view.services, account.id),
        actions=await accounts.list_actions(view.services, account.id, 30),
        plans=list(MemberPlan),
        hours=await budgets.working_hours(view.services, account.id),
        days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    )


async def resume(view: View) -> Response:
    """Let a restricted account act again, after a person has looked."""
    account = await _own(view)
    await accounts.resume(view.services, account.id)
    await auditlog.record(view.services, view.actor, "linkedin.resume", str(account.id))
    return view.go(f"{HERE}{account.id}", "resumed_account")


def _time(text: str, name: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Invalid([f"{name} must be a time, as 09:00."]) from None


async def choose(view: View) -> Response:
    """Set plan, ramp-up and working hours."""
    account = await _own(view)
    plan = next((one for one in MemberPlan if one == view.field("plan")), None)
    hours = None
    if view.field("zone"):
        days = frozenset(int(str(day)) for day in view.form.getlist("day") if str(day) in set("0123456"))
        begins, ends = _time(view.field("begins"), "The begin"), _time(view.field("ends"), "The end")
        hours = WorkingHours(view.field("zone"), begins, ends, days)
    wishes = budgets.Wishes(plan=plan, ramp=bool(view.field("ramp")), hours=hours)
    await budgets.choose(view.services, account.id, wishes)
    await auditlog.record(view.services, view.actor, "linkedin.choose", str(account.id), f"plan {plan}, hours {hours}")
    return view.go(f"{HERE}{account.id}", "saved")


async def list_tasks(view: View) -> Response:
    """Show what is to be done by hand, for all members who act by hand."""
    listed = await accounts.list_accounts(view.services, view.account_id)
    assisted = [one for one in listed if one.rail is RailName.ASSISTED]
    open_tasks = [(one, await tasks.list_tasks(view.services, one.id)) for one in assisted]
    return view.page("tasks.html", lists=open_tasks, count=sum(len(found) for _, found in open_tasks))


async def end_task(view: View) -> Response:
    """Say what became of a task."""
    account = await _own(view)
    state = next((one for one in TaskState if one == view.field("state") and one is not TaskState.OPEN), None)
    if state is None:
        raise Invalid(["Say whether it is done, skipped or failed."])
    await tasks.end_task(view.services, account.id, view.path_id("task"), state, view.field("note"))
    await auditlog.record(view.services, view.actor, "task.end", str(view.path_id("task")), state)
    return view.go("/console/tasks/", "done")


async def note_reply(view: View) -> Response:
    """Note that somebody replied."""
    account = await _own(view)
    if not view.field("profile_url"):
        raise Invalid(["The profile's address is needed."])
    await tasks.note_reply(view.services, account.id, view.field("profile_url"), view.field("text"))
    return view.go("/console/tasks/", "saved")


async def import_connections(view: View) -> Response:
    """Read LinkedIn's own export of connections."""
    account = await _own(view)
    file = view.form.get("file")
    if not isinstance(file, UploadFile) or not file.size or file.size > MOST_BYTES:
        raise Invalid(["Choose the file Connections.csv, at most 20 MB."])
    found = await tasks.import_connections(view.services, account.id, await file.read())
    await auditlog.record(view.services, view.actor, "task.import", str(account.id), f"{found.new} of {found.rows} new")
    return view.go("/console/tasks/", "added")


PAGES = (
    Page("/linkedin/", index),
    Page("/linkedin/sign-in", sign_in, Role.OWNER, ("POST",)),
    Page("/linkedin/verify", verify, Role.OWNER, ("POST",)),
    Page("/linkedin/by-hand", by_hand, Role.OWNER, ("POST",)),
    Page("/linkedin/{id}", show),
    Page("/linkedin/{id}/resume", resume, Role.OWNER, ("POST",)),
    Page("/linkedin/{id}/choose", choose, Role.OWNER, ("POST",)),
    Page("/tasks/", list_tasks),
    Page("/tasks/{id}/reply", note_reply, Role.REVIEWER, ("POST",)),
    Page("/tasks/{id}/import", import_connections, Role.REVIEWER, ("POST",)),
    Page("/tasks/{id}/{task}", end_task, Role.REVIEWER, ("POST",)),
)
