"""Whether a claim stands in what it cites: numbers, names and words."""

import re

from overture.composition.countries import country_name
from overture.composition.words import NUMBER_WORDS, content_stems, names, number_pool, number_set, stem, tokens
from overture.domain.evidence import Source
from overture.domain.messages import Brief, Citation, LeadDossier, MessageType, Role, Segment

COVERAGE = 0.6
"""The share of a claim's content words that its cited spans must hold."""

_REPORTING = content_stems(
    "site website page pages read reading say says said state states stated saw see seen look looked looking note "
    "noted notice noticed "
    "mention mentions mentioned name names named list lists listed speak speaks find found according account line "
    "point text title piece "
    "article sentence word words show shows showed come came across learn learned understand took kept stayed marked "
    "put puts something "
    "spot spotted quick tell told write writing reason work works working team part side represent belong here there "
    "company share send "
    "pass like thought moment worth minutes interest contents quiet aside tip front quote finding among thing things "
    "wording else today "
    "help helps helping offer bring add mention case fit field place short context own know just began before go "
    "went again back may "
    "might could perhaps possible possibly way end because since reads role roles open job jobs post posts hire "
    "hiring hires seek seeks "
    "caught eye include included such number call called one topic"
)
_AUDIENCE = content_stems(
    "customer customers client clients student students patient member members guest guests resident residents "
    "homeowner homeowners user users traveler travelers participant participants people person"
)
_NUMBERS = content_stems(" ".join(NUMBER_WORDS))
_HEDGE = re.compile(
    r"(?i)\b(?:may|might|could|would|perhaps|maybe|possibl[ye]|probabl[ye]|presumabl[ye]|likely|seems?|guess|imagine|"
    r"suppose|suspect|assume|"
    r"assumption|appears?|not sure|cannot|can't|do not know|don't know|if|should|often|as if|hints?|wonder|bet|"
    r"think)\b"
)
_REQUEST = "request:"


def claim_violations(segment: Segment, message_type: MessageType, brief: Brief, lead: LeadDossier) -> list[str]:
    """Return what is wrong with one claim and its citations."""
    quoted = segment.text.strip()
    if not segment.citations:
        return [f"a claim cites nothing: {quoted!r}"]
    found = [
        f"a citation does not match its source: {citation.evidence_id}"
        for citation in segment.citations
        if not _exists(citation, segment.role, brief, lead)
    ]
    spans = " . ".join(citation.span for citation in segment.citations)
    known = _callers_words(brief, lead)
    numbers = number_set(_without(quoted, brief, lead)) - number_pool(f"{spans} {known}")
    if message_type is MessageType.HIRING_ACTIVITY and segment.role is Role.LEAD_CLAIM:
        numbers -= {str(_open_roles(brief, lead))}
    if numbers:
        found.append(f"numbers without support: {', '.join(sorted(numbers))}")
    strange = _strange_names(quoted, f"{spans} {known}")
    if strange:
        found.append(f"names without support: {', '.join(strange)}")
    covered = coverage(quoted, spans, known)
    if covered < COVERAGE:
        found.append(f"only {covered:.0%} of a claim's words stand in what it cites: {quoted!r}")
    return found


def loose_violations(segment: Segment, brief: Brief, lead: LeadDossier) -> list[str]:
    """Return what is wrong with an inference or an ask: no new name or number, and an inference is hedged."""
    found: list[str] = []
    spans = [item.text for item in brief.proposition.evidence] if brief.proposition else []
    pool = " ".join([_callers_words(brief, lead), *spans])
    quoted = segment.text.strip()
    strange = _strange_names(quoted, pool)
    if strange:
        found.append(f"a guess or an ask brings in names: {', '.join(strange)}")
    bare = _without(quoted, brief, lead)
    inferred = segment.role is Role.INFERENCE
    numbers = number_set(bare) if inferred else frozenset(re.findall(r"\d+", bare)) - number_pool(pool)
    if numbers - number_pool(pool):
        found.append(f"a guess or an ask brings in numbers: {', '.join(sorted(numbers))}")
    if inferred and not _HEDGE.search(quoted):
        found.append(f"a guess is not hedged: {quoted!r}")
    return found


def coverage(claim: str, spans: str, known: str) -> float:
    """Return the share of the claim's content words that the spans hold, what only reports set aside."""
    wanted = frozenset(word for word in content_stems(claim) if not word[0].isdigit())
    wanted = wanted - _REPORTING - _AUDIENCE - _NUMBERS - content_stems(known)
    if not wanted:
        return 1.0
    return len(wanted & content_stems(spans)) / len(wanted)


def _exists(citation: Citation, role: Role, brief: Brief, lead: LeadDossier) -> bool:
    if citation.url.startswith(_REQUEST):
        return _request_fields(brief, lead).get(citation.url.removeprefix(_REQUEST)) == citation.span
    sources: dict[Role, tuple[Source | None, ...]] = {
        Role.LEAD_CLAIM: (lead.site, lead.jobs),
        Role.SENDER_CLAIM: (brief.proposition,),
        Role.MATERIAL_CLAIM: (brief.material,),
    }
    for source in sources.get(role, ()):
        if source is None:
            continue
        if citation.evidence_id == "title" and citation.span == source.title:
            return True
        if any(
            item.id == citation.evidence_id
            and item.url == citation.url
            and citation.span.strip()
            and citation.span in item.text
            for item in source.evidence
        ):
            return True
    return False


def _request_fields(brief: Brief, lead: LeadDossier) -> dict[str, str | None]:
    return {
        "company": lead.person.company,
        "first_name": lead.person.first_name,
        "job_title": lead.person.job_title,
        "proposition_name": brief.proposition_name,
        "hiring_location": brief.hiring_location,
        "material_link": brief.material_link or (brief.material.url if brief.material else None),
    }


def _callers_words(brief: Brief, lead: LeadDossier) -> str:
    """Everything that the caller stated and a message may therefore name."""
    person = lead.person
    parts = (
        person.first_name,
        person.company,
        person.job_title or "",
        brief.proposition_name,
        brief.signoff_name or "",
    )
    country = country_name(brief.hiring_location) if brief.hiring_location else ""
    return " ".join((*parts, country))


def _without(text: str, brief: Brief, lead: LeadDossier) -> str:
    for name in (lead.person.company.strip(), brief.proposition_name.strip(), (lead.person.job_title or "").strip()):
        text = text.replace(name, " ") if name else text
    return text


def _strange_names(text: str, pool: str) -> list[str]:
    known = {token.lower() for token in tokens(pool)} | {stem(token) for token in tokens(pool)}
    return [name for name in names(text) if not _is_known(name, known)]


def _is_known(name: str, known: set[str]) -> bool:
    parts = tokens(name)
    return all(part.lower() in known or stem(part) in known for part in parts)


def _open_roles(brief: Brief, lead: LeadDossier) -> int:
    country = (brief.hiring_location or "").upper()
    posts = lead.jobs.jobs if lead.jobs else ()
    return sum(1 for post in posts if post.country and post.country.upper() == country)
