"""Values of a body: what is taken, what is refused, and in which words."""

import base64

import pytest

from overture.api.linkup.fields import Field, Kind, Media, parse
from overture.api.linkup.groups.posts import REACTIONS
from overture.api.linkup.index import ENDPOINTS

WRONG: dict[Kind, list[object]] = {
    Kind.TEXT: [1, True, [], {}, "x" * 10_001, "a\0b"],
    Kind.LIST: [1, {}, [1], ["a\0"], ";".join(["x"] * 201)],
    Kind.INTEGER: ["x", 1.5, True, [], 10**30, "9" * 40, -1],
    Kind.BOOLEAN: ["yes", 1, []],
    Kind.URL: [1, "ftp://x.example", "https://", "http://[", "javascript:1", "https://a b.example/"],
    Kind.ID: [True, 1.5, [], {}],
    Kind.STRINGS: [1, {}, [1]],
    Kind.OBJECTS: [1, {}, [1], [{"other": "x"}]],
    Kind.FILE: ["x", 1, {}, {"data": "?"}, {"data": "a" * 5_000_000}],
}
HOSTILE = ["' OR 1=1 --", "{{7*7}}", "../../etc/passwd", "\u202e", "<script>", "%00", "𝓐" * 50]


def one(kind: Kind, value: object, **more: object) -> tuple[object, list[str]]:
    spec = Field("x", kind, "A field.", "", **more)  # type: ignore[arg-type]
    params, problems = parse((spec,), {"x": value})
    return params.values.get("x"), problems


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in WRONG.items() for value in values])
def test_wrong_types_are_named(kind: Kind, value: object) -> None:
    """Each mistake is one sentence that names the parameter."""
    _, problems = one(kind, value)
    assert len(problems) == 1
    assert problems[0].startswith("Parameter x must be ")
    assert len(problems[0]) < 200


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_blank_is_missing(value: object) -> None:
    """Absent, null and blank are the same."""
    assert one(Kind.TEXT, value, required=True)[1] == ["Missing required parameter: x"]
    assert one(Kind.TEXT, value, default="d") == ("d", [])


def test_numbers_and_booleans_come_as_text_too() -> None:
    """Several clients send what a person typed."""
    assert one(Kind.INTEGER, " 12 ") == (12, [])
    assert one(Kind.BOOLEAN, "FALSE") == (False, [])
    assert one(Kind.ID, 7_123_456_789_012_345_678) == ("7123456789012345678", [])


def test_lists_are_split_at_either_separator() -> None:
    """``network`` is documented with a comma, and was sent with a semicolon."""
    assert one(Kind.LIST, "f, S;O", separators=",;", choices=("F", "S", "O"))[0] == ("F", "S", "O")
    assert one(Kind.LIST, ["Lyon", " Paris "])[0] == ("Lyon", "Paris")


def test_aliases_give_way_to_the_name() -> None:
    """The first name that holds something wins."""
    spec = Field("linkedin_url", Kind.TEXT, "A member.", "", required=True, aliases=("profile_url",))
    assert parse((spec,), {"profile_url": "b", "linkedin_url": "a"})[0].text("linkedin_url") == "a"
    assert parse((spec,), {"profile_url": "b"})[0].text("linkedin_url") == "b"


def test_a_file_is_decoded() -> None:
    """With and without the beginning of a data URL."""
    data = base64.b64encode(b"hello").decode()
    assert one(Kind.FILE, {"data": data, "filename": "a.txt"})[0] == Media("a.txt", b"hello")
    assert one(Kind.FILE, {"data": f"data:text/plain;base64,{data}"})[0] == Media("file", b"hello")


def test_every_endpoint_bears_every_value() -> None:
    """Whatever stands in a field, parsing ends with values or with sentences."""
    for endpoint in ENDPOINTS:
        for spec in endpoint.all_fields:
            for value in [*HOSTILE, *(item for values in WRONG.values() for item in values)]:
                params, problems = parse(endpoint.all_fields, {spec.name: value, "unknown": [{}]})
                assert all(isinstance(problem, str) for problem in problems)
                assert set(params.values) >= {item.name for item in endpoint.all_fields} - {spec.name}


def test_the_reference_has_59_rows() -> None:
    """One row each, and one alias."""
    assert [int(endpoint.row) for endpoint in ENDPOINTS] == list(range(1, 60))
    assert len({(endpoint.method, endpoint.path) for endpoint in ENDPOINTS}) == 59
    assert [alias for endpoint in ENDPOINTS for alias in endpoint.aliases] == ["/v1/network/accept-invitations"]


def test_reactions_have_both_names() -> None:
    """People's names and the API's own."""
    assert REACTIONS["celebrate"] is REACTIONS["praise"]
    assert len(set(REACTIONS.values())) == 6
