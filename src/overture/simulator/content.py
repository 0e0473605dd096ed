"""What a new world's members have already done: who knows whom, posts with reactions and comments, job posts."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from overture.domain.linkedin.objects import ReactionType
from overture.simulator.people import Firm, Population
from overture.simulator.words import people, speech
from overture.simulator.words.careers import FUNCTIONS, INDUSTRIES

FIRST_POST = 7_200_000_000_000_000_001
FIRST_COMMENT = 7_350_000_000_000_000_001
FIRST_JOB = 4_000_000_001
FIRST_APPLICATION = 20_000_000_001
TIES_DRAWN = 6
"""Draws a member: about twice as many connections, since each counts for both."""

REACTIONS = (
    ReactionType.LIKE, ReactionType.LIKE, ReactionType.LIKE, ReactionType.PRAISE, ReactionType.APPRECIATION,
    ReactionType.EMPATHY, ReactionType.INTEREST, ReactionType.ENTERTAINMENT,
)  # fmt: skip

Record = tuple[object, ...]


def ties(rng: Random, population: Population, start: datetime) -> Iterator[Record]:
    """Pairs of members (lower, higher, since), some of them twice: mostly colleagues and people of the trade."""
    count = len(population.employer)
    for number in range(1, count + 1):
        mates = population.firms[population.employer[number - 1]].members
        for _ in range(rng.randint(2, 2 * TIES_DRAWN - 2)):
            draw = rng.random()
            if draw < 0.4:
                other = rng.choice(mates)
            elif draw < 0.7:
                other = (number + rng.randint(1, 200)) % count + 1
            else:
                other = rng.randint(1, count)
            if other != number:
                yield min(number, other), max(number, other), start - timedelta(hours=rng.randint(24, 60_000))


class Talk:
    """Posts, and what was said and felt about them."""

    def __init__(self, rng: Random, population: Population, start: datetime) -> None:
        self.rng = rng
        self.population = population
        self.start = start
        self.reactions: list[Record] = []
        self.comments: list[Record] = []
        self._posts = 0
        self._comments = 0

    def posts(self, titles: Sequence[str]) -> Iterator[Record]:
        """Rows of ``post``; those of ``reaction`` and ``comment`` gather in the lists, for the caller to take."""
        for firm in self.population.firms:
            if firm.members:
                yield self._post(firm.members[0], firm.id, titles[firm.members[0] - 1])
        for number, title in enumerate(titles, start=1):
            if self.rng.random() < 0.45:
                yield self._post(number, None, title)

    def _post(self, author: int, company: int | None, title: str) -> Record:
        rng = self.rng
        post_id = FIRST_POST + self._posts
        self._posts += 1
        posted = self.start - timedelta(minutes=rng.randint(60, 300_000))
        firm = self.population.firms[self.population.employer[author - 1]]
        french = self.population.french[author - 1]
        text = rng.choice(speech.POSTS[french]).format(company=firm.name, title=title)
        kind = rng.choice(("text", "text", "text", "image", "video", "article"))
        readers = {self._reader(firm) for _ in range(rng.choice((0, 1, 2, 3, 5, 8)))}
        for reader in readers:
            self.reactions.append((post_id, reader, rng.choice(REACTIONS).value, self._after(posted)))
        comments = rng.choice((0, 0, 0, 1, 2, 3))
        for _ in range(comments):
            self.comments.append(self._comment(post_id, self._reader(firm), posted))
        return post_id, author, company, text, kind, posted, len(readers), comments

    def _reader(self, firm: Firm) -> int:
        if self.rng.random() < 0.4:
            return self.rng.choice(firm.members)
        return self.rng.randint(1, len(self.population.employer))

    def _after(self, posted: datetime) -> datetime:
        return posted + (self.start - posted) * self.rng.random() ** 3

    def _comment(self, post_id: int, reader: int, posted: datetime) -> Record:
        comment_id = FIRST_COMMENT + self._comments
        self._comments += 1
        firm = self.population.firms[self.population.employer[reader - 1]]
        text = self.rng.choice(speech.COMMENTS[self.population.french[reader - 1]]).format(company=firm.name)
        return comment_id, post_id, reader, text, self._after(posted)


def jobs(rng: Random, firms: Sequence[Firm], start: datetime) -> Iterator[tuple[Record, list[Record]]]:
    """One job post for most companies, with those who applied."""
    total = sum(len(f.members) for f in firms)
    applications = 0
    for number, firm in enumerate(f for f in firms if f.members and rng.random() < 0.7):
        french = firm.french
        function = FUNCTIONS[rng.choice(INDUSTRIES[firm.industry][1])]
        title = (function.french if french else function.english)[rng.randint(0, 3)].partition("/")[0]
        skills = list((function.competences if french else function.skills)[:4])
        created = start - timedelta(hours=rng.randint(24, 1500))
        html = job_text(title, firm.name, skills, french=french)
        applicants = rng.sample(range(1, total + 1), min(total, rng.randint(0, 12)))
        job_id = FIRST_JOB + number
        row = (
            job_id, rng.choice(firm.members), firm.id, title, people.PLACES[firm.place][1],
            "open" if rng.random() < 0.85 else "closed", html, created,
            rng.choice(("FULL_TIME", "FULL_TIME", "FULL_TIME", "PART_TIME", "CONTRACT", "TEMPORARY")),
            rng.choice(("on-site", "hybrid", "remote")), skills, len(applicants),
        )  # fmt: skip
        rows: list[Record] = []
        for member in applicants:
            rows.append(application(rng, FIRST_APPLICATION + applications, job_id, member, created, start))
            applications += 1
        yield row, rows


def application(
    rng: Random, number: int, job_id: int, member: int, after: datetime, before: datetime
) -> Record:  # six, and each is a column
    """A row of ``application``, applied between two times."""
    message = rng.choice(speech.TOP_CHOICE) if rng.random() < 0.15 else None
    rating = rng.choice(("UNRATED", "UNRATED", "UNRATED", "GOOD_FIT", "MAYBE", "NOT_A_FIT"))
    return number, job_id, member, rating, after + (before - after) * rng.random(), message


def job_text(title: str, company: str, skills: Sequence[str], *, french: bool) -> str:
    """The HTML of a job post."""
    items = "".join(f"<li>{skill}</li>" for skill in skills)
    if french:
        return f"<p>{company} recherche : {title}.</p><p>Vous apportez :</p><ul>{items}</ul>"
    return f"<p>{company} is looking for a {title}.</p><p>You bring:</p><ul>{items}</ul>"
