"""Lists of leads: what CSV and JSON may look like, what each row needs, and what an import leaves."""

import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Invalid
from overture.store.campaigns import orders
from overture.usecases import accounts
from overture.usecases.campaigns import importing, sheets, suppression
from overture.usecases.campaigns.importing import Import, Listed
from overture.usecases.campaigns.sheets import Person, Row, Sheet
from overture.usecases.idempotency import Once
from tests.campaigns.test_routes import PATH, Firm, firm
from tests.doors.test_native import problem
from tests.usecases.conftest import services

__all__ = ["firm", "services"]
pytestmark = pytest.mark.anyio
HEAD = "LinkedIn URL,First Name,Last Name,Company Name,Title,Website\r\n"
ADA = "https://www.linkedin.com/in/ada,Ada,Lovelace,Acme Ltd,CFO,acme.example\r\n"


def _rows(content: str | bytes, columns: Mapping[str, str] | None = None) -> list[Row]:
    raw = content.encode() if isinstance(content, str) else content
    return list(sheets.rows_of(Sheet(io.BytesIO(raw), columns or {})))


def _person(row: Row) -> Mapping[str, str]:
    assert isinstance(row, Person), row
    return row.values


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_the_usual_forms_of_csv_are_read(mark: str, delimiter: str, ends: str) -> None:
    cells = ["ada", "Ada", '"Love""lace"', f'"Acme{delimiter}{ends} Ltd"', "", "acme.example"]
    content = mark + HEAD.replace(",", delimiter).replace("\r\n", ends) + delimiter.join(cells) + ends * 2
    rows = _rows(content + delimiter.join(["bob"] * 6))
    first, second = (_person(row) for row in rows)
    assert first == {
        "linkedin": "https://www.linkedin.com/in/ada",
        "first_name": "Ada",
        "last_name": 'Love"lace',
        "company": f"Acme{delimiter.strip()} Ltd",
        "company_website_url": "https://acme.example",
    }
    assert second["linkedin"].endswith("/in/bob")
    assert [row.line for row in rows if isinstance(row, Person)] == [2, 5]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("Prénom;Nom\nJosé".encode("latin-1"), "not UTF-8"),
        ((HEAD + ADA).encode("utf-16"), "not UTF-8"),
        (b"", "no header"),
        (b"\x00\x01\x02", "no column for linkedin"),
        ("a,b\n1,2", "no column for company"),
        (HEAD + '"x', "line 2: the file is no CSV"),
        (HEAD + '"a"b,c\n', "line 2: the file is no CSV"),
        (HEAD + "x" * 200_000, "line 2: the file is no CSV"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(content: str | bytes, part: str) -> None:
    with pytest.raises(Invalid, match=part):
        _rows(content)


def test_columns_can_be_named() -> None:
    content = "A,B,C,D,E\nada,Ada,Lovelace,Acme,x\n"
    named = {"linkedin": "A", "first_name": "B", "last_name": "C", "company": "D"}
    assert _person(_rows(content, named)[0])["company"] == "Acme"
    with pytest.raises(Invalid, match="no column 'Z' for company"):
        _rows(content, named | {"company": "Z"})
    with pytest.raises(Invalid, match="no field 'age'"):
        _rows(content, named | {"age": "E"})


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("ada", "ada"),
        (" http://fr.linkedin.com/in/ada-l/?x=1 ", "ada-l"),
        ("linkedin.com/in/jörg", "jörg"),
        ("LINKEDIN.COM/IN/Ada/details", "Ada"),
        ("https://www.linkedin.com/company/acme", None),
        ("https://www.linkedin.com/sales/lead/ACwAAA,NAME", None),
        ("https://evil.example/in/ada", None),
        ("urn:li:person:1", None),
        ("ACoAABcdEFghIJklMNop", None),
        ("a b c", None),
    ],
)
def test_profiles(given: str, found: str | None) -> None:
    assert sheets.profile(given) == (found and f"https://www.linkedin.com/in/{found}")


async def _add(firm: Firm, campaign_id: str, content: str) -> Import:
    kept: list[Import] = []

    def keep(found: Import) -> bytes:
        kept.append(found)
        return b"{}"

    caller = await accounts.acting_for(firm.services, firm.account_id)
    people = Listed(lambda: sheets.rows_of(Sheet(io.BytesIO(content.encode()), {})))
    await importing.add(firm.services, caller, UUID(campaign_id), people, Once(None, 200), keep)
    return kept[-1]


async def test_a_list_is_looked_at_and_added_once(firm: Firm) -> None:
    """Every row that is not taken is named by its line; the same list again adds nobody; the key answers again."""
    made = await firm.draft()
    path = f"{PATH}/{made['id']}/leads/csv"
    await suppression.suppress(firm.services, firm.account_id, ["linkedin.com/in/alone"])
    others = "bob,Bob,,Acme\r\nalone,Al,One,Acme\r\ncyd,Cy,C,Acme,,x y\r\n"
    content = HEAD + ADA + ADA.replace("/ada", "/ADA") + others

    async def send(to: str, **headers: str) -> dict[str, Any]:
        answer = await firm.server.client.post(to, content=content.encode(), headers={"Api-Key": firm.key} | headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    seen = await send(f"{path}/preview")
    assert (await firm.call("GET", f"{PATH}/{made['id']}")).json()["leads"] == 0
    sample = seen.pop("sample")
    assert isinstance(sample, list)
    assert sample[0]["company_website_url"] == "https://acme.example"
    first = await send(path, **{"Idempotency-Key": "i"})
    assert first == seen
    assert await send(path, **{"Idempotency-Key": "i"}) == first
    assert {name: first[name] for name in ("rows", "added", "faulty", "repeated", "known", "suppressed")} == {
        "rows": 5, "added": 1, "faulty": 2, "repeated": 1, "known": 0, "suppressed": 1,
    }  # fmt: skip
    assert {(one["line"], one["field"], one["rule"]) for one in first["problems"]} == {
        (3, "linkedin", "stands in the list twice"),
        (4, "last_name", "is required but was missing or blank"),
        (5, "linkedin", "is to be left alone"),
        (6, "company_website_url", "must be a valid HTTP or HTTPS URL"),
    }
    again = await send(path)
    assert (again["added"], again["known"]) == (0, 1)
    strict = await firm.server.client.post(f"{path}?strict=true", content=content, headers={"Api-Key": firm.key})
    assert "line 4: last_name is required" in problem(strict, 422, "invalid")
    objects = [{"linkedin": "dora", "first_name": "D", "last_name": "D", "company": "Acme", "key": "k7"}, 5, {"x": []}]
    told = await firm.call("POST", f"{PATH}/{made['id']}/leads", {"leads": objects})
    assert (told.json()["added"], told.json()["faulty"]) == (1, 2)
    listed = (await firm.call("GET", f"{PATH}/{made['id']}/leads")).json()["leads"]
    assert [(one["linkedin"], one["key"], one["state"]) for one in listed] == [
        ("https://www.linkedin.com/in/ada", "", "queued"),
        ("https://www.linkedin.com/in/dora", "k7", "queued"),
    ]


async def test_a_finished_campaign_runs_again_and_a_stopped_one_takes_nobody(firm: Firm) -> None:
    made = await firm.draft()
    assert (await _add(firm, made["id"], HEAD + ADA)).added == 1
    now, chosen = firm.services.clock.now(), UUID(made["id"])
    async with firm.services.database.transaction() as tx:
        await orders.set_state(tx, chosen, CampaignState.DRAFT, CampaignState.RUNNING, now)
        await orders.set_state(tx, chosen, CampaignState.RUNNING, CampaignState.FINISHED, now)
    assert (await _add(firm, made["id"], HEAD + ADA)).added == 0
    assert (await firm.call("GET", f"{PATH}/{made['id']}")).json()["state"] == "finished"
    assert (await _add(firm, made["id"], HEAD + ADA.replace("/ada", "/eve"))).added == 1
    assert (await firm.call("GET", f"{PATH}/{made['id']}")).json()["state"] == "running"
    await firm.call("POST", f"{PATH}/{made['id']}/stop")
    body = {"leads": [{"linkedin": "zoe", "first_name": "Z", "last_name": "Z", "company": "Z"}]}
    problem(await firm.call("POST", f"{PATH}/{made['id']}/leads", body), 409, "conflict")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("ada\nhttps://linkedin.com/in/bob/\n\n", ["ada", "https://linkedin.com/in/bob/"]),
        ("Name;LinkedIn URL\nAda;ada\n;\nBob;bob", ["ada", "bob"]),
        ("profile\r\nada\r\n", ["ada"]),
    ],
)
def test_lists_of_people_to_be_left_alone(content: str, found: list[str]) -> None:
    assert sheets.profiles_of(io.BytesIO(content.encode())) == found


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"ada\nacme.example/about us\n", "line 2: 'acme.example/about us' is no profile"),
        (b"a,b\n1,2", "name it"),
        ("Jos\xe9".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_list_that_names_nobody_is_refused(content: bytes, part: str) -> None:
    with pytest.raises(Invalid, match=part):
        sheets.profiles_of(io.BytesIO(content))


async def test_people_are_left_alone_over_http(firm: Firm) -> None:
    """Their leads are stopped at once, whatever they wait for; the list is asked for once a key."""
    await _add(firm, (await firm.draft())["id"], HEAD + ADA)
    path, body = "/api/native/suppressions", {"profiles": ["ada", "linkedin.com/in/ADA", "bob"]}
    first = await firm.call("POST", path, body, Idempotency_Key="s")
    assert first.json() == {"new": 2, "total": 2}
    stands = await firm.services.database.once("SELECT state, reason FROM campaign_position")
    assert stands is not None
    assert tuple(stands) == ("stopped", "suppressed")
    assert (await firm.call("POST", path, body, Idempotency_Key="s")).content == first.content
    assert (await firm.call("POST", path, body)).json() == {"new": 0, "total": 2}
    told = problem(await firm.call("POST", path, {"profiles": ["ada", 1, "acme.example/x y"]}), 422, "invalid")
    assert "profiles[1]" in told
    assert "profiles[2]" in told
    for wrong in ({}, {"profiles": []}, {"profiles": "ada"}, {"profiles": ["ada"], "reason": 1}):
        problem(await firm.call("POST", path, wrong), 422, "invalid")
