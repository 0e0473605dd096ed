"""What a request body must be, in the exact words that a caller reads."""

from collections.abc import Callable
from typing import Any

import pytest

from overture.api.body import digest
from overture.api.upscale.declaration import LEAD_FIELDS, REQUEST_FIELDS, Field, Kind
from overture.api.upscale.examples import request, smallest_request
from overture.api.upscale.validation import Validator
from overture.domain.errors import Invalid
from overture.domain.messages import MessageType, Tone
from overture.domain.requests import GenerationRequest, Lead, Step

Body = dict[str, Any]
TYPES = "connection_request, first_follow_up, stage_ambition, share_material, hiring_activity"
TEXTS = tuple(field for field in REQUEST_FIELDS if field.kind not in {Kind.STEPS, Kind.LEADS})
WRONG = [1, 1.5, True, False, [], ["x"], {}, {"a": 1}]


def parse(body: Body) -> GenerationRequest:
    return Validator(2_000).parse(body)


def mistakes(body: Body) -> list[str]:
    with pytest.raises(Invalid) as caught:
        parse(body)
    return caught.value.messages


def body(**changes: object) -> Body:
    return {**smallest_request(), **changes}


def with_types(*types: str, **changes: object) -> Body:
    steps = [{"step": number, "messageType": kind} for number, kind in enumerate(types, 1)]
    return body(message_sequence=steps, **changes)


def lead(**changes: object) -> Body:
    leads: list[Body] = smallest_request()["lead_data"]  # type: ignore[assignment]
    return {**leads[0], **changes}


def without(values: Body, name: str) -> Body:
    return {key: value for key, value in values.items() if key != name}


def test_a_full_request_is_read() -> None:
    """Every field arrives where it belongs."""
    given = request()
    given["message_sequence"] = [{"step": 1, "messageType": kind.value} for kind in MessageType]
    read = parse(given)
    assert read == GenerationRequest(
        digest=digest(given),
        completion_notification_url="https://app.example.com/webhooks/overture",
        customer_id="cust_123",
        campaign_id="camp_456",
        campaign_name="Spring outreach",
        proposition_company_name="Example Software",
        proposition_company_url="https://software.example.com",
        sequence=tuple(Step(1, kind) for kind in MessageType),
        leads=(
            Lead(
                "lead_789",
                "https://www.linkedin.com/in/example-lead",
                "Example Analytics Ltd",
                "Ada",
                "Example",
                job_title="Head of Operations",
                company_website_url="https://analytics.example.com",
                specified_url="https://analytics.example.com/news",
            ),
        ),
        tone=Tone.CASUAL,
        signoff_name="Sam",
        material_link="https://software.example.com/guide",
        hiring_location="GB",
    )


def test_the_smallest_request_is_read() -> None:
    """Optional fields may be left out."""
    read = parse(smallest_request())
    assert (read.tone, read.signoff_name, read.material_link, read.hiring_location) == (Tone.NORMAL, None, None, None)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
@pytest.mark.parametrize("blank", [None, "", " ", "\t\n", "\u00a0\u2003"])
def test_a_missing_field(field: Field, blank: str | None) -> None:
    """Absent, null, empty and white space are all missing: an error where required, else nothing."""
    for given in (body(**{field.name: blank}), without(body(), field.name)):
        if field.required:
            assert mistakes(given) == [f"{field.name} is required but was missing or blank"]
        else:
            assert parse(given)


@pytest.mark.parametrize("field", LEAD_FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize("blank", [None, "", " ", "\t\n"])
def test_a_missing_field_of_a_lead(field: Field, blank: str | None) -> None:
    """The error carries the lead's index, from 0."""
    for second in (lead(**{field.name: blank}), without(lead(), field.name)):
        given = body(lead_data=[lead(), second])
        if field.required:
            assert mistakes(given) == [f"lead_data[1].{field.name} is required but was missing or blank"]
        else:
            assert parse(given)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_field_of_the_wrong_type(field: Field, wrong: object) -> None:
    """Only text is text; numbers are not turned into it."""
    assert mistakes(body(**{field.name: wrong})) == [f"{field.name} must be a string"]


@pytest.mark.parametrize("field", LEAD_FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_lead_field_of_the_wrong_type(field: Field, wrong: object) -> None:
    """An id given as a number is refused too: it comes back as text, and would not be what was sent."""
    assert mistakes(body(lead_data=[lead(**{field.name: wrong})])) == [f"lead_data[0].{field.name} must be a string"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "message_sequence is required but was missing or blank"),
        ("", "message_sequence is required but was missing or blank"),
        ("connection_request", "message_sequence must be an array"),
        ({"step": 1}, "message_sequence must be an array"),
        (5, "message_sequence must be an array"),
        ([], "message_sequence must contain at least one step"),
        ([{"step": 1, "messageType": "connection_request"}] * 101, "message_sequence must contain at most 100 steps"),
        ([5], "message_sequence[0] must be an object"),
        ([{"messageType": "first_follow_up"}], "message_sequence[0].step must be an integer"),
        ([{"step": "1", "messageType": "first_follow_up"}], "message_sequence[0].step must be an integer"),
        ([{"step": 1.0, "messageType": "first_follow_up"}], "message_sequence[0].step must be an integer"),
        ([{"step": True, "messageType": "first_follow_up"}], "message_sequence[0].step must be an integer"),
        ([{"step": 10**30, "messageType": "first_follow_up"}], "message_sequence[0].step must be at most 1000"),
        ([{"step": 2, "messageType": "first_follow_up"}], "message_sequence must start at step 1"),
        ([{"step": -1, "messageType": "first_follow_up"}], "message_sequence must start at step 1"),
        (
            [{"step": 2, "messageType": "first_follow_up"}, {"step": 1, "messageType": "connection_request"}],
            "message_sequence must start at step 1",
        ),
        (
            [{"step": 1, "messageType": "first_follow_up"}, {"step": 0, "messageType": "connection_request"}],
            "message_sequence must start at step 1",
        ),
        ([{"step": 1}], "message_sequence[0].messageType is required but was missing or blank"),
        ([{"step": 1, "messageType": "breakup"}], f"message_sequence[0].messageType must be one of: {TYPES}"),
        ([{"step": 1, "messageType": "re-engagement"}], f"message_sequence[0].messageType must be one of: {TYPES}"),
        ([{"step": 1, "messageType": ["first_follow_up"]}], f"message_sequence[0].messageType must be one of: {TYPES}"),
        ([{"step": 1, "messageType": "First_Follow_Up"}], f"message_sequence[0].messageType must be one of: {TYPES}"),
    ],
)
def test_a_bad_sequence(value: object, sentence: str) -> None:
    """Each mistake has its sentence."""
    assert mistakes(body(message_sequence=value)) == [sentence]


def test_steps_may_repeat_and_skip() -> None:
    """A step may have several types, and numbers may have gaps."""
    read = parse(
        body(
            message_sequence=[
                {"step": 1, "messageType": "connection_request"},
                {"step": 1, "message_type": "first_follow_up"},
                {"step": 7, "messageType": "first_follow_up", "wait": "ignored"},
            ]
        )
    )
    assert [(step.step, step.type.value) for step in read.sequence] == [
        (1, "connection_request"),
        (1, "first_follow_up"),
        (7, "first_follow_up"),
    ]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "lead_data is required but was missing or blank"),
        ("", "lead_data is required but was missing or blank"),
        ({}, "lead_data must be an array"),
        ("lead", "lead_data must be an array"),
        ([], "lead_data must contain at least one lead"),
        ([5], "lead_data[0] must be an object"),
        ([None], "lead_data[0] must be an object"),
        ([{}] * 2_001, "lead_data must contain at most 2000 leads"),
    ],
)
def test_bad_leads(value: object, sentence: str) -> None:
    """Each mistake has its sentence."""
    assert mistakes(body(lead_data=value)) == [sentence]


def test_the_most_leads_allowed_pass() -> None:
    """The limit is inclusive."""
    leads = [lead(automation_tool_lead_id=f"lead_{number}") for number in range(2_000)]
    assert len(parse(body(lead_data=leads)).leads) == 2_000


def test_the_documented_example_of_several_mistakes() -> None:
    """All mistakes at once, joined by one space, the request's fields before the leads."""
    given = body(
        automation_tool_customer_id="",
        proposition_company_url="ftp://software.example.com",
        lead_data=[lead(first_name=None), lead(lead_company="  ")],
    )
    with pytest.raises(Invalid) as caught:
        parse(given)
    assert str(caught.value) == (
        "automation_tool_customer_id is required but was missing or blank "
        "proposition_company_url must be a valid HTTP or HTTPS URL "
        "lead_data[0].first_name is required but was missing or blank "
        "lead_data[1].lead_company is required but was missing or blank"
    )


def test_an_empty_object_names_every_required_field_in_order() -> None:
    """The order is the table's."""
    required = [field.name for field in REQUEST_FIELDS if field.required]
    assert mistakes({}) == [f"{name} is required but was missing or blank" for name in required]
    assert required == [
        "completion_notification_url",
        "automation_tool_customer_id",
        "automation_tool_campaign_id",
        "automation_tool_campaign_name",
        "proposition_company_name",
        "proposition_company_url",
        "message_sequence",
        "lead_data",
    ]


def test_mistakes_of_steps_stand_between_the_request_and_the_leads() -> None:
    """Fields first, then steps by index, then leads by index."""
    given = body(
        message_sequence=[{"step": 1}, {"messageType": "breakup"}],
        lead_data=[lead(last_name=""), 5],
        tone_preference="rude",
        automation_tool_campaign_id=7,
    )
    assert mistakes(given) == [
        "automation_tool_campaign_id must be a string",
        "tone_preference must be one of: formal, normal, casual",
        "message_sequence[0].messageType is required but was missing or blank",
        "message_sequence[1].step must be an integer",
        f"message_sequence[1].messageType must be one of: {TYPES}",
        "lead_data[0].last_name is required but was missing or blank",
        "lead_data[1] must be an object",
    ]


@pytest.mark.parametrize("tone", ["formal", "normal", "casual"])
def test_tones(tone: str) -> None:
    """Three tones, as written."""
    assert parse(body(tone_preference=tone)).tone.value == tone
    assert mistakes(body(tone_preference=tone.upper())) == ["tone_preference must be one of: formal, normal, casual"]


@pytest.mark.parametrize("code", ["GB", "gb", "us", "De"])
def test_countries_in_any_case(code: str) -> None:
    """The code is kept in upper case."""
    assert parse(with_types("hiring_activity", hiring_location=code)).hiring_location == code.upper()


@pytest.mark.parametrize("code", ["UK", "ZZ", "GBR", "United Kingdom", "\u00df", "\u0131n", "g b", "826"])
def test_what_is_no_country(code: str) -> None:
    """Only assigned codes of two ASCII letters are countries."""
    expected = ["hiring_location must be a valid ISO 3166-1 country code"]
    assert mistakes(body(hiring_location=code)) == expected


@pytest.mark.parametrize(
    ("kind", "name"),
    [("share_material", "material_link"), ("hiring_activity", "hiring_location"), ("stage_ambition", "job_title")],
)
def test_a_type_may_need_a_field(kind: str, name: str) -> None:
    """What a type needs is missing only where the type is asked for."""
    assert mistakes(with_types(kind)) == [f"{name} is required but was missing or blank"]
    assert mistakes(with_types("connection_request", kind, **{name: " "})) == [
        f"{name} is required but was missing or blank"
    ]
    assert parse(with_types("connection_request"))


def test_a_missing_conditional_field_keeps_its_place() -> None:
    """The order is the table's also for fields that a type needs."""
    given = with_types("share_material", "hiring_activity", "stage_ambition", proposition_company_name=None)
    assert mistakes(given) == [
        "proposition_company_name is required but was missing or blank",
        "job_title is required but was missing or blank",
        "material_link is required but was missing or blank",
        "hiring_location is required but was missing or blank",
    ]


def test_material_link_has_a_second_name() -> None:
    """Either is taken, `material_link` goes first, and errors name it."""
    first, second = "https://a.example.com/", "https://b.example.com/"
    assert parse(with_types("share_material", material_link_one=second)).material_link == second
    both = with_types("share_material", material_link=first, material_link_one=second)
    assert parse(both).material_link == first
    blank = with_types("share_material", material_link=" ", material_link_one=second)
    assert parse(blank).material_link == second
    wrong = with_types("share_material", material_link_one="ftp://b.example.com")
    assert mistakes(wrong) == ["material_link must be a valid HTTP or HTTPS URL"]


def _titles(given: Body) -> list[str | None]:
    return [item.job_title for item in parse(given).leads]


def test_a_job_title_may_stand_in_the_request_or_in_the_lead() -> None:
    """The lead's own goes first; the request's is for those without."""
    leads = [lead(job_title="CTO"), lead()]
    assert _titles(with_types("stage_ambition", job_title="COO", lead_data=leads)) == ["CTO", "COO"]
    assert _titles(with_types("stage_ambition", lead_data=[lead(job_title="CTO")])) == ["CTO"]
    assert _titles(with_types("connection_request", lead_data=leads)) == ["CTO", None]


def test_where_some_leads_have_a_job_title_the_others_are_named() -> None:
    """A title nowhere is one mistake of the request; a title here and there is a mistake of each lead without."""
    leads = [lead(), lead(job_title="CTO"), lead(job_title=" ", last_name="")]
    assert mistakes(with_types("stage_ambition", lead_data=leads)) == [
        "lead_data[0].job_title is required but was missing or blank",
        "lead_data[2].last_name is required but was missing or blank",
        "lead_data[2].job_title is required but was missing or blank",
    ]
    nowhere = with_types("stage_ambition", lead_data=[lead(), lead()])
    assert mistakes(nowhere) == ["job_title is required but was missing or blank"]
    empty = with_types("stage_ambition", lead_data=[])
    assert mistakes(empty) == ["lead_data must contain at least one lead"]


@pytest.mark.parametrize("control", ["\0", "a\0b", "\x1b[31m", "a\x7f", "a\x08"])
def test_control_characters_are_refused(control: str) -> None:
    """They cannot be stored, or do harm where they are shown."""
    assert mistakes(body(proposition_company_name=control)) == [
        "proposition_company_name must not contain control characters"
    ]
    assert mistakes(body(lead_data=[lead(first_name=control)])) == [
        "lead_data[0].first_name must not contain control characters"
    ]


@pytest.mark.parametrize(
    "text", ["Zo\u00eb", "\u5f20\u4f1f", "O'Brien \U0001f600", "two\nlines\tand a tab", "\u202eabc", "a\x85b"]
)
def test_any_other_text_is_kept_as_sent(text: str) -> None:
    """Nothing is trimmed or normalised."""
    assert parse(body(lead_data=[lead(first_name=text)])).leads[0].first_name == text


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("automation_tool_customer_id", 255),
        ("proposition_company_name", 10_000),
        ("completion_notification_url", 2_048),
    ],
)
def test_lengths(name: str, limit: int) -> None:
    """The longest text passes, one more does not."""
    text = ("https://x.example/" if name.endswith("url") else "").ljust(limit, "a")
    assert parse(body(**{name: text}))
    assert mistakes(body(**{name: f"{text}a"})) == [f"{name} must be at most {limit} characters"]


def test_unknown_fields_are_ignored() -> None:
    """Callers send more than the tables name."""
    given = body(id=5, leads=[], lead_data=[lead(company="x", job_titles=[1])])
    assert parse(given).leads == parse(body()).leads


def test_webhooks_may_be_held_to_https() -> None:
    """An operator may refuse plain http, for webhooks only."""
    strict = Validator(10, https_webhooks_only=True)
    given = body(proposition_company_url="http://software.example.com")
    assert strict.parse(given)
    with pytest.raises(Invalid, match=r"^completion_notification_url must be a valid HTTPS URL$"):
        strict.parse(body(completion_notification_url="http://app.example.com"))


@pytest.mark.parametrize("change", [lambda b: dict(reversed(b.items())), dict])
def test_the_digest_does_not_depend_on_order(change: Callable[[Body], Body]) -> None:
    """Equal bodies are duplicates however they are laid out."""
    assert parse(change(body())).digest == parse(body()).digest


def test_the_digest_depends_on_everything_else() -> None:
    """Unknown fields count too: the bodies are compared, not what we read of them."""
    digests = {parse(given).digest for given in (body(), body(x=1), body(x=2), body(signoff_name="S"))}
    assert len(digests) == 4
