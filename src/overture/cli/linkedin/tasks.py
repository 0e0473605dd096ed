"""``overture linkedin tasks``: the assisted rail, where a person does what is ready."""

from pathlib import Path

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.linkedin.tasks import TaskState
from overture.usecases.linkedin import tasks as cases

tasks = typer.Typer(help="Tasks that a member does by hand.", no_args_is_help=True)

LINKEDIN_ID = typer.Argument(help="The LinkedIn account's id.", metavar="LINKEDIN_ID")
TASK_ID = typer.Argument(help="The task's id.", metavar="TASK_ID")


@tasks.command("list")
def list_(
    linkedin_id: str = LINKEDIN_ID,
    all_: bool = typer.Option(False, "--all", help="Those that have ended too."),
    json: bool = JSON,
) -> None:
    """List what is ready: where to go, and what to paste there."""
    rows = run(lambda s: cases.list_tasks(s, parse_id(linkedin_id), None if all_ else TaskState.OPEN))
    if json:
        as_json(rows)
        return
    if not rows:
        stdout.print("Nothing to do.")
    for row in rows:
        stdout.print(f"{row.id}  {row.kind}  {row.state}\n  {row.link}", markup=False)
        if row.text:
            stdout.print("\n".join(f"  | {line}" for line in row.text.splitlines()), markup=False)


def _end(linkedin_id: str, task_id: str, state: TaskState, note: str, *, json: bool) -> None:
    account, task = parse_id(linkedin_id), parse_id(task_id)
    run(lambda s: cases.end_task(s, account, task, state, note))
    if json:
        as_json({"task_id": str(task), "state": state})
    else:
        stdout.print(f"{task} is {state}")


NOTE = typer.Option("", "--note", help="A word on why.")


@tasks.command("done")
def done(linkedin_id: str = LINKEDIN_ID, task_id: str = TASK_ID, note: str = NOTE, json: bool = JSON) -> None:
    """Say that a task was done on LinkedIn."""
    _end(linkedin_id, task_id, TaskState.DONE, note, json=json)


@tasks.command("skip")
def skip(linkedin_id: str = LINKEDIN_ID, task_id: str = TASK_ID, note: str = NOTE, json: bool = JSON) -> None:
    """Say that a task will not be done."""
    _end(linkedin_id, task_id, TaskState.SKIPPED, note, json=json)


@tasks.command("fail")
def failed(linkedin_id: str = LINKEDIN_ID, task_id: str = TASK_ID, note: str = NOTE, json: bool = JSON) -> None:
    """Say that LinkedIn did not let a task be done."""
    _end(linkedin_id, task_id, TaskState.FAILED, note, json=json)


@tasks.command("reply")
def reply(
    linkedin_id: str = LINKEDIN_ID,
    profile_url: str = typer.Option(..., "--profile-url", help="Who has replied."),
    text: str = typer.Option("", "--text", help="What they wrote."),
    json: bool = JSON,
) -> None:
    """Note that someone has replied."""
    account = parse_id(linkedin_id)
    run(lambda s: cases.note_reply(s, account, profile_url, text))
    if json:
        as_json({"linkedin_account_id": str(account), "noted": True})
    else:
        stdout.print("Noted.")


@tasks.command("import")
def import_(
    linkedin_id: str = LINKEDIN_ID,
    file: Path = typer.Argument(help="Connections.csv of LinkedIn's own data export."),
    json: bool = JSON,
) -> None:
    """Read LinkedIn's export of connections: who is new in it has accepted."""
    if not file.is_file():
        fail(f"there is no file {file}", code=2)
    if file.stat().st_size > 50_000_000:
        fail("the file is larger than 50 MB", code=2)
    content = file.read_bytes()
    found = run(lambda s: cases.import_connections(s, parse_id(linkedin_id), content))
    if json:
        as_json(found)
    else:
        stdout.print(f"{found.rows} connections, {found.new} new")
