"""``overture inbox``: what leads answered, and what to do about it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
import typer

from overture.api.native.campaigns import inbox_replies as replies
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.accounts import Caller
from overture.domain.campaigns.replies import ReplyClass
from overture.usecases import accounts
from overture.usecases.campaigns import threads
from overture.usecases.campaigns.threads import Conversation, Page, Render, Wanted
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

inbox = typer.Typer(help="What leads answered.", no_args_is_help=True)
THREAD_ID = typer.Argument(help="The thread's id, as `inbox list` prints it.", metavar="THREAD_ID")
_NO_KEY = Once(None, 200)
Body = dict[str, object]
Act = Callable[[Services, Caller, UUID], Awaitable[Answer]]


def _render(shown: Conversation) -> bytes:
    return msgspec.json.encode(replies.conversation(shown))


@inbox.command("list")
def list_(
    account_id: str = typer.Argument(help="The customer's account id.", metavar="ACCOUNT_ID"),
    kind: ReplyClass | None = typer.Option(None, "--class", help="Only those of this class."),
    campaign: str | None = typer.Option(None, "--campaign", help="Only those of this campaign."),
    unhandled: bool = typer.Option(False, "--unhandled", help="Only those that nobody has handled."),
    limit: int = typer.Option(100, "--limit", min=1, max=1000),
    json: bool = JSON,
) -> None:
    """List who answered, the newest first."""
    wanted = Wanted(kind, parse_id(campaign) if campaign else None, unhandled)

    async def work(services: Services) -> Page:
        caller = await accounts.acting_for(services, parse_id(account_id))
        return await threads.list_(services, caller, wanted, limit)

    page = run(work)
    if json:
        as_json(replies.page(page))
        return
    for entry in page.threads:
        done = "handled" if entry.handled_at else "open"
        text = " ".join(entry.text.split())[:60]
        stdout.print(
            f"{entry.id}  {entry.at:%Y-%m-%d %H:%M}  {entry.kind} ({done})  {entry.name}, {entry.company}: {text}",
            markup=False,
        )
    if not page.threads:
        stdout.print("nobody has answered")


@inbox.command("show")
def show(thread_id: str = THREAD_ID, json: bool = JSON) -> None:
    """Show what was said, and whom the answer holds."""

    async def work(services: Services) -> Conversation:
        chosen = parse_id(thread_id)
        return await threads.show(services, await threads.owner_of(services, chosen), chosen)

    _told(replies.conversation(run(work)), json=json)


@inbox.command("handle")
def handle(
    thread_id: str = THREAD_ID,
    undo: bool = typer.Option(False, "--undo", help="Note that it is not handled after all."),
    json: bool = JSON,
) -> None:
    """Note that a thread is handled."""
    _act(lambda s, c, thread: threads.handle(s, c, thread, _NO_KEY, _render, handled=not undo), thread_id, json=json)


@inbox.command("classify")
def classify(
    thread_id: str = THREAD_ID,
    kind: ReplyClass = typer.Argument(help="What it is.", metavar="CLASS"),
    json: bool = JSON,
) -> None:
    """Correct the class of an answer; opt_out leaves the person alone for good."""
    _act(lambda s, c, thread: threads.classify(s, c, thread, _NO_KEY, _render, kind), thread_id, json=json)


@inbox.command("suppress")
def suppress(thread_id: str = THREAD_ID, json: bool = JSON) -> None:
    """Leave the person alone for good, in every campaign. There is no way back."""
    _plain(threads.suppress, thread_id, json=json)


@inbox.command("resume-company")
def resume_company(thread_id: str = THREAD_ID, json: bool = JSON) -> None:
    """Let the colleagues go on whom the answer holds."""
    _plain(threads.resume_company, thread_id, json=json)


def _plain(
    act: Callable[[Services, Caller, UUID, Once, Render], Awaitable[Answer]], thread_id: str, *, json: bool
) -> None:
    _act(lambda s, c, thread: act(s, c, thread, _NO_KEY, _render), thread_id, json=json)


def _act(act: Act, thread_id: str, *, json: bool) -> None:
    async def work(services: Services) -> Answer:
        chosen = parse_id(thread_id)
        return await act(services, await threads.owner_of(services, chosen), chosen)

    _told(msgspec.json.decode(run(work).body, type=Body), json=json)


def _told(shown: Body, *, json: bool) -> None:
    if json:
        as_json(shown)
        return
    lead = msgspec.convert(shown["lead"], Body)
    stdout.print(
        f"{lead['name']}, {lead['company']}: {lead['state']} {lead['reason']}  {shown['class']}: {shown['class_why']}",
        markup=False,
    )
    for said in msgspec.convert(shown["messages"], list[Body]):
        who = "they" if said["inbound"] else "we"
        stdout.print(f"  {said['at']}  {who}: {said['text']}", markup=False)
    held = msgspec.convert(shown["holds"], list[str])
    if held:
        stdout.print(f"  {len(held)} of the company are held by this; let them go on with `inbox resume-company`")
