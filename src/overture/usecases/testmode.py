"""Lead ids that make things happen, for accounts in test mode. Nothing outside this module knows one of them."""

from collections.abc import Mapping
from datetime import timedelta

from overture.domain.messages import MessageType
from overture.domain.reasons import NO_HIRING_ACTIVITY, NOT_SUPPORTED, RESEARCH_NOT_FOUND
from overture.domain.requests import Lead
from overture.store.messages import Outcome
from overture.store.requests import Header
from overture.usecases.services import Services

FAIL_RESEARCH = "lead_fail_research"
NO_JOB_POSTS = "lead_no_job_posts"
SLOW = "lead_slow_30s"
LLM_GARBAGE = "lead_llm_garbage"
LATE = timedelta(seconds=30)

_ALL = frozenset(MessageType)
_ENDS: dict[str, tuple[frozenset[MessageType], str]] = {
    FAIL_RESEARCH: (_ALL, RESEARCH_NOT_FOUND),
    NO_JOB_POSTS: (frozenset({MessageType.HIRING_ACTIVITY}), NO_HIRING_ACTIVITY),
    LLM_GARBAGE: (_ALL, NOT_SUPPORTED),
}

Types = dict[int, tuple[MessageType, ...]]


def decided(header: Header, leads: Mapping[int, Lead], types: Types) -> tuple[Types, tuple[Outcome, ...]]:
    """Return what is left to write, and how messages of magic leads end; for a live account, all and nothing.

    A lead is magic by its id, or by an id that begins with a magic one and a dot: ``lead_fail_research.7``.
    """
    if not header.test:
        return types, ()
    left: Types = {}
    ended: list[Outcome] = []
    for idx, kinds in types.items():
        which, reason = _ENDS.get(_name(leads[idx]), (frozenset[MessageType](), ""))
        ended += [Outcome(idx, kind, None, None, reason, "test mode") for kind in kinds if kind in which]
        rest = tuple(kind for kind in kinds if kind not in which)
        if rest:
            left[idx] = rest
    return left, tuple(ended)


def pause(services: Services, header: Header, leads: Mapping[int, Lead], types: Types) -> float:
    """Return the seconds to wait before these leads are written: until 30 s after the request, where one is slow."""
    if not header.test or all(_name(leads[idx]) != SLOW for idx in types):
        return 0.0
    return max(0.0, (header.accepted_at + LATE - services.clock.now()).total_seconds())


def _name(lead: Lead) -> str:
    return lead.lead_id.partition(".")[0]
