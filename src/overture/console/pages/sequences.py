"""The 54 preset sequences on a time axis: filtered, and compared side by side."""

import re

from markupsafe import Markup
from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain import sequences
from overture.domain.sequences import Sequence

_WAIT = re.compile(r"(\d+)d (\d+)h")
COLOURS = {
    "connection_request": "c1",
    "first_follow_up": "c2",
    "stage_ambition": "c3",
    "share_material": "c4",
    "hiring_activity": "c5",
}
WIDTH, ROOM = 700, 14


def hours(wait: str) -> int:
    """Return a wait as the wire writes it in hours."""
    found = _WAIT.fullmatch(wait)
    return int(found[1]) * 24 + int(found[2]) if found else 0


def axis(sequence: Sequence, most: int) -> Markup:
    """Draw the steps of a sequence at their times, the longest sequence of all as wide as the picture."""
    at = 0
    dots: list[Markup] = []
    texts: list[Markup] = []
    for step in sequence.steps:
        x = ROOM + round((WIDTH - 2 * ROOM) * at / max(1, most))
        days, rest = divmod(at, 24)
        when = f"day {days}" if not rest else f"day {days}, hour {rest}"
        name = str(step.type).replace("_", " ")
        dots.append(
            Markup('<circle class="{}" cx="{}" cy="18" r="8"><title>{}: {}</title></circle>').format(
                COLOURS[step.type], x, when, name
            )
        )
        texts.append(Markup('<text x="{}" y="22" text-anchor="middle" class="on-dot">{}</text>').format(x, step.step))
        at += hours(step.wait_time_after)
    end = ROOM + round((WIDTH - 2 * ROOM) * (at or 1) / max(1, most))
    label = "; ".join(f"step {s.step}: {s.type}, then wait {s.wait_time_after}" for s in sequence.steps)
    return Markup(
        '<svg viewBox="0 0 {} 36" role="img" aria-label="{}" class="strip">'
        '<path class="axis" d="M{} 18 H{}"/>{}{}</svg>'
    ).format(WIDTH, label, ROOM, end, Markup("").join(dots), Markup("").join(texts))


def length(sequence: Sequence) -> int:
    """Return the hours from the first step to the last."""
    return sum(hours(step.wait_time_after) for step in sequence.steps[:-1])


async def index(view: View) -> Response:
    """Show what matches the filters."""
    chosen = {name: view.query(name) for name in sequences.CHOICES}
    found = [
        one
        for one in sequences.all_sequences()
        if all(not value or one.key[n] == value for n, value in enumerate(chosen.values()))
    ]
    most = max((length(one) for one in sequences.all_sequences()), default=1)
    compared = set(view.request.query_params.getlist("compare"))
    shown = [one for one in found if one.id in compared] if compared else found
    rows = [(one, axis(one, most), length(one) / 24) for one in shown]
    return view.page(
        "sequences.html", rows=rows, chosen=chosen, choices=sequences.CHOICES, compared=compared, colours=COLOURS
    )


PAGES = (Page("/sequences/", index),)
