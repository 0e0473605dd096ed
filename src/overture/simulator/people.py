"""Companies and members of a world: coherent careers, made from random numbers and tables of words."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random

from overture.simulator.words import careers, companies, people
from overture.simulator.words.careers import FUNCTIONS, INDUSTRIES

MEMBERS_A_COMPANY = 30
LEVELS = (18, 30, 24, 16, 8, 4)
"""Shares of seniority, from first job to the board."""

NEEDS_EMAIL = 0.03
"""Share of members who take invitations only from those who know their address."""

_MIX = 0x9E3779B1  # odd: a bijection of 32-bit numbers, so public ids are unique


@dataclass(slots=True)
class Firm:
    """A company of the world."""

    id: int
    slug: str
    name: str
    domain: str
    industry: str
    size: str
    employees: int
    place: int
    founded: int
    french: bool
    members: list[int] = field(default_factory=list[int])


@dataclass(frozen=True, slots=True)
class Rows:
    """One member, as rows of three tables."""

    member: tuple[object, ...]
    positions: list[tuple[object, ...]]
    studies: list[tuple[object, ...]]


def plain(text: str) -> str:
    """Lower case ASCII letters and digits, words joined by hyphens."""
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in folded).split())


def make_firms(rng: Random, members: int, year: int) -> list[Firm]:
    """Make about one company for 30 members; names, addresses and domains are unique."""
    firms: list[Firm] = []
    seen: set[str] = set()
    industries = list(INDUSTRIES)
    shares = list(accumulate(s[3] for s in careers.SIZES))
    places = list(accumulate(p[4] for p in people.PLACES))
    while len(firms) < max(8, members // MEMBERS_A_COMPANY):
        industry = rng.choice(industries)
        place = rng.choices(range(len(people.PLACES)), cum_weights=places)[0]
        french = people.PLACES[place][3]
        name = companies.coin(rng, industry, french=french)
        slug = plain(name)
        if slug in seen:
            continue
        seen.add(slug)
        size, low, high, _ = rng.choices(careers.SIZES, cum_weights=shares)[0]
        employees = rng.randint(low, high)
        founded = rng.randint(year - (60 if employees > 500 else 30), year - 1)
        firms.append(
            Firm(len(firms) + 1, slug, name, f"{slug}.example", industry, size, employees, place, founded, french)
        )
    return firms


def firm_row(rng: Random, firm: Firm) -> tuple[object, ...]:
    """A row of ``company``."""
    city, _, country, _, _ = people.PLACES[firm.place]
    trade = careers.FRENCH_TRADES[firm.industry] if firm.french else INDUSTRIES[firm.industry][0]
    if firm.french:
        tagline = f"{trade[0].upper()}{trade[1:]}, depuis {firm.founded}"
        text = f"{firm.name} propose {trade}. L'entreprise, fondée en {firm.founded}, est installée à {city}."
    else:
        tagline = f"{trade[0].upper()}{trade[1:]}, since {firm.founded}"
        text = f"{firm.name} offers {trade}. The company was founded in {firm.founded} and is based in {city}."
    followers = firm.employees * rng.randint(2, 30)
    return (firm.id, firm.slug, firm.name, tagline, text, firm.domain, firm.industry, firm.size, firm.employees,
            followers, city, country, firm.founded)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Self:
    """What a career is written for."""

    level: int
    function: careers.Function
    female: bool
    french: bool
    chief: bool


class Population:
    """Makes members one by one, in order of their ids, and remembers who works where."""

    def __init__(self, rng: Random, firms: Sequence[Firm], today: date) -> None:
        self.rng = rng
        self.firms = firms
        self.french = bytearray()
        self.levels = bytearray()
        self.employer: list[int] = []
        self._month = today.year * 12 + today.month - 1
        self._weights = list(accumulate(min(f.employees, 400) for f in firms))
        self._emails: set[str] = set()
        self._by_industry: dict[str, list[Firm]] = {}
        for firm in firms:
            self._by_industry.setdefault(firm.industry, []).append(firm)

    def members(self, count: int) -> Iterator[Rows]:
        """Make ``count`` members."""
        for number in range(1, count + 1):
            yield self._member(number)

    def _member(self, number: int) -> Rows:
        rng = self.rng
        firm = self._firm()
        place = firm.place if rng.random() < 0.7 else rng.randrange(len(people.PLACES))
        _, location, country, french, _ = people.PLACES[place]
        female = rng.random() < 0.5
        functions = INDUSTRIES[firm.industry][1]
        chief = not firm.members
        level = 5 if chief else rng.choices(range(6), LEVELS)[0]
        function = FUNCTIONS[rng.choice(functions)]
        firm.members.append(number)
        self.employer.append(firm.id - 1)
        self.french.append(french)
        self.levels.append(level)
        myself = _Self(level, function, female, french, chief)
        positions = self._career(number, firm, myself)
        first, last = self._name(female=female, french=french)
        title = str(positions[0][2])
        skills = rng.sample(function.competences if french else function.skills, rng.randint(3, 6))
        started = positions[-1][4]
        assert isinstance(started, date)
        member = (
            number,
            f"{plain(first)}-{plain(last)}-{number * _MIX % 2**32:08x}",
            first,
            last,
            self._headline(title, firm, skills, french=french),
            self._summary(title, firm, skills, started.year, french=french),
            title,
            firm.id,
            firm.name,
            firm.industry,
            location,
            country,
            french,
            level,
            skills,
            self._email(first, last, firm.domain, number),
            self._phone(country),
            rng.random() < NEEDS_EMAIL,
            rng.random(),
        )
        return Rows(member, positions, self._studies(number, myself, started.year))

    def _firm(self) -> Firm:
        while True:
            firm = self.rng.choices(self.firms, cum_weights=self._weights)[0]
            if len(firm.members) < firm.employees or self.rng.random() < 0.02:
                return firm

    def _name(self, *, female: bool, french: bool) -> tuple[str, str]:
        given = people.FRENCH_GIVEN if french else people.ENGLISH_GIVEN
        family = people.FRENCH_FAMILY if french else people.ENGLISH_FAMILY
        return self.rng.choice(given["f" if female else "m"]), self.rng.choice(family)

    def _career(self, number: int, firm: Firm, myself: _Self) -> list[tuple[object, ...]]:
        """Positions, the present one first: each ends when or shortly before the next begins, no step leads down."""
        rng = self.rng
        steps = rng.randint(max(1, myself.level - 2), min(myself.level + 1, 4))
        levels = [*sorted(rng.sample(range(myself.level), steps - 1)), myself.level]
        end, employer = self._month, firm
        ended: int | None = None
        rows: list[tuple[object, ...]] = []
        for order, level in enumerate(reversed(levels)):
            if order and rng.random() < 0.7:
                employer = rng.choice(self._by_industry[firm.industry] if rng.random() < 0.6 else self.firms)
            if employer.founded * 12 >= end:
                break  # nobody worked there yet
            start = max(end - rng.randint(8, 60), employer.founded * 12)
            title = _title(myself, level, chief=myself.chief and not order)
            text = ("Équipe de " if myself.french else "Team of ") + str(rng.randint(2, 4 + 8 * level)) + "."
            until = None if ended is None else _first(ended)
            rows.append((number, order, title, employer.id, _first(start), until, text if level > 2 else ""))
            end = ended = start - rng.choice((0, 0, 0, 1, 2))
        return rows

    def _studies(self, number: int, myself: _Self, first_job: int) -> list[tuple[object, ...]]:
        rng = self.rng
        schools = people.FRENCH_SCHOOLS if myself.french else people.ENGLISH_SCHOOLS
        field_of_study = myself.function.field[myself.french]
        master = myself.level > 2 or rng.random() < 0.5
        degree = ("Master" if master else "Licence") if myself.french else ("MSc" if master else "BSc")
        return [(number, rng.choice(schools), degree, field_of_study, first_job - (5 if master else 3), first_job)]

    @staticmethod
    def _headline(title: str, firm: Firm, skills: Sequence[str], *, french: bool) -> str:
        joined = f"{title} {'chez' if french else 'at'} {firm.name}"
        return joined if len(joined) > 60 else f"{joined} | {skills[0]}"

    def _summary(self, title: str, firm: Firm, skills: Sequence[str], since: int, *, french: bool) -> str:
        if self.rng.random() < 0.35:
            return ""
        if french:
            return f"{title} chez {firm.name}. Dans le métier depuis {since} : {', '.join(skills[:3])}."
        return f"{title} at {firm.name}. In this line of work since {since}: {', '.join(skills[:3])}."

    def _email(self, first: str, last: str, domain: str, number: int) -> str:
        email = f"{plain(first)}.{plain(last)}@{domain}"
        if email in self._emails:
            email = f"{plain(first)}.{plain(last)}.{number}@{domain}"
        self._emails.add(email)
        return email

    def _phone(self, country: str) -> str | None:
        shape = people.PHONES.get(country)
        return shape.format(self.rng.randrange(10), self.rng.randrange(100)) if shape and country != "US" else None


def _title(myself: _Self, level: int, *, chief: bool) -> str:
    ladder = myself.function.french if myself.french else myself.function.english
    title = careers.CHIEFS[myself.french] if chief else ladder[level]
    masculine, _, feminine = title.partition("/")
    return feminine if feminine and myself.female else masculine


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
