"""Small pictures as SVG, drawn by the server: readable by people who cannot see them, and printable."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, BASE = 640, 140, 118


def columns(title: str, labels: Sequence[str], values: Sequence[float], most: float | None = None) -> Markup:
    """Draw a column a value, with its label and value as a tooltip; the first and last label stand below."""
    top = max([*values, most or 0, 1])
    step = WIDTH / max(1, len(values))
    bars = Markup("").join(
        Markup('<rect class="c1" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
            round(n * step + step * 0.15, 1),
            round(BASE - (BASE - 12) * value / top, 1),
            round(step * 0.7, 1),
            round((BASE - 12) * value / top, 1),
            label,
            f"{value:,.0f}",
        )
        for n, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    ends = (
        Markup('<text x="0" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>').format(
            HEIGHT - 4, labels[0], WIDTH, HEIGHT - 4, labels[-1]
        )
        if labels
        else Markup("")
    )
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="axis" d="M0 {} H{}"/>{}{}'
        '<text x="{}" y="11" text-anchor="end">{}</text></svg>'
    ).format(WIDTH, HEIGHT, title, BASE, WIDTH, bars, ends, WIDTH, f"at most {top:,.0f}")
