"""Home: is anything wrong, how long do the credits last, today against the limits, how old is the queue."""

from markupsafe import Markup
from starlette.responses import Response

from overture.console.view import Page, View
from overture.usecases import charts
from overture.usecases.charts import Series
from overture.usecases.console import overview


async def home(view: View) -> Response:
    """Show it; without an account, say how to make one."""
    if view.account is None:
        return view.page("home_empty.html")
    return view.page("home.html", live=await _live(view))


async def live(view: View) -> Response:
    """Keep the page's figures up to date."""
    return view.live(lambda: _live(view))


async def _live(view: View) -> Markup:
    found = await overview.overview_of(view.services, view.account_id)
    chart = charts.columns(
        "Messages written a day, the last 30 days",
        [f"{day.day:%d %b}" for day in found.use],
        [Series("messages", [day.captured for day in found.use])],
    )
    return view.part("parts/home.html", found=found, chart=chart)


PAGES = (Page("/", home), Page("/live/home", live))
