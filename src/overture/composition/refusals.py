"""Refusals: the reason, and in words where we looked and what was missing."""

from overture.composition.parts import Desk
from overture.domain import reasons
from overture.domain.evidence import Source
from overture.domain.messages import MESSAGE_LIMIT, MessageType, Refused


def looked(source: Source) -> str:
    """Return the pages that were read, in words."""
    pages = source.looked_at or (source.final_url,)
    shown = ", ".join(pages[:5])
    more = len(pages) - 5
    return f"{shown} and {more} more" if more > 0 else shown


def unread(source: Source) -> str:
    """Return, as a sentence, the pages that could not be read and in what language the text is; else nothing."""
    said = [f"Not read: {'; '.join(source.gaps[:3])}."] if source.gaps else []
    if source.language not in {"", "en"}:
        said.append(f"The page is in another language than English ({source.language}), so its text is not used.")
    return "".join(f" {sentence}" for sentence in said)


def because(detail: str) -> str:
    """Return what went wrong, to be put behind a clause; nothing where it is not known."""
    return f": {detail.removesuffix('.')}" if detail else ""


def no_lead_fact(work: Desk) -> Refused:
    """No page of the lead's company, or none that states a usable fact."""
    if work.lead.site is None:
        detail = f"No page of {work.company} could be read{because(work.lead.site_detail)}."
    else:
        usable = "another usable fact" if work.lead.avoid else "a usable fact"
        detail = f"Looked at {looked(work.lead.site)}; no sentence there states {usable} about {work.company}."
        detail += unread(work.lead.site)
    return Refused(work.type, reasons.RESEARCH_NOT_FOUND, detail)


def no_pitch(work: Desk) -> Refused:
    """No page of the proposition, or none that states a usable fact."""
    source = work.brief.proposition
    if source is None:
        detail = f"No page of {work.proposition} could be read."
    else:
        detail = f"Looked at {looked(source)}; no sentence there says plainly what {work.proposition} does."
        detail += unread(source)
    return Refused(work.type, reasons.PROPOSITION_NOT_READABLE, detail)


def does_not_fit(work: Desk) -> Refused:
    """Every version is longer than the limit."""
    most = work.brief.note_limit if work.type is MessageType.CONNECTION_REQUEST else work.brief.most or MESSAGE_LIMIT
    return Refused(work.type, reasons.DOES_NOT_FIT, f"The shortest version is longer than {most} units.")
