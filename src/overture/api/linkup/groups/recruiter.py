"""Job posts and candidates (linkup.md, 2.9)."""

import base64

from overture.api.linkup import shapes_content as shapes
from overture.api.linkup.endpoint import Call, Endpoint, Reply, Shape, data, does, lists, pages
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.groups.profile import COMPANY_URL
from overture.api.linkup.paging import Paging, listed, paging
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import CloseJob, CreateJob, PublishJob
from overture.domain.linkedin.queries import Window
from overture.usecases.linkedin.acting import Done

JOB_ID = Field("job_id", Kind.ID, "The job post.", "4012345678", required=True)
RATINGS = ("UNRATED", "GOOD_FIT", "MAYBE", "NOT_A_FIT")
STATUSES = ("FULL_TIME", "PART_TIME", "CONTRACT", "TEMPORARY", "VOLUNTEER", "INTERNSHIP")


def _candidates(params: Params, asked: Paging) -> queries.Candidates:
    start = params.text("start")
    window = asked.window
    if start.isascii() and start.isdigit() and len(start) < 9:
        window = Window(int(start), window.count)
    years = params.text("yearsOfExperience")
    return queries.Candidates(
        job_id=params.text("job_id"),
        ascending=params.text("sortOrder") == "ASCENDING",
        ratings=params.texts("ratings"),
        locations=params.texts("location"),
        min_years=int(years) if years.isascii() and years.isdigit() and len(years) < 3 else None,
        window=window,
    )


async def _cv(call: Call) -> Reply:
    file = await call.read(queries.CandidateFile(call.params.text("application_id")))
    content = base64.b64encode(file.content).decode()
    return data({"filename": file.name, "content_type": file.media_type, "data": content})


async def _jobs(call: Call) -> Reply:
    params = call.params
    asked = paging(params)
    found = await call.read(queries.Jobs(params.text("job_id"), asked.window))
    items = [shapes.job(item, details=params.flag("fetch_details")) for item in found.items]
    return data(listed("job_posts", items, asked, found), asked.credits(found))


def _new_job(params: Params) -> CreateJob:
    return CreateJob(
        company_url=params.text("company_url"),
        title=params.text("title"),
        place=params.text("place"),
        html_description=params.raw("html_description"),
        employment_status=params.text("employment_status"),
        workplace=params.text("workplace"),
        skills=params.texts("skills"),
        screening_questions=params.texts("screening_questions"),
        auto_rejection_template=params.raw("auto_rejection_template") or None,
        contact_email=params.text("contact_email") or None,
    )


def _created(done: Done) -> Shape:
    return {"job_id": done.result.get("job_id")}


ENDPOINTS = (
    Endpoint(
        "30",
        "POST",
        "/v1/recruiter/candidates",
        "recruiter",
        "Who applied for a job",
        "D",
        lists("candidates", _candidates, shapes.candidate),
        (
            JOB_ID,
            Field("start", Kind.ID, "The first item, from 0, in place of pages.", "0"),
            Field("sortType", Kind.TEXT, "What to sort by.", "APPLIED_DATE", choices=("APPLIED_DATE",)),
            Field(
                "sortOrder",
                Kind.TEXT,
                "The order.",
                "DESCENDING",
                default="DESCENDING",
                choices=("ASCENDING", "DESCENDING"),
            ),
            Field(
                "ratings", Kind.LIST, "Ratings; several with `;` or `,`.", "GOOD_FIT", choices=RATINGS, separators=",;"
            ),
            Field("location", Kind.LIST, "Where they live; several with `;`.", "Lyon"),
            Field("yearsOfExperience", Kind.ID, "At least so many years.", "3"),
        ),
        most=pages(),
        paged=10,
        answer="`data.candidates` with totals.",
        example={"total_results": 0, "candidates": []},
    ),
    Endpoint(
        "31",
        "POST",
        "/v1/recruiter/cv",
        "recruiter",
        "A candidate's CV",
        "C",
        _cv,
        (Field("application_id", Kind.ID, "As candidates returned it.", "99", required=True),),
        answer="`data` holds the file as base64.",
        example={"filename": "cv.pdf", "content_type": "application/pdf", "data": "JVBERi0="},
    ),
    Endpoint(
        "32",
        "POST",
        "/v1/recruiter/job-posts",
        "recruiter",
        "The account's job posts",
        "C",
        _jobs,
        (
            Field("job_id", Kind.ID, "This one only.", "4012345678"),
            Field("fetch_details", Kind.BOOLEAN, "With description and skills.", example=True, default=False),
        ),
        most=pages(),
        paged=10,
        answer="`data.job_posts` with totals.",
        example={"total_results": 0, "job_posts": []},
    ),
    Endpoint(
        "33",
        "POST",
        "/v1/recruiter/publish-job",
        "recruiter",
        "Open a job post",
        "C",
        does(lambda p: PublishJob(p.text("job_id")), "The job post is open."),
        (JOB_ID,),
        acts=True,
        answer="`message`.",
        example={"message": "The job post is open."},
    ),
    Endpoint(
        "34",
        "POST",
        "/v1/recruiter/close-job",
        "recruiter",
        "Close a job post",
        "C",
        does(lambda p: CloseJob(p.text("job_id")), "The job post is closed."),
        (JOB_ID,),
        acts=True,
        answer="`message`.",
        example={"message": "The job post is closed."},
    ),
    Endpoint(
        "35",
        "POST",
        "/v1/recruiter/create-job",
        "recruiter",
        "Draft a job post",
        "C",
        does(_new_job, "The job post was drafted.", _created),
        (
            COMPANY_URL,
            Field("title", Kind.TEXT, "The role.", "Data Engineer", required=True),
            Field("place", Kind.TEXT, "Where it is.", "Lyon", required=True),
            Field("html_description", Kind.TEXT, "The description, as HTML.", "<p>...</p>", required=True),
            Field(
                "employment_status",
                Kind.TEXT,
                "The kind of employment.",
                "FULL_TIME",
                default="FULL_TIME",
                choices=STATUSES,
            ),
            Field("workplace", Kind.ID, "1 on site, 2 remote, 3 hybrid.", "1", default="1"),
            Field("skills", Kind.STRINGS, "Skills; an array, or the text that a client failed to parse.", ["Python"]),
            Field("screening_questions", Kind.OBJECTS, "Questions to applicants.", [{"question": "Do you know SQL?"}]),
            Field("auto_rejection_template", Kind.TEXT, "What rejected applicants are told.", "Thank you for ..."),
            Field("contact_email", Kind.TEXT, "Whom applicants may write to.", "jobs@example.com"),
        ),
        acts=True,
        answer="`message`, and `data.job_id`.",
        example={"message": "The job post was drafted."},
    ),
)
