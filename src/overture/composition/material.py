"""Writing the message that shares material."""

from overture.composition.callers_words import own_words
from overture.composition.frames_material import INTRO, LINK, POINT, WHY
from overture.composition.parts import Desk, cite, guess, letter
from overture.composition.points import Point, points_of, title_of
from overture.composition.refusals import looked
from overture.composition.roles import priorities_for
from overture.composition.words import content_stems
from overture.domain import reasons
from overture.domain.evidence import Source
from overture.domain.messages import Citation, Draft, Refused, Role, Segment

SLOTS = (INTRO, POINT, WHY, LINK)


def write_material(work: Desk) -> Draft:
    """Write the message: the title, one point as it stands there, why it may matter, and the link once."""
    source, link = work.brief.material, work.brief.material_link
    if source is None:
        return Refused(
            work.type, reasons.MATERIAL_NOT_READABLE, f"The material at {link or 'the link'} could not be read."
        )
    title = title_of(source)
    points = points_of(source)
    if not title or not points:
        missing = "no title" if not title else "no sentence that stands alone as a point"
        return Refused(work.type, reasons.MATERIAL_NOT_READABLE, f"Looked at {looked(source)}; {missing} was found.")
    address = link or source.url
    point = points[work.lead.index % min(3, len(points))]
    priorities = priorities_for(work.lead.person.job_title, content_stems(title) | point.stems)
    intro = Segment(
        work.say(work.frame(SLOTS, 0, "title"), title=title), Role.MATERIAL_CLAIM, (_title_citation(source, title),)
    )
    if priorities:
        why = guess(work, work.frame(SLOTS, 2, "priority"), priorities[0])
    else:
        why = Segment(work.say(work.frame(SLOTS, 2, "role")), Role.INFERENCE, work.title_citation())
    shared = Segment(
        work.say(work.frame(SLOTS, 3, "plain"), link=address), Role.ASK, (own_words("material_link", address),)
    )
    return letter(work, [intro, _point(work, point), why, shared])


def _point(work: Desk, point: Point) -> Segment:
    if point.clause and work.lead.index % 2 == 0:
        text = work.say(work.frame(SLOTS, 1, "clause"), point=point.clause)
    else:
        text = work.say(work.frame(SLOTS, 1, "quote"), point=point.quote)
    return Segment(text, Role.MATERIAL_CLAIM, cite((point.evidence,)))


def _title_citation(source: Source, title: str) -> Citation:
    for item in source.evidence:
        if title in item.text:
            return Citation(item.id, item.url, item.text, item.fetched_at)
    return Citation("title", source.final_url, source.title, source.fetched_at)
