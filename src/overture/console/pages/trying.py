"""Try it: one lead, its messages as they are written, each beside its evidence."""

from markupsafe import Markup
from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain.console import Role
from overture.domain.errors import Invalid, NotEnoughCredits, RateLimited
from overture.domain.messages import MessageType, Tone
from overture.usecases import auditlog, evidence
from overture.usecases.console import requests, trying

FIELDS = (
    "first_name",
    "last_name",
    "company",
    "job_title",
    "site",
    "linkedin",
    "proposition_name",
    "proposition_url",
    "tone",
    "signoff",
    "material",
    "hiring_location",
)


def _form(view: View, given: dict[str, str], types: tuple[str, ...], problems: list[str]) -> Response:
    status = 422 if problems else 200
    known = list(MessageType)
    return view.page(
        "try.html", status, given=given, types=types, known=known, tones=list(Tone), problems=problems, longest=500
    )


async def index(view: View) -> Response:
    """Show the form."""
    chosen = (MessageType.CONNECTION_REQUEST.value, MessageType.FIRST_FOLLOW_UP.value)
    return _form(view, dict.fromkeys(FIELDS, ""), chosen, [])


async def send(view: View) -> Response:
    """Accept the request and lead to its messages; a mistake leads back to the filled form."""
    given = {name: view.field(name) for name in FIELDS}
    types = tuple(str(kind) for kind in view.form.getlist("type"))
    try:
        request_id = await trying.submit(view.services, await view.caller(), given, types)
    except Invalid as error:
        return _form(view, given, types, error.messages)
    except NotEnoughCredits:
        return _form(view, given, types, ["The account has not enough credits."])
    except RateLimited as error:
        return _form(view, given, types, [f"A limit of the account is reached: try again in {error.retry_after} s."])
    await auditlog.record(view.services, view.actor, "try", str(request_id), f"{len(types)} messages")
    return view.go(f"/console/try/{request_id}")


async def _messages(view: View) -> Markup:
    request_id = view.path_id()
    found = await requests.progress(view.services, view.account_id, request_id)
    shown = await evidence.page(view.services, await view.caller(), request_id, None, 10)
    order = {kind: n for n, kind in enumerate(found.types)}
    messages = sorted(shown.messages, key=lambda one: order.get(str(one.type), 9))
    return view.part("parts/try.html", found=found, messages=messages)


async def show(view: View) -> Response:
    """Show the messages as far as they are written."""
    found = await requests.progress(view.services, view.account_id, view.path_id())
    return view.page("tried.html", found=found, part=await _messages(view))


async def live(view: View) -> Response:
    """Keep them up to date until all have ended."""
    return view.live(lambda: _messages(view), lambda text: 'data-complete="yes"' in text)


PAGES = (
    Page("/try", index, Role.REVIEWER),
    Page("/try/send", send, Role.REVIEWER, ("POST",)),
    Page("/try/{id}", show),
    Page("/try/{id}/live", live),
)
