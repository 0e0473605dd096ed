"""The evaluator's report as one page: plots as inline SVG, no script, nothing from elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from overture.cli.output import number, share
from overture.composition.evaluation.report import Report, Spread
from overture.usecases.evaluation import Evaluation

WIDTH, HEIGHT = 560, 170
_LEFT, _BOTTOM, _TOP = 44, 24, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot, in the plot's own units."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot that a template draws: bars, marks on the axis below, and the highest value."""

    title: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]
    top: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: float = HEIGHT - _BOTTOM
    left: float = _LEFT


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a chart with a bar for each: a share from 0 to 1 and what it says."""

    name: str
    share: float
    text: str


def page(result: Evaluation, file: str, day: date) -> str:
    """Return the whole page."""
    report = result.report
    return _template().render(
        file=file,
        day=day.isoformat(),
        result=result,
        report=report,
        plots=[
            histogram("Length in LinkedIn's units", report.lengths),
            histogram("Flesch-Kincaid grade", report.grades),
        ],
        scores=[Line(name, value, f"{value:.2f}") for name, value in report.total.scores.items()],
        rules=_counted(report.rules, report.total.written),
        reasons=_counted(report.reasons, report.messages),
        stale=_counted(report.stale_words, report.total.written),
        identified=_identified(report),
    )


def histogram(title: str, spread: Spread) -> Plot:
    """Return bars for a spread of values; none where nothing was counted."""
    if not spread.counts:
        return Plot(title, (), (), "")
    top = max(spread.counts)
    step = (WIDTH - _LEFT - 8) / len(spread.counts)
    floor = HEIGHT - _BOTTOM
    bars = tuple(
        Bar(
            round(_LEFT + step * place + 1, 2),
            round(floor - (floor - _TOP) * count / top, 2),
            round(step - 2, 2),
            round((floor - _TOP) * count / top, 2),
            f"{spread.edges[place]:g} to {spread.edges[place + 1]:g}: {count}",
        )
        for place, count in enumerate(spread.counts)
    )
    every = max(1, len(spread.counts) // 4)
    marks = tuple(
        (round(_LEFT + step * place, 2), f"{spread.edges[place]:.0f}") for place in range(0, len(spread.edges), every)
    )
    return Plot(title, bars, marks, str(top))


def _counted(counts: Mapping[str, int], whole: int) -> list[Line]:
    return [Line(name, count / whole if whole else 0.0, str(count)) for name, count in counts.items()]


def _identified(report: Report) -> list[Line]:
    return [
        Line(name, item.identified, f"{100 * item.identified:.1f}%")
        for name, item in report.likeness.items()
        if item.identified is not None
    ]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("overture.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = share
    environment.filters["figure"] = number
    return environment.get_template("evaluation.html")
