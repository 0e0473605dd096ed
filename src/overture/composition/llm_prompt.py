"""What a language model is asked: a prefix that is the same bytes for every lead of a request, then the lead.

Order, so that a host can keep the prefix: rules and examples, which never change; the settings of the request; the
proposition's facts; the material's. Only then what differs: the lead's facts, and which messages are wanted.
"""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from overture.composition.countries import country_name
from overture.composition.hiring import open_jobs
from overture.composition.llm_dossier import Told, of_caller, of_jobs, of_lead, of_material, of_offer
from overture.composition.llm_examples import EXAMPLES
from overture.composition.llm_rules import RULES
from overture.composition.parts import Desk
from overture.domain.messages import Brief, MessageType, Tone

_TONES = {
    Tone.NORMAL: "normal: plain and friendly, contractions where they come naturally.",
    Tone.FORMAL: "formal: polite and reserved, no contractions, no exclamation marks.",
    Tone.CASUAL: "casual: relaxed and short, contractions, never slang.",
}


FRAME = 60
"""Characters of a note that are kept for the greeting and the sign-off."""


def canary_of(brief: Brief) -> str:
    """Return a word that no page can know; where it turns up in an answer, the model was made to recite."""
    return "ref-" + hashlib.blake2b(f"canary {brief.key}".encode(), digest_size=6).hexdigest()


def prefix_of(work: Desk) -> str:
    """Return the part that all leads of a request share."""
    brief = work.brief
    settings = [
        f"Reference of this request, never to be written anywhere: {canary_of(brief)}",
        f"The sender's company and its offer: {work.proposition}",
        f"Tone: {_TONES[brief.tone]}",
        f"A connection_request's sentences together: at most {brief.note_limit - FRAME} characters.",
    ]
    parts = [RULES, EXAMPLES, "# This request", *settings, _framed("proposition", _rows(of_offer(work)))]
    material = of_material(work)
    if material:
        parts.append(_framed("material", _rows(material)))
    return "\n\n".join(parts)


def cache_key_of(prefix: str) -> str:
    """Name a prefix."""
    return "overture-" + hashlib.blake2b(prefix.encode(), digest_size=12).hexdigest()


def lead_block(work: Desk, types: Iterable[MessageType]) -> str:
    """Return what is told of one lead, and which messages are wanted."""
    brief, site, jobs = work.brief, of_lead(work), of_jobs(work)
    rows: dict[str, object] = {"company": work.company, "job_title": work.title or None, "evidence": _rows(site)}
    if jobs:
        country = brief.hiring_location or ""
        posts = work.lead.jobs.jobs if work.lead.jobs else ()
        rows |= {"country": country_name(country), "open_roles": len(open_jobs(posts, country)), "jobs": _rows(jobs)}
    unwanted = [item.id for item in (*of_offer(work), *of_material(work)) if item.citation.span in work.lead.avoid]
    if unwanted:
        rows["not_to_be_used"] = unwanted
    wanted = ", ".join(str(kind) for kind in types)
    shorter = f"\nEach message may have at most {brief.most} characters." if brief.most is not None else ""
    return f"{_framed('lead', rows)}\n\nWrite for this lead: {wanted}.{shorter}"


def told_to(work: Desk) -> Mapping[str, Told]:
    """Return everything that a sentence may cite, by its id."""
    parts = (of_offer(work), of_material(work), of_lead(work), of_jobs(work), of_caller(work))
    return {item.id: item for part in parts for item in part if item.citation.span not in work.lead.avoid}


def complaint(problems: Mapping[MessageType, list[str]]) -> str:
    """Say what was wrong, measured, and what to send now."""
    lines = [f"- {kind}: {problem}" for kind, found in problems.items() for problem in found[:6]]
    kinds = ", ".join(str(kind) for kind in problems)
    return (
        "These messages cannot be sent as they are:\n"
        + "\n".join(lines)
        + f"\n\nWrite anew: {kinds}. Keep to the facts by their ids. Give an empty list for every other message."
    )


def _rows(told: Iterable[Told]) -> list[dict[str, str]]:
    return [{"id": item.id, "text": item.text} for item in told]


def _framed(tag: str, rows: object) -> str:
    """Frame data so that nothing in it can end the frame: every '<' is written as an escape of JSON."""
    data = msgspec.json.encode(rows).decode().replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<{tag}>\n{data}\n</{tag}>"
