"""The pictures of a campaign's page."""

from markupsafe import Markup

from overture.domain.campaigns.report import Report
from overture.usecases import charts
from overture.usecases.charts import Bar, Series


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "none yet"


def funnel(report: Report) -> Markup:
    """Draw how many leads came how far."""
    bars = [
        Bar(
            stage.name.capitalize(),
            stage.share.count,
            f"{stage.share.count:,}"
            if stage.of == stage.name
            else f"{stage.share.count:,}, {_rate(stage.share.count, stage.share.of)} of {stage.of}",
        )
        for stage in report.funnel
    ]
    return charts.bars("How far leads came", bars)


def days(report: Report) -> Markup:
    """Draw what left each day."""
    labels = [f"{day.day:%d %b}" for day in report.days]
    stack = [
        Series("invitations without a note", [day.invites - day.notes for day in report.days]),
        Series("invitations with a note", [day.notes for day in report.days]),
        Series("messages", [day.messages for day in report.days]),
    ]
    return charts.columns("What left each day", labels, stack) + charts.legend([one.name for one in stack])
