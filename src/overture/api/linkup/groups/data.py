"""Data without a session (linkup.md, 2.8)."""

from collections.abc import Callable
from typing import TypeVar

from overture.api.linkup import shapes, shapes_content
from overture.api.linkup.endpoint import Call, Endpoint, Reply, Run, data, pages, reads
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.groups.profile import COMPANY_FILTERS, COMPANY_URL, SIZES, companies_query
from overture.api.linkup.paging import Paging, paging
from overture.domain.linkedin import queries
from overture.domain.linkedin.objects import Slice
from overture.domain.linkedin.queries import Query

T = TypeVar("T")

PROFILE_URL = Field(
    "profile_url",
    Kind.TEXT,
    "The member's profile address.",
    "https://www.linkedin.com/in/ada-example",
    required=True,
    aliases=("linkedin_url",),
)


def _results(name: str, query: Callable[[Params, Paging], Query[Slice[T]]], shape: Callable[[T], object]) -> Run:
    """As ``lists``, with ``credits_used`` beside ``data`` (linkup.md, section 1)."""

    async def run(call: Call) -> Reply:
        asked = paging(call.params)
        found = await call.read(query(call.params, asked))
        credits = asked.credits(found)
        body = {**asked.totals(found), name: [shape(item) for item in found.items]}
        return Reply({"data": body, "credits_used": credits}, credits)

    return run


def _people(params: Params, asked: Paging) -> queries.SearchProfiles:
    return queries.SearchProfiles(
        keyword=params.text("keyword"),
        title=params.text("job_title"),
        companies=params.texts("current_company"),
        schools=params.texts("school"),
        locations=params.texts("location"),
        industries=params.texts("industry"),
        window=asked.window,
    )


async def _profile(call: Call) -> Reply:
    url = call.params.text("profile_url")
    found = await call.read(queries.ReadProfile(url))
    return data({"profile_url": found.member.profile_url, "profile_data": shapes.profile(found), "contact_info": None})


ENDPOINTS = (
    Endpoint(
        "36",
        "POST",
        "/v1/data/search/companies",
        "data: company",
        "Search companies",
        "C",
        _results("results", companies_query, shapes.found_company),
        (
            *COMPANY_FILTERS,
            Field("employee_range", Kind.LIST, "Bands of employees.", "51-200", choices=SIZES),
            Field("founding_company", Kind.BOOLEAN, "Young companies only.", example=False),
        ),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.results` and `credits_used`.",
        example={"total_results": 0, "results": []},
    ),
    Endpoint(
        "37",
        "POST",
        "/v1/data/company/info",
        "data: company",
        "A company page",
        "C",
        reads(lambda p: queries.ReadCompany(p.text("company_url")), shapes.company),
        (COMPANY_URL,),
        session=False,
        answer="`data` is the company.",
        example={"name": "Example Analytics"},
    ),
    Endpoint(
        "38",
        "POST",
        "/v1/data/company/info-by-domain",
        "data: company",
        "The company of a domain",
        "C",
        reads(lambda p: queries.ReadCompanyByDomain(p.text("domain")), shapes.company),
        (Field("domain", Kind.TEXT, "The domain of its website.", "analytics.example", required=True),),
        session=False,
        answer="`data` is the company.",
        example={"name": "Example Analytics"},
    ),
    Endpoint(
        "39",
        "POST",
        "/v1/data/search/profiles",
        "data: person",
        "Search members",
        "C",
        _results("results", _people, shapes_content.data_profile),
        (
            Field("keyword", Kind.TEXT, "Words of the profile.", "operations"),
            Field("job_title", Kind.TEXT, "Words of the title.", "Head of Operations"),
            Field("industry", Kind.LIST, "The industry.", "Software Development"),
            Field("school", Kind.LIST, "Where they studied.", "Example University"),
            Field("location", Kind.LIST, "Where they live.", "Lyon"),
            Field("current_company", Kind.LIST, "Where they work.", "Example Analytics"),
        ),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.results` and `credits_used`.",
        example={"total_results": 0, "results": []},
    ),
    Endpoint(
        "40",
        "POST",
        "/v1/data/profil/info",
        "data: person",
        "A member's profile",
        "C",
        _profile,
        (PROFILE_URL,),
        session=False,
        answer="`data.profile_data` and `data.contact_info`.",
        example={"profile_url": "https://www.linkedin.com/in/ada-example", "profile_data": {}, "contact_info": None},
    ),
    Endpoint(
        "41",
        "POST",
        "/v1/data/profil/enrich",
        "data: person",
        "The person of a name at a company",
        "C",
        reads(
            lambda p: queries.FindPerson(p.text("first_name"), p.text("last_name"), p.text("company_name")),
            shapes_content.enriched,
        ),
        (
            Field("first_name", Kind.TEXT, "The first name.", "Ada", required=True),
            Field("last_name", Kind.TEXT, "The last name.", "Example", required=True),
            Field("company_name", Kind.TEXT, "The company.", "Example Analytics", required=True),
        ),
        session=False,
        answer="`data.profile_data`.",
        example={"profile_url": "https://www.linkedin.com/in/ada-example", "profile_data": {}},
    ),
    Endpoint(
        "42",
        "POST",
        "/v1/data/employees/extract",
        "data: person",
        "Who works at a company",
        "C, dropped later",
        _results(
            "results",
            lambda p, asked: queries.Employees(p.text("company_name"), p.flag("decision_makers_only"), asked.window),
            shapes_content.employee,
        ),
        (
            Field("company_name", Kind.TEXT, "The company.", "Example Analytics", required=True),
            Field("decision_makers_only", Kind.BOOLEAN, "Heads, directors and above.", example=False, default=False),
        ),
        session=False,
        most=pages(),
        paged=10,
        answer="`data.results`.",
        example={"total_results": 0, "results": []},
    ),
)
