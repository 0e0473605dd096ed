"""Lists of people as they arrive, CSV or JSON objects: row by row, each checked, nothing kept in memory."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO
from urllib.parse import urlsplit

from overture.domain.errors import Invalid

MOST_ROWS = 100_000
MOST_TEXT = 500
MOST_URL = 2_048
MOST_HEAD = 65_536
REQUIRED = ("linkedin", "first_name", "last_name", "company")
OPTIONAL = ("job_title", "company_website_url", "specified_url", "key")
FIELDS = (*REQUIRED, *OPTIONAL)
URLS = frozenset({"company_website_url", "specified_url"})
DELIMITERS = ",;\t"

NAMES: dict[str, str] = {
    alias: name
    for name, aliases in {
        "linkedin": "linkedin linkedinurl linkedinprofile linkedinprofileurl leadlinkedin profileurl profile publicid"
        " personlinkedinurl linkedinpublicid profilelink linkedinlink",
        "first_name": "firstname givenname first vorname prenom",
        "last_name": "lastname surname familyname last nachname nom",
        "company": "company companyname organization organisation organizationname accountname employer leadcompany"
        " firma currentcompany",
        "job_title": "jobtitle title position role headline",
        "company_website_url": "companywebsiteurl companywebsite website companyurl domain companydomain"
        " leadcompanywebsiteurl",
        "specified_url": "specifiedurl page pageurl customurl leadspecifiedurl",
        "key": "key id leadid automationtoolleadid externalid crmid",
    }.items()
    for alias in aliases.split()
}
"""How the columns of usual exports are named, without case, spaces and punctuation."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w-]{2,3}\.)?linkedin\.com/in/(?P<id>[^/?#\s]+)/?(?:[?#/]\S*)?", re.IGNORECASE
)
_PUBLIC_ID = re.compile(r"[\w%.-]{3,200}")
_INTERNAL = re.compile(r"ac[owr]aa[\w-]{10,}|urn:.*", re.IGNORECASE)
NOT_UTF8 = "the file is not UTF-8 text; it may be Latin-1 or UTF-16: save it as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class Person:
    """A row that can be taken. ``line`` is where it begins in the file, from 1; of JSON, its number."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not taken, and why: ``rule`` is a sentence after the field's name."""

    line: int
    field: str
    rule: str


Row = Person | tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with people. ``columns`` names the column of a field where it is not to be guessed."""

    file: BinaryIO
    columns: Mapping[str, str]


def plain(header: str) -> str:
    """Return a column's name as names are compared."""
    return re.sub(r"[\W_]+", "", header.casefold())


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows of a CSV file (RFC 4180; comma, semicolon or tab; with or without a byte order mark).

    Raises:
        Invalid: the file cannot be read as such, or a needed column is missing.
    """
    sheet.file.seek(0)
    text = io.TextIOWrapper(sheet.file, "utf-8-sig", errors="strict", newline="")
    try:
        yield from _rows(text, sheet.columns)
    except UnicodeDecodeError:
        raise Invalid([NOT_UTF8]) from None
    finally:
        text.detach()


def _rows(text: io.TextIOWrapper, columns: Mapping[str, str]) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=_delimiter(text), strict=True)
    begins, count, places = 1, 0, None
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise Invalid([f"line {begins}: the file is no CSV: {error}"]) from None
        line, begins = begins, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if places is None:
            places = find_columns(cells, columns)
            continue
        count += 1
        if count > MOST_ROWS:
            raise Invalid([f"a list has at most {MOST_ROWS} rows; import it in parts"])
        yield check(line, {name: cells[at] for name, at in places.items() if at < len(cells)})
    if places is None:
        raise Invalid(["the file has no header line"])


def find_columns(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each field's column: the one that was named, else the first whose name is known.

    Raises:
        Invalid: there is no such field or column, or no column for a field that is required.
    """
    there = [cell.strip() for cell in header]
    problems = [f"there is no field {name[:64]!r}" for name in columns if name not in FIELDS]
    places: dict[str, int] = {}
    for name, column in columns.items():
        if column in there:
            places[name] = there.index(column)
        elif name in FIELDS:
            problems.append(f"there is no column {column[:64]!r} for {name}")
    for at, cell in enumerate(there):
        name = NAMES.get(plain(cell))
        if name and name not in columns and at not in places.values():
            places.setdefault(name, at)
    problems += [f"no column for {name} was found; name it" for name in REQUIRED if name not in {**places, **columns}]
    if problems:
        raise Invalid(problems)
    return places


def rows_of_objects(items: Sequence[object]) -> Iterator[Row]:
    """Yield the rows of a JSON array; keys are the fields' own names, or those that columns may have.

    Raises:
        Invalid: there are too many.
    """
    if len(items) > MOST_ROWS:
        raise Invalid([f"a list has at most {MOST_ROWS} rows; import it in parts"])
    for line, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield (Problem(line, "lead", "must be an object"),)
            continue
        values: dict[str, str] = {}
        problems: list[Problem] = []
        for key, value in item.items():  # pyright: ignore[reportUnknownVariableType]
            name = NAMES.get(plain(str(key)))  # pyright: ignore[reportUnknownArgumentType]
            if name is None or value is None:
                continue
            if isinstance(value, str):
                values.setdefault(name, value)
            else:
                problems.append(Problem(line, name, "must be a string"))
        yield tuple(problems) if problems else check(line, values)


def profile(text: str) -> str | None:
    """Return a member's address for an address or a public id; None for what is neither.

    Ids that only LinkedIn can resolve (``ACoAA...``, ``urn:``), and Sales Navigator's addresses, are neither.
    """
    match = _PROFILE.fullmatch(text.strip())
    public_id = match["id"] if match else text.strip()
    if not _PUBLIC_ID.fullmatch(public_id) or _INTERNAL.fullmatch(public_id):
        return None
    return f"https://www.linkedin.com/in/{public_id}"


def check(line: int, given: Mapping[str, str]) -> Row:
    """Return the person of a row, or everything that is wrong with it."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name in FIELDS:
        text = given.get(name, "").strip()
        if not text:
            if name in REQUIRED:
                problems.append(Problem(line, name, "is required but was missing or blank"))
            continue
        fault, value = _value(name, text)
        if fault:
            problems.append(Problem(line, name, fault))
        values[name] = value
    return tuple(problems) if problems else Person(line, values)


def _value(name: str, text: str) -> tuple[str | None, str]:
    most = MOST_URL if name in URLS else MOST_TEXT
    if len(text) > most:
        return f"must be at most {most} characters", text
    if _CONTROL.search(text) or (not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text)):
        return "must not contain control characters", text
    if name == "linkedin":
        found = profile(text)
        return (None, found) if found else ("must be a profile's address (linkedin.com/in/...) or public id", text)
    if name in URLS:
        return _url(text)
    return None, " ".join(text.split())


def _url(text: str) -> tuple[str | None, str]:
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)
        _ = parts.port
    except ValueError:
        good = False
    return (None, url) if good else ("must be a valid HTTP or HTTPS URL", text)


def profiles_of(file: BinaryIO, column: str = "") -> list[str]:
    """Return the profiles of a list of people: a CSV file with a column of them, or a text with one a line.

    Raises:
        Invalid: it cannot be read, or a line of it names no profile; every such line is named, up to 100.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, "utf-8-sig", errors="strict", newline="")
    try:
        lines = list(islice(csv.reader(text, delimiter=_delimiter(text), strict=True), MOST_ROWS + 2))
    except UnicodeDecodeError:
        raise Invalid([NOT_UTF8]) from None
    except csv.Error as error:
        raise Invalid([f"the file is no CSV: {error}"]) from None
    finally:
        text.detach()
    head = [cell.strip() for cell in lines[0]] if lines else []
    at = next((n for n, cell in enumerate(head) if cell == column or NAMES.get(plain(cell)) == "linkedin"), None)
    if column and column not in head:
        raise Invalid([f"there is no column {column[:64]!r}"])
    if at is None and len(head) > 1:
        raise Invalid(["no column with profiles was found; name it"])
    first, at = (1, 0) if at is None else (2, at)
    cells = [(line, cells[at].strip()) for line, cells in enumerate(lines[first - 1 :], first) if len(cells) > at]
    wrong = [f"line {line}: {text[:100]!r} is no profile" for line, text in cells if text and not profile(text)]
    if wrong:
        raise Invalid(wrong[:100])
    return [text for _, text in cells if text]


def _delimiter(text: io.TextIOWrapper) -> str:
    head = text.readline(MOST_HEAD)
    text.seek(0)
    return max(DELIMITERS, key=head.count)
