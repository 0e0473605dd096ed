"""Answers of job boards, written from the fields that the vendors document; the companies are invented.

Each entry: the link on the company's page, the path that must be asked, the answer, and the roles that it holds.
"""

from dataclasses import dataclass
from typing import Any

Role = tuple[str, str | None, str, str | None, str | None]
"""Title, country, address, date, location."""


@dataclass(frozen=True)
class Answer:
    vendor: str
    link: str
    path: str
    body: Any
    roles: tuple[Role, ...]
    kind: str = "application/json"


PERSONIO = """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
  <position>
    <id>812345</id><subcompany>Acme GmbH</subcompany><office>München</office>
    <additionalOffices><office>Wien</office></additionalOffices>
    <department>Werk</department><recruitingCategory>Festanstellung</recruitingCategory>
    <name>Pump Engineer (m/w/d)</name>
    <jobDescriptions><jobDescription><name>Your tasks</name><value><![CDATA[<p>Build pumps &amp; more.</p>]]></value>
    </jobDescription></jobDescriptions>
    <employmentType>permanent</employmentType><occupationCategory>engineering</occupationCategory>
    <createdAt>2026-10-02T09:12:44+00:00</createdAt>
  </position>
  <position><id>812346</id><office>Remote</office><name>Sales Lead</name></position>
</workzag-jobs>"""

ANSWERS = (
    Answer(
        "greenhouse",
        "https://boards.greenhouse.io/acme",
        "/v1/boards/acme/jobs",
        {
            "jobs": [
                {
                    "id": 127817,
                    "internal_job_id": 144381,
                    "title": "Pump Engineer",
                    "updated_at": "2026-11-14T10:55:28-05:00",
                    "first_published": "2026-10-30T08:00:00-05:00",
                    "requisition_id": "50",
                    "location": {"name": "Leeds, England"},
                    "absolute_url": "https://boards.greenhouse.io/acme/jobs/127817",
                    "company_name": "Acme Pumps",
                    "language": "en",
                    "metadata": None,
                },
                {
                    "id": 2,
                    "title": "Sales Lead &amp; Coach",
                    "location": {"name": "Remote"},
                    "absolute_url": "javascript:x",
                },
                {"id": 3, "title": None, "location": "Paris"},
            ],
            "meta": {"total": 3},
        },
        (
            ("Pump Engineer", "GB", "https://boards.greenhouse.io/acme/jobs/127817", "2026-10-30", "Leeds, England"),
            ("Sales Lead & Coach", None, "", None, "Remote"),
        ),
    ),
    Answer(
        "lever",
        "https://jobs.lever.co/acme/",
        "/v0/postings/acme",
        [
            {
                "id": "5ac21346-8e0c-4494-8e7a-3eb92ff77902",
                "text": "Pump Engineer",
                "categories": {
                    "commitment": "Full-time",
                    "location": "Toronto",
                    "team": "Works",
                    "allLocations": ["Toronto", "Austin, TX"],
                },
                "country": "CA",
                "workplaceType": "on-site",
                "createdAt": 1793145600000,
                "hostedUrl": "https://jobs.lever.co/acme/5ac21346-8e0c-4494-8e7a-3eb92ff77902",
                "applyUrl": "https://jobs.lever.co/acme/5ac21346-8e0c-4494-8e7a-3eb92ff77902/apply",
            },
            {"id": "b", "text": "Nurse", "categories": {}, "country": None, "createdAt": -5},
        ],
        (
            (
                "Pump Engineer",
                "CA",
                "https://jobs.lever.co/acme/5ac21346-8e0c-4494-8e7a-3eb92ff77902",
                "2026-10-28",
                "Toronto",
            ),
            (
                "Pump Engineer",
                "US",
                "https://jobs.lever.co/acme/5ac21346-8e0c-4494-8e7a-3eb92ff77902",
                "2026-10-28",
                "Austin, TX",
            ),
            ("Nurse", None, "", None, None),
        ),
    ),
    Answer(
        "ashby",
        "https://jobs.ashbyhq.com/Acme%20Pumps",
        "/posting-api/job-board/Acme%20Pumps",
        {
            "apiVersion": "1",
            "jobs": [
                {
                    "title": "Pump Engineer",
                    "location": "London",
                    "secondaryLocations": [
                        {"location": "Berlin", "address": {"addressLocality": "Berlin", "postalAddress": None}}
                    ],
                    "department": "Works",
                    "isListed": True,
                    "isRemote": False,
                    "workplaceType": "OnSite",
                    "publishedAt": "2026-09-01T10:00:00.000+00:00",
                    "address": {"postalAddress": {"addressLocality": "London", "addressCountry": "United Kingdom"}},
                    "jobUrl": "https://jobs.ashbyhq.com/acme/1",
                },
                {"title": "Secret role", "location": "London", "isListed": False},
            ],
        },
        (
            ("Pump Engineer", "GB", "https://jobs.ashbyhq.com/acme/1", "2026-09-01", "London"),
            ("Pump Engineer", "DE", "https://jobs.ashbyhq.com/acme/1", "2026-09-01", "Berlin"),
        ),
    ),
    Answer(
        "workable",
        "https://apply.workable.com/acme/",
        "/api/v1/widget/accounts/acme",
        {
            "name": "Acme Pumps",
            "description": None,
            "jobs": [
                {
                    "title": "Pump Engineer",
                    "shortcode": "ABC",
                    "url": "https://apply.workable.com/j/ABC",
                    "published_on": "2026-08-05",
                    "country": "Greece",
                    "city": "Athens",
                    "telecommuting": False,
                    "locations": [{"country": "Greece", "countryCode": "GR", "city": "Athens", "region": "Attica"}],
                }
            ],
        },
        (("Pump Engineer", "GR", "https://apply.workable.com/j/ABC", "2026-08-05", "Athens, Attica, Greece"),),
    ),
    Answer(
        "recruitee",
        "https://acme.recruitee.com/o/pump-engineer",
        "/api/offers/",
        {
            "offers": [
                {
                    "id": 1,
                    "title": "Pump Engineer",
                    "careers_url": "https://acme.recruitee.com/o/pump-engineer",
                    "city": "Utrecht",
                    "country": "Netherlands",
                    "country_code": "NL",
                    "location": "Utrecht, Netherlands",
                    "published_at": "2026-07-02 17:18:08 UTC",
                    "company_name": "Acme",
                    "remote": False,
                }
            ]
        },
        (("Pump Engineer", "NL", "https://acme.recruitee.com/o/pump-engineer", "2026-07-02", "Utrecht, Netherlands"),),
    ),
    Answer(
        "personio",
        "https://acme.jobs.personio.de/",
        "/xml",
        PERSONIO,
        (
            ("Pump Engineer (m/w/d)", "DE", "https://acme.jobs.personio.de/job/812345", "2026-10-02", "München"),
            ("Pump Engineer (m/w/d)", "AT", "https://acme.jobs.personio.de/job/812345", "2026-10-02", "Wien"),
            ("Sales Lead", None, "https://acme.jobs.personio.de/job/812346", None, "Remote"),
        ),
        kind="text/xml; charset=utf-8",
    ),
    Answer(
        "teamtailor",
        "https://acme.teamtailor.com/jobs",
        "/jobs.json",
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Acme",
            "items": [
                {
                    "id": "x",
                    "url": "https://acme.teamtailor.com/jobs/1-pump-engineer",
                    "title": "Pump Engineer",
                    "date_published": "2026-06-01T08:00:00+02:00",
                    "_jobposting": {
                        "@type": "JobPosting",
                        "datePosted": "2026-06-01",
                        "jobLocation": [
                            {"@type": "Place", "address": {"addressLocality": "Malmö", "addressCountry": "SE"}}
                        ],
                    },
                },
                {"id": "y", "url": "https://acme.teamtailor.com/jobs/2", "title": "Nurse"},
            ],
        },
        (
            ("Pump Engineer", "SE", "https://acme.teamtailor.com/jobs/1-pump-engineer", "2026-06-01", "Malmö, SE"),
            ("Nurse", None, "https://acme.teamtailor.com/jobs/2", None, None),
        ),
        kind="application/feed+json",
    ),
    Answer(
        "smartrecruiters",
        "https://careers.smartrecruiters.com/AcmePumps",
        "/v1/companies/AcmePumps/postings",
        {
            "offset": 0,
            "limit": 100,
            "totalFound": 1,
            "content": [
                {
                    "id": "743999",
                    "name": "Pump Engineer",
                    "releasedDate": "2026-05-04T09:00:00.000Z",
                    "company": {"identifier": "AcmePumps", "name": "Acme Pumps"},
                    "location": {"city": "Kraków", "country": "pl", "remote": False},
                }
            ],
        },
        (("Pump Engineer", "PL", "https://jobs.smartrecruiters.com/AcmePumps/743999", "2026-05-04", "Kraków, PL"),),
    ),
    Answer(
        "bamboohr",
        "https://acme.bamboohr.com/careers",
        "/careers/list",
        {
            "meta": {"totalCount": 1},
            "result": [
                {
                    "id": "17",
                    "jobOpeningName": "Pump Engineer",
                    "departmentLabel": "Works",
                    "location": {"city": "Lindon", "state": "Utah"},
                    "atsLocation": {"country": "United States", "state": "Utah", "city": "Lindon"},
                    "isRemote": None,
                },
                {
                    "id": 18,
                    "jobOpeningName": "Nurse",
                    "location": {"city": "Leeds", "state": None},
                    "atsLocation": None,
                },
            ],
        },
        (
            ("Pump Engineer", "US", "https://acme.bamboohr.com/careers/17", None, "Lindon, Utah, United States"),
            ("Nurse", "GB", "https://acme.bamboohr.com/careers/18", None, "Leeds"),
        ),
    ),
    Answer(
        "workday",
        "https://acme.wd5.myworkdayjobs.com/en-US/External",
        "/wday/cxs/acme/External/jobs",
        {
            "total": 2,
            "jobPostings": [
                {
                    "title": "Pump Engineer",
                    "externalPath": "/job/Leeds/Pump-Engineer_R-1",
                    "locationsText": "Leeds, United Kingdom",
                    "postedOn": "Posted 3 Days Ago",
                    "bulletFields": ["R-1"],
                },
                {"title": "Nurse", "externalPath": "/job/x/Nurse_R-2", "locationsText": "3 Locations"},
            ],
            "facets": [],
        },
        (
            (
                "Pump Engineer",
                "GB",
                "https://acme.wd5.myworkdayjobs.com/External/job/Leeds/Pump-Engineer_R-1",
                None,
                "Leeds, United Kingdom",
            ),
            ("Nurse", None, "https://acme.wd5.myworkdayjobs.com/External/job/x/Nurse_R-2", None, None),
        ),
    ),
    Answer(
        "rippling",
        "https://ats.rippling.com/acme/jobs",
        "/api/v2/board/acme/jobs",
        {
            "items": [
                {
                    "id": "u",
                    "name": "Pump Engineer",
                    "url": "https://ats.rippling.com/acme/jobs/u",
                    "locations": [{"name": "Sydney, AU", "countryCode": "AU", "workplaceType": "ON_SITE"}],
                }
            ],
            "page": 0,
            "pageSize": 20,
            "totalItems": 1,
            "totalPages": 1,
        },
        (("Pump Engineer", "AU", "https://ats.rippling.com/acme/jobs/u", None, "Sydney, AU"),),
    ),
    Answer(
        "pinpoint",
        "https://acme.pinpointhq.com/en/postings/1",
        "/postings.json",
        {
            "data": [
                {
                    "id": "1",
                    "title": "Pump Engineer",
                    "url": "https://acme.pinpointhq.com/en/postings/1",
                    "location": {"id": "2", "name": "St Helier", "city": "St Helier", "province": "Jersey"},
                }
            ]
        },
        (("Pump Engineer", "JE", "https://acme.pinpointhq.com/en/postings/1", None, "St Helier, Jersey"),),
    ),
    Answer(
        "breezy",
        "https://acme.breezy.hr/p/1-pump-engineer",
        "/json",
        [
            {
                "id": "1",
                "name": "Pump Engineer",
                "url": "https://acme.breezy.hr/p/1-pump-engineer",
                "published_date": "2026-04-02T00:00:00.000Z",
                "location": {"name": "Lyon, FR", "city": "Lyon", "country": {"name": "France", "id": "FR"}},
                "company": {"name": "Acme"},
            }
        ],
        (("Pump Engineer", "FR", "https://acme.breezy.hr/p/1-pump-engineer", "2026-04-02", "Lyon, FR"),),
    ),
)
