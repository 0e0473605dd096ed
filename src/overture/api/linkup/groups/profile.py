"""Profiles and companies, as the account sees them (linkup.md, 2.3 and 2.4)."""

from overture.api.linkup import shapes
from overture.api.linkup.endpoint import Endpoint, lists, pages, reads
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.paging import Paging
from overture.domain.linkedin import queries
from overture.domain.linkedin.objects import Degree

PROFILE_URL = Field(
    "linkedin_url",
    Kind.TEXT,
    "The member's profile address or id.",
    "https://www.linkedin.com/in/ada-example",
    required=True,
    aliases=("profile_url",),
)
COMPANY_URL = Field(
    "company_url",
    Kind.TEXT,
    "The company page's address or name in it.",
    "https://www.linkedin.com/company/example-analytics",
    required=True,
)
SIZES = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+")
_NETWORK = {"F": Degree.FIRST, "S": Degree.SECOND, "O": Degree.THIRD}

PEOPLE_FILTERS = (
    Field("company_url", Kind.LIST, "Where they work now; several with `;`.", "example-analytics"),
    Field("location", Kind.LIST, "Where they live; several with `;`.", "Lyon;Paris"),
    Field("school_url", Kind.LIST, "Where they studied; several with `;`.", "example-university"),
    Field(
        "network",
        Kind.LIST,
        "How far they are: F, S, O; several with `,` or `;`.",
        "F,S",
        choices=tuple(_NETWORK),
        separators=",;",
    ),
    Field("keyword", Kind.TEXT, "Words of the profile.", "operations"),
    Field("first_name", Kind.TEXT, "The first name.", "Ada"),
    Field("last_name", Kind.TEXT, "The last name.", "Example"),
    Field("title", Kind.TEXT, "Words of the current title.", "Head of Operations"),
    Field("industry", Kind.LIST, "Labels of tool/industries; several with `;`.", "Software Development"),
    Field("past_company", Kind.LIST, "Where they worked before; several with `;`.", "example-software"),
    Field("connection_of", Kind.TEXT, "Connections of this member only.", "https://www.linkedin.com/in/ada-example"),
    Field("follower_of", Kind.TEXT, "Followers of this member only.", "https://www.linkedin.com/in/ada-example"),
    Field(
        "fetch_invitation_state", Kind.BOOLEAN, "Tell for each whether it may be invited.", example=True, default=False
    ),
)


def _people(params: Params, asked: Paging) -> queries.SearchProfiles:
    return queries.SearchProfiles(
        keyword=params.text("keyword"),
        first_name=params.text("first_name"),
        last_name=params.text("last_name"),
        title=params.text("title"),
        companies=params.texts("company_url"),
        past_companies=params.texts("past_company"),
        schools=params.texts("school_url"),
        locations=params.texts("location"),
        industries=params.texts("industry"),
        degrees=tuple(_NETWORK[code] for code in params.texts("network")),
        connection_of=params.text("connection_of"),
        follower_of=params.text("follower_of"),
        with_state=params.flag("fetch_invitation_state"),
        window=asked.window,
    )


def companies_query(params: Params, asked: Paging) -> queries.SearchCompanies:
    """Return the search for companies that the parameters describe."""
    return queries.SearchCompanies(
        keyword=params.text("keyword"),
        locations=params.texts("location"),
        industries=(*params.texts("sector"), *params.texts("industry")),
        sizes=params.texts("company_size") or params.texts("employee_range"),
        founding=params.flag("founding_company") or None,
        window=asked.window,
    )


COMPANY_FILTERS = (
    Field("location", Kind.LIST, "Where their head office is; several with `;`.", "Lyon"),
    Field("sector", Kind.LIST, "Labels of tool/industries; several with `;`.", "Software Development"),
    Field("industry", Kind.LIST, "The same under its newer name.", "Software Development"),
    Field("keyword", Kind.TEXT, "Words of the name or description.", "analytics"),
    Field("company_size", Kind.LIST, "Bands of employees; several with `;`.", "51-200", choices=SIZES),
)
_MEMBER = {"public_id": "ada-example", "first_name": "Ada", "last_name": "Example", "headline": "Head of Operations"}

ENDPOINTS = (
    Endpoint(
        "3",
        "POST",
        "/v1/profile/me",
        "profile",
        "The account's own profile",
        "D path, C body",
        reads(lambda _: queries.Me(), shapes.profile),
        answer="`data` is the profile.",
        example=_MEMBER,
    ),
    Endpoint(
        "4",
        "POST",
        "/v1/profile/info",
        "profile",
        "A member's profile",
        "D",
        reads(lambda p: queries.ReadProfile(p.text("linkedin_url")), shapes.profile),
        (PROFILE_URL,),
        answer="`data` is the profile. Counts as a view.",
        example=_MEMBER,
    ),
    Endpoint(
        "5",
        "POST",
        "/v1/profile/search",
        "profile",
        "Search members",
        "D",
        lists("profiles", _people, shapes.found_profile, 50),
        PEOPLE_FILTERS,
        most=pages(50),
        paged=50,
        answer="`data.profiles` with totals; 50 a page.",
        example={"total_results": 1, "total_available_results": 40, "profiles": [{"name": "Ada Example"}]},
    ),
    Endpoint(
        "6",
        "POST",
        "/v1/profile/contact",
        "profile",
        "How a member may be reached",
        "C, low",
        reads(lambda p: queries.ReadContact(p.text("linkedin_url")), shapes.contact),
        (PROFILE_URL,),
        answer="`data` holds what the member shows to the account.",
        example={"email": None},
    ),
    Endpoint(
        "7",
        "POST",
        "/v1/companies/info",
        "companies",
        "A company page",
        "D title, C body",
        reads(lambda p: queries.ReadCompany(p.text("company_url")), shapes.company),
        (COMPANY_URL,),
        answer="`data` is the company.",
        example={"name": "Example Analytics"},
    ),
    Endpoint(
        "8",
        "POST",
        "/v1/companies/search",
        "companies",
        "Search companies",
        "D",
        lists("companies", companies_query, shapes.found_company),
        COMPANY_FILTERS,
        most=pages(),
        paged=10,
        answer="`data.companies` with totals.",
        example={"total_results": 1, "total_available_results": 3, "companies": [{"name": "Example Analytics"}]},
    ),
)
