"""The measured effect of campaigns over HTTP: the report as JSON and as a page, and CSV to download."""

from starlette.responses import Response, StreamingResponse

from overture.api.contract import Operation, Outcome, Parameter, Path, Schema
from overture.api.native.answering import reply
from overture.api.native.campaigns.topic import CAMPAIGN_ID, EXAMPLE_ID, NO_CAMPAIGN, PATH, TAG, Call, Route, Topic
from overture.api.native.declaring import outcomes, problem
from overture.domain.errors import Invalid
from overture.usecases import spreadsheets
from overture.usecases.campaigns import exporting, reporting
from overture.usecases.campaigns.exporting import Table

_TABLES = f"table must be one of: {', '.join(Table)}"


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


async def _report(call: Call) -> Response:
    return reply(await reporting.report(call.services, call.id("campaign_id"), call.caller))


async def _page(call: Call) -> Response:
    chosen = call.id("campaign_id")
    page = reporting.page(await reporting.report(call.services, chosen, call.caller))
    return Response(page, media_type="text/html", headers=_download(f"campaign-{chosen}.html"))


async def _export(call: Call) -> Response:
    table = call.asked.get("table", str(Table.LEADS))
    if table not in set(Table):
        raise Invalid([_TABLES])
    chosen = call.id("campaign_id")
    pieces = await exporting.export(call.services, chosen, Table(table), call.caller)
    headers = _download(f"campaign-{chosen}-{table}.csv")
    return StreamingResponse(pieces, headers=headers, media_type=spreadsheets.MEDIA_TYPE)


_SHARE = {"count": 12, "of": 60, "rate": 0.2, "low": 0.118, "high": 0.318}
_EXAMPLE = {
    "id": str(EXAMPLE_ID),
    "name": "Finance, north",
    "state": "running",
    "leads": 100,
    "ended": 40,
    "funnel": [{"name": "replied", "share": _SHARE, "of": "reached"}],
}
_REPORT: Schema = {
    "type": "object",
    "description": "Counts as of `made_at`; `rate`, `low` and `high` are from 0 to 1, the interval is of 95%.",
    "required": ["id", "name", "state", "leads", "ended", "funnel"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "state": {"type": "string"},
        "leads": {"type": "integer"},
        "ended": {"type": "integer"},
        "funnel": {"type": "array", "items": {"type": "object"}},
    },
}

TOPIC = Topic(
    (
        Route(
            Operation(
                id="report_campaign",
                method="GET",
                paths=(Path(f"{PATH}/{{campaign_id}}/report"),),
                tag=TAG,
                summary="Report a campaign's effect",
                description="The funnel, replies, steps, variants, facts, accounts, reasons, days and budgets.",
                path_parameters=(CAMPAIGN_ID,),
                outcomes=outcomes(
                    Outcome(200, "The report.", "CampaignReport", {"report": _EXAMPLE}),
                    NO_CAMPAIGN,
                ),
            ),
            _report,
        ),
        Route(
            Operation(
                id="report_campaign_page",
                method="GET",
                paths=(Path(f"{PATH}/{{campaign_id}}/report.html"),),
                tag=TAG,
                summary="Download the report as a page",
                description="One HTML file with plots, that asks for nothing from elsewhere.",
                path_parameters=(CAMPAIGN_ID,),
                outcomes=outcomes(Outcome(200, "The page.", "", media_type="text/html"), NO_CAMPAIGN),
            ),
            _page,
        ),
        Route(
            Operation(
                id="export_campaign",
                method="GET",
                paths=(Path(f"{PATH}/{{campaign_id}}/export"),),
                tag=TAG,
                summary="Download leads, messages, replies or days as CSV",
                description=(
                    "RFC 4180 with a line of names. A cell that a spreadsheet could take for a formula begins with `'`."
                    " Whoever is to be left alone is left out."
                ),
                parameters=(
                    Parameter("table", "What; leads where absent.", {"type": "string", "enum": [*Table]}, "replies"),
                ),
                path_parameters=(CAMPAIGN_ID,),
                outcomes=outcomes(
                    Outcome(200, "The table.", "", media_type="text/csv"),
                    NO_CAMPAIGN,
                    problem(422, "There is no such table.", _TABLES),
                ),
            ),
            _export,
        ),
    ),
    {"CampaignReport": _REPORT},
)
