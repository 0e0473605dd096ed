"""The report as one page: nothing from elsewhere, no script, readable on a phone, in the dark and on paper."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from overture.domain.campaigns.report import BudgetDay, Counted, Day, Report, Stage
from overture.domain.campaigns.shares import Share
from overture.domain.linkedin.actions import Budget
from overture.usecases import charts
from overture.usecases.campaigns import report_words as words
from overture.usecases.campaigns.report_style import STYLE
from overture.usecases.charts import Bar, Series

_SHOWN_BUDGETS = (Budget.INVITES, Budget.MESSAGES, Budget.NOTES)
_SHOWN_SENDERS = 6


def page(report: Report, rehearsal: Sequence[str] = ()) -> str:
    """Return a whole HTML document. ``rehearsal`` holds what is to be known of a rehearsal, for the report of one."""
    return Markup(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<title>{} - campaign report</title><style>{}</style></head><body>{}<main>{}</main>{}</body></html>\n"
    ).format(
        report.name,
        STYLE,
        _head(report) + _rehearsal(rehearsal),
        Markup("").join(part(report) for part in _PARTS),
        _foot(report),
    )


def _rehearsal(said: Sequence[str]) -> Markup:
    if not said:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in said)
    return _section("A rehearsal: nothing of this was sent", Markup("<ul>{}</ul>").format(items))


def _head(report: Report) -> Markup:
    stages = {stage.name: stage.share for stage in report.funnel}
    tiles = [("Interested", f"{stages['interested'].count:,}", f"of {stages['interested'].of:,} reached")]
    tiles.append(("Replied", words.rate(stages["replied"]), _of(stages["replied"])))
    if "accepted" in stages:
        tiles.append(("Invitations accepted", words.rate(stages["accepted"]), _of(stages["accepted"])))
    else:
        tiles.append(("Messaged", f"{stages['messaged'].count:,}", f"of {report.leads:,} leads"))
    tiles.append(("Leads done", f"{report.ended:,}", f"of {report.leads:,}"))
    reason = f": {words.plain(report.reason)}" if report.reason else ""
    return Markup(
        '<header><h1>{}</h1><p><span class="state {}">{}{}</span> <span class="dim">since {} · as of {} ({})</span></p>'
        '<p class="lead">{}</p><dl class="tiles">{}</dl>{}</header>'
    ).format(
        report.name,
        report.state,
        report.state,
        reason,
        words.moment(report.started_at, report.zone),
        words.moment(report.made_at, report.zone),
        report.zone,
        words.headline(report),
        Markup("").join(Markup("<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>").format(*tile) for tile in tiles),
        _todo(words.waiting(report)),
    )


def _todo(found: Sequence[str]) -> Markup:
    if not found:
        return Markup('<div class="todo none"><p>Nothing waits for you.</p></div>')
    items = Markup("").join(Markup("<li>{}</li>").format(text) for text in found)
    return Markup('<div class="todo"><ul>{}</ul></div>').format(items)


def _of(value: Share) -> str:
    between = f", {words.interval(value)}" if value.of else ""
    return f"{value.count:,} of {value.of:,}{between}"


def _stage(stage: Stage) -> Bar:
    value = stage.share
    text = f"{value.count:,}"
    if stage.of != stage.name:
        text += f" · {words.rate(value)} of {stage.of}"
    return Bar(stage.name.capitalize(), value.count, text)


def _section(title: str, *parts: Markup, note: str = "") -> Markup:
    said = Markup('<p class="dim">{}</p>').format(note) if note else Markup("")
    return Markup("<section><h2>{}</h2>{}{}</section>").format(title, said, Markup("").join(parts))


def _figure(caption: str, *parts: Markup) -> Markup:
    return Markup("<figure><figcaption>{}</figcaption>{}</figure>").format(caption, Markup("").join(parts))


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    top = Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_cell(cell)) for cell in row))
        for row in rows
    )
    return Markup(
        '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(top, body)


def _cell(value: object) -> object:
    if isinstance(value, Share):
        return Markup("{} <small>{}</small>").format(words.rate(value), words.interval(value))
    return f"{value:,}" if isinstance(value, int) else value


def _counted(title: str, counts: Sequence[Counted], width: int = charts.WIDTH) -> Markup:
    return charts.bars(title, [Bar(words.plain(item.name), item.count, f"{item.count:,}") for item in counts], width)


def _funnel(report: Report) -> Markup:
    return _section("How far the leads came", charts.bars("Funnel", [_stage(stage) for stage in report.funnel]))


def _replies(report: Report) -> Markup:
    if not report.replies:
        return Markup("")
    return _section(
        "What they answered",
        _counted("Replies by what they say", report.replies),
        note="Each lead once, by what it wrote last.",
    )


def _days(report: Report) -> Markup:
    if not report.days:
        return Markup("")
    labels = [_short(day.day) for day in report.days]
    sent = [
        Series("invitations with a note", [day.notes for day in report.days]),
        Series("invitations without", [day.invites - day.notes for day in report.days]),
        Series("messages", [day.messages for day in report.days]),
    ]
    back = [Series("acceptances", [day.acceptances for day in report.days]), _replied(report.days)]
    return _section(
        "Day by day",
        _figure("What left", charts.columns("What left, by day", labels, sent), _legend(sent)),
        _figure("What came back", charts.columns("What came back, by day", labels, back), _legend(back)),
    )


def _replied(days: Sequence[Day]) -> Series:
    return Series("replies", [day.replies for day in days])


def _legend(stack: Sequence[Series]) -> Markup:
    return charts.legend([item.name for item in stack])


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _notes(report: Report) -> Markup:
    if not report.variants:
        return Markup("")
    effect = report.note_effect
    rows = [(words.variant(item), item.sent, item.open, item.accepted, item.replied) for item in report.variants]
    return _section(
        "Invitations with and without a note",
        _table(("Invitation", "Sent", "Still open", "Accepted", "Replied to it"), rows),
        note=words.note_effect(effect) if effect else "There is nothing to compare yet.",
    )


def _steps(report: Report) -> Markup:
    rows: list[Sequence[object]] = []
    for step in report.steps:
        why = ", ".join(f"{words.plain(item.name)} {item.count:,}" for item in step.failures)
        failed = Markup("{} <small>{}</small>").format(step.failed, why) if why else step.failed
        name = Markup("{}. {} <small>then wait: {}</small>").format(
            step.step, words.plain(step.type), words.wait(step.wait)
        )
        left_out = Markup("{} <small>{}</small>").format(step.skipped, f"{step.blank:,} blank" if step.blank else "")
        rows.append((name, step.begun, step.written, failed, left_out, step.approved, step.sent, step.replied))
    heads = ("Step", "Begun", "Written", "Not written", "Left out", "Approved", "Sent", "Replied after it")
    return _section("Step by step", _table(heads, rows))


def _facts(report: Report) -> Markup:
    if not report.facts:
        return Markup("")
    rows = [(words.plain(item.kind), item.replied.of, item.replied.count, item.replied) for item in report.facts]
    return _section(
        "What the messages rest on",
        _table(("Kind of fact", "Sent", "Replies", "Reply rate"), rows),
        note="Notes and messages that left, by the fact they tell, and the replies that came next.",
    )


def _senders(report: Report) -> Markup:
    rows = [
        (
            Markup("{} <small>{}</small>").format(item.name, item.state),
            item.leads,
            item.invited,
            item.accepted,
            item.messaged,
            item.replied,
        )
        for item in report.senders
    ]
    heads = ("LinkedIn account", "Leads", "Invited", "Accepted", "Messaged", "Replied")
    return _section("By LinkedIn account", _table(heads, rows)) if rows else Markup("")


def _ends(report: Report) -> Markup:
    parts = [("Where the leads stand", report.standing), ("Why leads were stopped", report.stops)]
    parts.append(("Why leads were held, at any time", report.holds))
    drawn = [
        Markup("<div><h3>{}</h3>{}</div>").format(title, _counted(title, counts, charts.HALF))
        for title, counts in parts
        if counts
    ]
    return _section("Stopped and held", Markup('<div class="two">{}</div>').format(Markup("").join(drawn)))


def _budgets(report: Report) -> Markup:
    if not report.budgets:
        return Markup("")
    days = [day.day for day in report.days]
    used: dict[tuple[str, Budget], dict[date, BudgetDay]] = {}
    for item in report.budgets:
        if item.budget in _SHOWN_BUDGETS:
            used.setdefault((item.sender, item.budget), {})[item.day] = item
    senders = sorted({sender for sender, _ in used})
    drawn = [
        _spent(sender, budget, days, spent)
        for (sender, budget), spent in sorted(used.items())
        if sender in senders[:_SHOWN_SENDERS]
    ]
    more = len(senders) - _SHOWN_SENDERS
    note = "Everything that the accounts did on these days, for this campaign and otherwise."
    if more > 0:
        note += f" {more} more accounts are in the JSON report."
    return _section("Budgets", Markup('<div class="two">{}</div>').format(Markup("").join(drawn)), note=note)


def _spent(sender: str, budget: Budget, days: Sequence[date], spent: dict[date, BudgetDay]) -> Markup:
    known = [item.cap for _, item in sorted(spent.items())]
    caps: list[float | None] = []
    for day in days:
        cap = spent[day].cap if day in spent else (caps[-1] if caps else known[0])
        caps.append(cap)
    title = f"{sender}: {budget} a day"
    values = Series(budget, [spent[day].used if day in spent else 0 for day in days])
    line = "cap of the day" if any(cap is not None for cap in caps) else ""
    return _figure(
        title,
        charts.capped(title, [_short(day) for day in days], [values], caps, charts.HALF),
        charts.legend([budget], line),
    )


def _foot(report: Report) -> Markup:
    return Markup(
        '<footer class="dim">Percentages stand with their 95% interval (Wilson). A reply belongs to the step that left'
        " last before it. Days are those of {}. Campaign {}.</footer>"
    ).format(report.zone, report.id)


_PARTS = (_funnel, _replies, _days, _notes, _steps, _facts, _senders, _ends, _budgets)
