"""``overture generate``: one lead from the terminal, straight to messages with evidence; no database."""

import asyncio
from dataclasses import replace
from pathlib import Path

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from overture.bootstrap import open_research
from overture.cli.failures import fail
from overture.cli.messages import print_text
from overture.cli.output import JSON, as_json, stderr, stdout
from overture.domain.authorship import Usage
from overture.domain.countries import ISO_3166_ALPHA2
from overture.domain.messages import MessageType, Person, Tone, Written
from overture.settings import Settings, load
from overture.telemetry import logs
from overture.usecases import preview
from overture.usecases.preview import Place, Wish

PROGRESS = {
    "company": "what is known of the company's site",
    "site": "the company's site",
    "proposition": "the proposition",
    "material": "the material",
    "jobs": "job posts",
    "model": "what the model answers",
}


def _place(text: str | None, address: str | None = None) -> Place | None:
    """A URL to be fetched, or a local HTML file, optionally with the address that it came from."""
    if not text:
        return None
    if text.startswith(("http://", "https://")):
        return Place(text, None)
    path = Path(text).expanduser()
    if not path.is_file():
        fail(f"{text} is neither an http(s) URL nor a file", code=2)
    return Place(address or path.resolve().as_uri(), path.read_bytes())


def generate(
    first_name: str = typer.Option(..., "--first-name"),
    last_name: str = typer.Option("", "--last-name"),
    company: str = typer.Option(..., "--company", help="The lead's company, as you would write it."),
    title: str | None = typer.Option(None, "--title", help="The lead's job title."),
    site: str | None = typer.Option(
        None,
        "--site",
        help="URL of the company's site, or a local HTML file; without it, it is looked for by the company's name.",
    ),
    site_url: str | None = typer.Option(None, "--site-url", help="Where a local file came from."),
    proposition_name: str = typer.Option(..., "--proposition-name", help="The company whose offer is pitched."),
    proposition: str = typer.Option(..., "--proposition", help="URL of its site, or a local HTML file."),
    material: str | None = typer.Option(None, "--material", help="URL or local HTML file of what is shared."),
    material_link: str | None = typer.Option(None, "--material-link", help="The link to send, for a local file."),
    types: list[MessageType] = typer.Option([], "--type", help="Repeat for several; default: all that can be written."),
    tone: Tone = typer.Option(Tone.NORMAL, "--tone"),
    signoff: str | None = typer.Option(None, "--signoff", help="Your name; without it {{yourName}} stays."),
    hiring_location: str | None = typer.Option(None, "--hiring-location", help="ISO 3166-1 code; looks for job posts."),
    note_limit: int = typer.Option(300, "--note-limit", min=100, max=300),
    llm: bool | None = typer.Option(
        None, "--llm/--no-llm", help="With the configured language model or without; default: with, where there is one."
    ),
    json: bool = JSON,
) -> None:
    """Write one lead's messages and show what each claim rests on."""
    if hiring_location and hiring_location.upper() not in ISO_3166_ALPHA2:
        fail("--hiring-location must be a valid ISO 3166-1 country code", code=2)
    wish = Wish(
        person=Person(first_name, last_name, company, title),
        types=tuple(types) or _possible(title, material, hiring_location),
        proposition_name=proposition_name,
        tone=tone,
        signoff_name=signoff,
        hiring_location=hiring_location.upper() if hiring_location else None,
        note_limit=note_limit,
        site=_place(site, site_url),
        proposition=_place(proposition),
        material=_place(material, material_link),
    )
    settings = load()
    if llm and settings.llm_provider is None:
        fail("--llm needs a language model: set OVERTURE_LLM_PROVIDER and OVERTURE_LLM_MODEL", code=2)
    if llm is False:
        settings = replace(settings, llm_provider=None)
    logs.set_up("error")
    result = asyncio.run(_run(settings, wish, quiet=json))
    if json:
        as_json(result)
    else:
        if result.found:
            stdout.print(result.found, style="dim", markup=False)
        for draft in result.drafts:
            stdout.print(f"\n{draft.type}", style="bold", markup=False)
            if isinstance(draft, Written):
                print_text(draft.text, draft.segments, "")
            else:
                print_text(None, (), f"{draft.reason}: {draft.detail}")
        _print_authorship(result)
    if not any(isinstance(draft, Written) for draft in result.drafts):
        raise typer.Exit(1)


def _print_authorship(result: preview.Preview) -> None:
    """Say who wrote each message, and what the model took for it."""
    used = Usage()
    for draft, made in zip(result.drafts, result.authorship, strict=False):
        used = used.plus(made.usage)
        why = f", since: {made.fallback}" if made.fallback else ""
        stdout.print(f"\n{draft.type}: by {made.composer}, {made.attempts} calls{why}", style="dim", markup=False)
    if result.authorship:
        cost = "not known" if used.cost is None else f"${used.cost:.4f}"
        tokens = f"{used.input_tokens} tokens read ({used.cached_tokens} cached), {used.output_tokens} written"
        stdout.print(f"{result.authorship[0].model}: {tokens}, cost {cost}", style="dim", markup=False)


def _possible(title: str | None, material: str | None, hiring_location: str | None) -> tuple[MessageType, ...]:
    lacking = {
        MessageType.STAGE_AMBITION: title,
        MessageType.SHARE_MATERIAL: material,
        MessageType.HIRING_ACTIVITY: hiring_location,
    }
    return tuple(kind for kind in MessageType if lacking.get(kind, "yes"))


async def _run(settings: Settings, wish: Wish, *, quiet: bool) -> preview.Preview:
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    async with open_research(settings) as tools:
        with Progress(*columns, console=stderr, transient=True, disable=quiet) as progress:
            task = progress.add_task("Reading ...")
            return await preview.write(
                tools, wish, lambda what: progress.update(task, description=f"Reading {PROGRESS[what]} ...")
            )
