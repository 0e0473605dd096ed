"""How the report says its figures: shares, reasons, variants, and what waits for a person."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from overture.domain.campaigns.report import NoteEffect, Report, VariantEffect
from overture.domain.campaigns.shares import Share
from overture.domain.campaigns.states import Decision

_WHY = {
    "holdout": "kept back by chance, to measure",
    "note_budget": "the notes of the month were spent",
    "policy": "the campaign writes no notes",
    "downgraded_no_note": "LinkedIn left the note out",
}


def plain(name: str) -> str:
    """Return a name of a state, reason or kind as words."""
    return name.replace("_", " ")


def rate(value: Share) -> str:
    """Return a share as a percentage, or a dash where there is nothing to count."""
    return "-" if value.rate is None else f"{100 * value.rate:.1f}%"


def interval(value: Share) -> str:
    """Return a share's 95% interval, or nothing."""
    if value.low is None or value.high is None:
        return ""
    return f"{100 * value.low:.1f} to {100 * value.high:.1f}%"


def variant(item: VariantEffect) -> str:
    """Say what kind of invitation it was, and why."""
    if item.decision is Decision.NOTE:
        return "with a note"
    return f"without a note: {_WHY.get(item.why, plain(item.why) or 'no reason')}"


def note_effect(effect: NoteEffect) -> str:
    """Say what notes did, no surer than the figures are."""
    apart = effect.accepted
    points = f"{abs(100 * apart.difference):.1f} points"
    between = f"95% interval {100 * apart.low:+.1f} to {100 * apart.high:+.1f}"
    if apart.told_apart:
        more = "more" if apart.difference > 0 else "less"
        said = f"Invitations with a note were accepted {points} {more} often than those kept back ({between})."
    else:
        said = f"No effect of notes can be told from these numbers: {points} apart ({between})."
    if not effect.even:
        said += " Some leads got no note for other reasons, so the two groups may differ by more than the note."
    return said


def moment(at: datetime | None, zone: str) -> str:
    """Return a time on the wall clock of a zone, or a dash."""
    return "-" if at is None else f"{at.astimezone(ZoneInfo(zone)):%d %b %Y %H:%M}"


def wait(value: timedelta) -> str:
    """Return a wait in days and hours."""
    days, hours = value.days, value.seconds // 3600
    parts = [f"{days} d"] if days else []
    return " ".join([*parts, f"{hours} h"] if hours else parts) or "none"


def headline(report: Report) -> str:
    """Say in one or two sentences what came of the campaign so far."""
    stages = {stage.name: stage.share for stage in report.funnel}
    if not report.leads:
        return "No leads yet."
    interested, replied = stages["interested"], stages["replied"]
    if not replied.of:
        return f"Nothing has been sent to the {report.leads:,} leads yet."
    said = (
        f"{interested.count:,} of {interested.of:,} people reached are interested; {replied.count:,} replied"
        f" ({rate(replied)}). {report.ended:,} of {report.leads:,} leads are done"
    )
    if report.unanswered_invitations:
        said += f", and {report.unanswered_invitations:,} invitations are still open"
    return said + "."


def waiting(report: Report) -> list[str]:
    """Say what waits for a person, most pressing first; nothing: an empty list."""
    found: list[str] = []
    for sender in report.senders:
        if sender.state != "connected":
            why = f" ({sender.reason})" if sender.reason else ""
            found.append(f"{sender.name} is {sender.state}{why}: nothing leaves by this account.")
    if report.unhandled_replies:
        found.append(f"{_people(report.unhandled_replies)} wrote, and nobody has handled it.")
    if report.for_review:
        found.append(f"{_things(report.for_review, 'message')} to be approved.")
    if report.held_now:
        found.append(f"{_people(report.held_now)} held back for now.")
    return found


def _people(number: int) -> str:
    return "1 lead" if number == 1 else f"{number:,} leads"


def _things(number: int, name: str) -> str:
    return f"1 {name} waits" if number == 1 else f"{number:,} {name}s wait"
