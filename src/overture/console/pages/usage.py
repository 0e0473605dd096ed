"""Usage over time: credits by day, written and given back."""

import csv
import io

from starlette.responses import Response

from overture.console.view import Page, View
from overture.usecases import charts
from overture.usecases.charts import Series
from overture.usecases.console import overview

SPANS = (7, 30, 90, 366)


def _days(view: View) -> int:
    text = view.query("days")
    return int(text) if text in {str(days) for days in SPANS} else 30


async def index(view: View) -> Response:
    """Show it."""
    days = _days(view)
    use = await overview.use_of(view.services, view.account_id, days)
    labels = [f"{day.day:%d %b}" for day in use]
    return view.page(
        "usage.html",
        days=days,
        spans=SPANS,
        use=list(reversed(use)),
        written=sum(day.captured for day in use),
        back=sum(day.released for day in use),
        chart=charts.columns(
            f"Messages written a day, the last {days} days", labels, [Series("messages", [day.captured for day in use])]
        ),
        failed=charts.columns(
            f"Credits given back a day, the last {days} days",
            labels,
            [Series("credits", [day.released for day in use])],
        ),
    )


async def download(view: View) -> Response:
    """Give the same as CSV; numbers and dates only, so no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "written", "given_back"])
    for day in await overview.use_of(view.services, view.account_id, _days(view)):
        writer.writerow([day.day.isoformat(), day.captured, day.released])
    headers = {"content-disposition": 'attachment; filename="usage.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


PAGES = (Page("/usage/", index), Page("/usage/usage.csv", download))
