"""Charts as SVG, drawn by the server: no script, readable as text, in the colours of the page around them.

A chart takes its colours from classes: ``s1`` to ``s6`` are series, ``cap`` a cap, and ``grid``, ``ink``, ``dim`` and
``strong`` stand around them; without a style it is black on nothing. Every mark carries its value as a tooltip, and the
whole is described by a title and a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from markupsafe import Markup

WIDTH, HALF = 640, 340
"""Widths in the chart's own units: of a chart that has the page to itself, and of one of two side by side."""

_LEFT, _RIGHT, _TOP = 40, 8, 10
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a bar chart: its name, its length in the unit of the chart, and what stands beside it."""

    name: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values, one for each label of the chart."""

    name: str
    values: Sequence[float]


def bars(title: str, items: Sequence[Bar], width: int = WIDTH) -> Markup:
    """Draw horizontal bars, one below the other, each with its name and text above it; the longest is whole."""
    top = max((item.value for item in items), default=0) or 1.0
    row = 44
    drawn = Markup("").join(
        Markup(
            '<text class="ink" x="0" y="{}">{}</text><text class="strong" x="{}" y="{}" text-anchor="end">{}</text>'
            '<rect class="track" x="0" y="{}" width="{}" height="14" rx="3"/>'
            '<rect class="s1" x="0" y="{}" width="{}" height="14" rx="3"/>'
        ).format(
            place * row + 16,
            item.name,
            width,
            place * row + 16,
            item.text,
            place * row + 21,
            width,
            place * row + 21,
            _at(max(item.value / top * width, 2 if item.value else 0)),
        )
        for place, item in enumerate(items)
    )
    said = "; ".join(f"{item.name}: {item.text}" for item in items)
    return _picture(title, said or "Nothing to show.", (width, len(items) * row), drawn)


def columns(title: str, labels: Sequence[str], stack: Sequence[Series], width: int = WIDTH) -> Markup:
    """Draw a column for each label, its series one on the other."""
    return capped(title, labels, stack, [], width)


def capped(
    title: str, labels: Sequence[str], stack: Sequence[Series], caps: Sequence[float | None], width: int = WIDTH
) -> Markup:
    """The same with a cap for each label as a dashed line; None: there is none that day."""
    height, floor = 200, 168
    highest = max((sum(values) for values in zip(*(item.values for item in stack), strict=True)), default=0)
    top = _round_up(max(highest, *(cap or 0 for cap in caps), 1))
    step = (width - _LEFT - _RIGHT) / max(1, len(labels))
    unit = (floor - _TOP) / top
    parts = [_axis(top, floor, unit, width), _marks(labels, step, floor, width)]
    base = [0.0] * len(labels)
    for number, item in enumerate(stack, 1):
        for place, value in enumerate(item.values):
            if value:
                parts.append(
                    Markup('<rect class="s{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                        number,
                        _at(_LEFT + place * step + step * 0.12),
                        _at(floor - (base[place] + value) * unit),
                        _at(step * 0.76),
                        _at(value * unit),
                        f"{labels[place]}: {value:,.0f} {item.name}",
                    )
                )
                base[place] += value
    parts.append(_cap_line(caps, step, floor, unit))
    return _picture(title, _told(labels, stack), (width, height), Markup("").join(parts))


def legend(names: Sequence[str], line: str = "") -> Markup:
    """Name the colours of a chart's series, in order, and its dashed line."""
    keys = [Markup('<li><i class="k{}"></i>{}</li>').format(place, name) for place, name in enumerate(names, 1)]
    if line:
        keys.append(Markup('<li><i class="kcap"></i>{}</li>').format(line))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(keys))


def _picture(title: str, said: str, size: tuple[int, int], inside: Markup) -> Markup:
    width, height = size
    name = f"chart{crc32(title.encode()):08x}"  # titles of one page differ
    return Markup(
        '<svg class="{6}" viewBox="0 0 {0} {1}" role="img" aria-labelledby="{2}t {2}d">'
        '<title id="{2}t">{3}</title><desc id="{2}d">{4}</desc>{5}</svg>'
    ).format(width, height, name, title, said, inside, "wide" if width == WIDTH else "half")


def _axis(top: float, floor: int, unit: float, width: int) -> Markup:
    values = sorted({round(top * tick / _TICKS) for tick in range(_TICKS + 1)})
    return Markup("").join(
        Markup('<path class="grid" d="M{} {}H{}"/><text class="dim" x="{}" y="{}" text-anchor="end">{}</text>').format(
            _LEFT, _at(floor - value * unit), width - _RIGHT, _LEFT - 6, _at(floor - value * unit + 4), value
        )
        for value in values
    )


def _marks(labels: Sequence[str], step: float, floor: int, width: int) -> Markup:
    every = max(1, -(-len(labels) * 110 // width))
    return Markup("").join(
        Markup('<text class="dim" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _at(min(_LEFT + (place + 0.5) * step, width - 26)), floor + 22, labels[place]
        )
        for place in range(0, len(labels), every)
    )


def _cap_line(caps: Sequence[float | None], step: float, floor: int, unit: float) -> Markup:
    path = " ".join(
        f"M{_at(_LEFT + place * step)} {_at(floor - cap * unit)}h{_at(step)}"
        for place, cap in enumerate(caps)
        if cap is not None
    )
    return Markup('<path class="cap" d="{}"/>').format(path) if path else Markup("")


def _told(labels: Sequence[str], stack: Sequence[Series]) -> str:
    if not labels:
        return "Nothing to show."
    totals = ", ".join(f"{sum(item.values):,.0f} {item.name}" for item in stack)
    return f"{labels[0]} to {labels[-1]}: {totals}."


def _round_up(value: float) -> int:
    """Return the least multiple of four ticks, in steps that read well, from ``value`` on."""
    for size in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000):
        if size * _TICKS >= value:
            return size * _TICKS
    return -(-int(value) // 20_000) * 20_000


def _at(value: float) -> str:
    """Return a coordinate, short."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
