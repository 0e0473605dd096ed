"""Writing the message on hiring activity."""

import re

from overture.composition.callers_words import own_words
from overture.composition.choice import lead_fact, short_facts
from overture.composition.countries import country_name
from overture.composition.facts import Fact
from overture.composition.fields import Job
from overture.composition.frames import turn
from overture.composition.frames_hiring import FACT, HELP, OPEN, READ
from overture.composition.grammar import join, with_article
from overture.composition.home import home_of
from overture.composition.offers import Offer, offers_of
from overture.composition.parts import Desk, cite, letter
from overture.composition.patterns import REFUSED
from overture.composition.pitch import Pitch, fact_for
from overture.composition.ranking import Option, best
from overture.composition.refusals import because, does_not_fit, looked, no_pitch
from overture.composition.titles import role_of
from overture.composition.words import NUMBER_WORDS, content_stems
from overture.domain import reasons
from overture.domain.evidence import JobPost, Source
from overture.domain.messages import Citation, Draft, Refused, Role, Segment

SLOTS = (OPEN, READ, HELP, FACT)
_NO_JOB = Job(frozenset(), "", "")

_TEAMS = {
    "people": "recruiting",
    "finance": "finance",
    "customer": "customer service",
    "marketing": "marketing",
    "sales": "sales",
    "procurement": "purchasing",
    "product": "product",
    "data": "data",
    "security": "security",
    "it": "systems",
    "engineering": "engineering",
    "legal": "legal",
    "operations": "operations",
    "projects": "project delivery",
    "design": "design",
}
_WORDS = {number: word for word, number in NUMBER_WORDS.items()}
_JOB_TITLE = re.compile(r"^[A-Z][\w &'’.,+/-]{2,58}$")
_MARKS = re.compile(r"\s*(?:\(.*?\)|\[.*?\]|\b[mwfdx]/[mwfdx](?:/[mwfdx])?\b|[-–|,:] .*$)")


def open_jobs(jobs: tuple[JobPost, ...], country: str) -> list[JobPost]:
    """Return the posts that are known to be in the country."""
    return [job for job in jobs if job.country and job.country.upper() == country.upper()]


def job_title(text: str) -> str:
    """Return a post's title without marks such as (m/f/d) or a place, or an empty string where it cannot be quoted."""
    title = _MARKS.sub("", text).strip(" -–|,:")
    clean = _JOB_TITLE.match(title) and not any(
        REFUSED[name].search(title) for name in ("link", "phone", "money", "markup", "emphasis")
    )
    return title if clean and not title.isupper() else ""


def write_hiring(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the message: the open roles in the country, what they may mean, and where the proposition could help.

    A fact of the company that no earlier type tells stands before the roles or after them, in turn.
    """
    refused = _refused(work)
    if refused is not None:
        return refused
    if pitch is None:
        return no_pitch(work)
    country = work.brief.hiring_location or ""
    jobs = open_jobs(work.lead.jobs.jobs if work.lead.jobs else (), country)
    named = _named(work, jobs)
    if not named:
        return Refused(work.type, reasons.NOT_SUPPORTED, "The open roles have no title that can be quoted.")
    opening = Option((_opening(work, jobs, named),))
    fact = lead_fact(work, pitch)
    last = turn(work.brief.key, work.lead.index, "order", 2) == 0
    told = [] if fact is None else short_facts(work, fact, SLOTS, 3, "also" if last else "first")
    reading = Option((_reading(work, jobs, named, apart=bool(told) and last),))
    parts = [[opening], told, [reading]] if last else [told, [opening], [reading]]
    found = best(work, [*(part for part in parts if part), _help(work, pitch)], work.within(_length))
    return letter(work, found) if found else does_not_fit(work)


def _length(words: int, _units: int) -> float:
    return 0.02 * max(0, words - 70)


def _reading(work: Desk, jobs: list[JobPost], named: list[JobPost], *, apart: bool) -> Segment:
    """What the roles may mean: by their functions, or a step abroad where the site is at home in another country."""
    teams = list(dict.fromkeys(_TEAMS.get(role_of(job.title).function, "") for job in (*named, *jobs)))
    at_home = home_of(work.lead.site) if work.lead.site else ""
    country = (work.brief.hiring_location or "").upper()
    roles = "the role" if len(jobs) == 1 else "the roles"
    said = {"that": roles, "from": f" from {roles}"} if apart else {"that": "that", "from": ""}
    if at_home and at_home != country:
        text = work.say(work.frame(SLOTS, 1, "abroad"), **said)
    elif teams == [teams[0]] and teams[0]:
        text = work.say(work.frame(SLOTS, 1, "team"), team=teams[0], **said)
    elif 2 <= len(teams) <= 3 and all(teams):
        text = work.say(work.frame(SLOTS, 1, "several"), teams=join(teams), **said)
    else:
        text = work.say(work.frame(SLOTS, 1, "mixed"), **said)
    return Segment(text, Role.INFERENCE, _job_citations(work, named))


def _refused(work: Desk) -> Refused | None:
    jobs, country = work.lead.jobs, work.brief.hiring_location
    if work.lead.jobs_failed:
        detail = f"The job posts of {work.company} could not be read{because(work.lead.jobs_detail)}."
        return Refused(work.type, reasons.JOBS_NOT_READABLE, detail)
    if jobs is None or not country:
        detail = f"No job posts of {work.company} were looked for{because(work.lead.jobs_detail)}."
        return Refused(work.type, reasons.RESEARCH_NOT_FOUND, detail)
    if open_jobs(jobs.jobs, country):
        return None
    return _no_open_role(work, jobs, country_name(country))


def _no_open_role(work: Desk, jobs: Source, place: str) -> Refused:
    """None is known only where everything was read, and every role says in which country it is."""
    nowhere = sum(job.country is None for job in jobs.jobs)
    missing = [*jobs.gaps]
    if nowhere:
        missing.append(f"{nowhere} of {len(jobs.jobs)} open roles do not say in which country they are")
    looked_at = f"Looked at {looked(jobs)}; no open role in {place} was found"
    if missing:
        return Refused(work.type, reasons.HIRING_UNKNOWN, f"{looked_at}, but {'; '.join(missing[:5])}.")
    return Refused(work.type, reasons.NO_HIRING_ACTIVITY, f"{looked_at}.")


def _named(work: Desk, jobs: list[JobPost]) -> list[JobPost]:
    """One to three posts with different titles: how many and which of them changes from lead to lead."""
    seen: dict[str, JobPost] = {}
    for job in jobs:
        title = job_title(job.title)
        if title:
            seen.setdefault(title.lower(), job)
    titles = list(seen.values())
    if len(titles) <= 2:
        return titles
    start = turn(work.brief.key, work.lead.index, "role", len(titles))
    most = 1 + turn(work.brief.key, work.lead.index, "roles", 3)
    return [titles[(start + step) % len(titles)] for step in range(most)]


def _opening(work: Desk, jobs: list[JobPost], named: list[JobPost]) -> Segment:
    count = len(jobs)
    family = "one" if count == 1 else "all" if count == len(named) else "many"
    if count > 1 and not _counted(work):
        family = "some"
    elif count > 1 and len(named) == 1:
        family = "many_one"
    values = {
        "roles": join([with_article(job_title(job.title)) for job in named]),
        "count": _WORDS.get(str(count), str(count)) if count <= 12 else str(count),
        "country": country_name(work.brief.hiring_location or ""),
    }
    text = work.say(work.frame(SLOTS, 0, family), **values)
    return Segment(
        text,
        Role.LEAD_CLAIM,
        (*_job_citations(work, named), own_words("hiring_location", work.brief.hiring_location or "")),
    )


def _counted(work: Desk) -> bool:
    """Whether the roles in the country are known to be all: else their number would be a guess."""
    source = work.lead.jobs
    return source is not None and not source.gaps and all(job.country for job in source.jobs)


def _job_citations(work: Desk, named: list[JobPost]) -> tuple[Citation, ...]:
    source = work.lead.jobs
    known = {item.id: item for item in source.evidence} if source else {}
    return cite([known[job.evidence_id] for job in named if job.evidence_id in known])


def _help(work: Desk, pitch: Pitch) -> list[Option]:
    """The condition is a guess, what follows its colon is a claim."""
    fact = fact_for(work, pitch)
    jobs = [job for job in pitch.jobs if not repeats(job, fact)][:2]
    families = [("hiring", _NO_JOB)] if pitch.is_hiring else [("job", job) for job in jobs]
    if not families:
        families = [("topic" if pitch.topic and fact is not pitch.core else "plain", _NO_JOB)]
    start = turn(work.brief.key, work.lead.index, "help", len(families))
    found: list[Option] = []
    for step in range(min(2, len(families))):
        family, job = families[(start + step) % len(families)]
        condition = work.frame(SLOTS, 2, family).removesuffix(" {it}.")
        guessed = Segment(work.say(condition, o=pitch.thing, t=job.doing, n=job.thing), Role.INFERENCE)
        for offer in offers_of(fact, work.proposition)[:2]:
            claim = Segment(work.say("{it}.", it=_clause(work, offer)), Role.SENDER_CLAIM, cite(fact.evidence))
            found.append(Option((guessed, claim)))
    return found


def repeats(job: Job, fact: Fact) -> bool:
    """Whether the task is what the fact says anyway: one message says nothing twice."""
    task, thing = content_stems(job.doing), content_stems(job.thing)
    return bool(task) and (task <= fact.stems or thing <= fact.stems)


def _clause(work: Desk, offer: Offer) -> str:
    if offer.state:
        return offer.state
    told = [f"it {offer.it}" if offer.it else "", f"we {offer.we}" if offer.we else "", offer.passive]
    known = [text for text in told if text]
    return known[turn(work.brief.key, work.lead.index, "clause", len(known))]
