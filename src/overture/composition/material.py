"""Writing the message that shares material."""

import re

from overture.composition.callers_words import own_words
from overture.composition.choice import lead_fact, short_facts
from overture.composition.facts import Fact
from overture.composition.frames import turn
from overture.composition.frames_material import FACT, INTRO, LINK, POINT, WHY
from overture.composition.hinges import hinge_sentence, hinges_for
from overture.composition.parts import Desk, cite, guess, letter
from overture.composition.pitch import Pitch
from overture.composition.points import Point, points_of, title_of
from overture.composition.ranking import Option, best
from overture.composition.refusals import does_not_fit, looked
from overture.composition.roles import Priority, priorities_for
from overture.composition.titles import role_of
from overture.composition.words import content_stems
from overture.domain import reasons
from overture.domain.evidence import Source
from overture.domain.messages import Citation, Draft, Refused, Role, Segment

SLOTS = (INTRO, POINT, WHY, LINK, FACT)

_KINDS = ("case", "article")


def write_material(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the message: one point as it stands there, honestly why this reader, and the link once.

    A third of the leads get the title first. Points that touch what the role may care about come before others; where
    the proposition is unlikely to be on the reader's desk, the message asks to pass the piece on. A fact of the company
    that no earlier type tells stands first, or after the point with an honest word on what the two have in common.
    """
    source, link = work.brief.material, work.brief.material_link
    if source is None:
        where = link or "the link"
        return Refused(work.type, reasons.MATERIAL_NOT_READABLE, f"The material at {where} could not be read.")
    title = title_of(source)
    points = tuple(point for point in points_of(source) if point.evidence.text not in work.lead.avoid)
    if not title or not points:
        missing = "no title" if not title else "no sentence that stands alone as a point"
        return Refused(work.type, reasons.MATERIAL_NOT_READABLE, f"Looked at {looked(source)}; {missing} was found.")
    address = link or source.url
    titled = turn(work.brief.key, work.lead.index, "titled", 3) == 0
    shared = Option(
        (
            Segment(
                work.say(work.frame(SLOTS, 3, "plain"), link=address), Role.ASK, (own_words("material_link", address),)
            ),
        )
    )
    fact = lead_fact(work, pitch)
    last = not titled and turn(work.brief.key, work.lead.index, "order", 2) == 0
    told = [] if fact is None else short_facts(work, fact, SLOTS, 4, "also" if last else "first")
    said = _points(work, source, points, pitch, titled=titled)
    whys = _whys(work, pitch, content_stems(title))
    if fact is not None and told and last:
        whys = _links(work, pitch, fact, content_stems(title))
    parts = [part for part in ([said, told] if last else [told, said]) if part] + [whys, [shared]]
    if titled:
        intro = work.say(work.frame(SLOTS, 0, "title"), title=title)
        parts.insert(
            len(parts) - 3, [Option((Segment(intro, Role.MATERIAL_CLAIM, (_title_citation(source, title),)),))]
        )
    found = best(work, parts, work.within(lambda words, _units: 0.02 * max(0, words - 65)))
    return letter(work, found) if found else does_not_fit(work)


def _points(
    work: Desk, source: Source, points: tuple[Point, ...], pitch: Pitch | None, *, titled: bool
) -> list[Option]:
    wanted = frozenset[str]().union(*(item.topics for item in _priorities(work, pitch)))
    few = points[: min(4, len(points))]
    start = turn(work.brief.key, work.lead.index, "point", len(few))
    found: list[Option] = []
    for step in range(len(few)):
        place = (start + step) % len(few)
        point = few[place]
        worth = 0.3 * min(2, len(point.stems & wanted)) - 0.1 * place - 0.05 * step
        text = _told(work, source, point, titled=titled)
        found.append(Option((Segment(text, Role.MATERIAL_CLAIM, cite((point.evidence,))),), worth))
    return found


def _told(work: Desk, source: Source, point: Point, *, titled: bool) -> str:
    family = "clause" if point.clause else "quote"
    frame = work.frame(SLOTS, 1, family if titled else f"from_{family}")
    return work.say(frame, point=point.clause or point.quote, kind=_kind(work, source))


def _kind(work: Desk, source: Source) -> str:
    """'our case' where the material stands on the proposition's own site, 'a case' elsewhere; by its address."""
    low = f"{source.final_url} {source.title}".lower()
    kind = next((word for word in _KINDS if re.search(rf"\b{word}s?\b", low)), "piece")
    proposition = work.brief.proposition
    own = proposition is not None and _host(proposition.final_url) == _host(source.final_url)
    return f"our {kind}" if own else f"an {kind}" if kind == "article" else f"a {kind}"


def _host(url: str) -> str:
    return url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")


def _priorities(work: Desk, pitch: Pitch | None) -> list[Priority]:
    source = work.brief.material
    about = content_stems(source.title) if source else frozenset[str]()
    related = pitch.about if pitch is not None and pitch.topics & about else about
    return priorities_for(work.lead.person.job_title, related)[:2]


def _whys(work: Desk, pitch: Pitch | None, about: frozenset[str]) -> list[Option]:
    title = work.lead.person.job_title
    priorities = _priorities(work, pitch)
    frame = work.frame(SLOTS, 2, "priority")
    if priorities:
        return [Option((guess(work, frame, item),)) for item in priorities]
    related = pitch is not None and bool(pitch.topics & about)
    jobs = pitch.jobs[:2] if pitch is not None and related else ()
    if pitch is not None and jobs and role_of(title).function:
        family = "fit" if pitch.falls_to(title) else "pass"
        frame = work.frame(SLOTS, 2, family)
        return [
            Option((Segment(work.say(frame, t=job.doing, n=job.thing), Role.INFERENCE, work.title_citation()),))
            for job in jobs
        ]
    text = work.say(work.frame(SLOTS, 2, "role"))
    return [Option((Segment(text, Role.INFERENCE, work.title_citation()),))]


def _links(work: Desk, pitch: Pitch | None, fact: Fact, about: frozenset[str]) -> list[Option]:
    """What the point may have to do with the fact before it: a guess that leans on the fact, or that they differ."""
    if pitch is None or not pitch.topics & about:
        return [Option((Segment(work.say(work.frame(SLOTS, 2, "far")), Role.INFERENCE),))]
    title = work.lead.person.job_title
    away = bool(role_of(title).function) and not pitch.falls_to(title)
    if away and pitch.jobs:
        frame = work.frame(SLOTS, 2, "far_pass")
        return [Option((Segment(work.say(frame, n=job.thing), Role.INFERENCE),)) for job in pitch.jobs[:2]]
    leaning = [hinge for hinge in hinges_for(work, fact, pitch) if hinge.cause]
    if leaning:
        frame = work.frame(SLOTS, 2, "hinge")
        return [Option((hinge_sentence(work, frame, hinge, fact),)) for hinge in leaning]
    things = [job.thing for job in pitch.jobs[:2]]
    frame = work.frame(SLOTS, 2, "apart" if things else "far")
    return [Option((Segment(work.say(frame, n=thing), Role.INFERENCE),)) for thing in things or [""]]


def _title_citation(source: Source, title: str) -> Citation:
    for item in source.evidence:
        if title in item.text:
            return Citation(item.id, item.url, item.text, item.fetched_at)
    return Citation("title", source.final_url, source.title, source.fetched_at)
