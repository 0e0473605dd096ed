"""The composer with a language model: one call a lead, checked, asked again with what was wrong, else embedded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overture.composition.llm_answer import decoded, draft_of, schema_of
from overture.composition.llm_dossier import Told
from overture.composition.llm_prompt import cache_key_of, canary_of, complaint, lead_block, prefix_of, told_to
from overture.composition.llm_warming import Warming
from overture.composition.parts import Desk, desk
from overture.composition.write import write
from overture.domain import reasons
from overture.domain.authorship import Authorship, Composed, ComposerName, Usage, shared_out
from overture.domain.errors import ModelFailed
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType, Refused, Written
from overture.ports import Composer, Model, Purse, Question, Reply
from overture.telemetry.logs import get

MOST_ECHOED = 8_000
"""Of a bad answer, the characters that are shown to the model again."""

NOTHING_TO_TELL = "nothing to write from"

log = get(__name__)


@dataclass
class _Talk:
    """One lead's conversation with the model."""

    work: Desk
    prefix: str
    told: Mapping[str, Told]
    turns: list[str]
    open: dict[MessageType, list[str]]
    asked: dict[MessageType, int] = field(default_factory=dict[MessageType, int])
    drafts: dict[MessageType, Written] = field(default_factory=dict[MessageType, Written])
    usage: Usage = field(default_factory=Usage)
    stopped: str = ""
    spent: bool = False


class LlmComposer:
    """Writes with a model; what it does not write in ``attempts`` calls, ``embedded`` writes, and it is recorded so.

    ``embedded`` is a composer past the gate. ``when_spent`` is what happens to a message once a ceiling is reached:
    'embedded' writes it without the model, 'fail' refuses it.
    """

    def __init__(self, model: Model, embedded: Composer, *, attempts: int = 3, when_spent: str = "embedded") -> None:
        self._model = model
        self._embedded = embedded
        self._attempts = attempts
        self._when_spent = when_spent
        self._warming = Warming()

    async def write(
        self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...], purse: Purse
    ) -> list[Composed]:
        """Return one message a type, in the order given, each past the send gate or refused."""
        asked = tuple(kind for kind in types if _has_sources(kind, brief, lead))
        work = desk(brief, lead, asked[0]) if asked else ""
        if isinstance(work, str):
            return [self._without(draft, NOTHING_TO_TELL, 0) for draft in write(self._embedded, brief, lead, types)]
        talk = _begun(work, asked)
        await self._converse(talk, purse)
        if talk.stopped:
            log.info("llm.stopped", model=self._model.name, reason=talk.stopped)
        return shared_out(self._gathered(talk, brief, lead, types), talk.usage)

    async def _converse(self, talk: _Talk, purse: Purse) -> None:
        schema = schema_of(tuple(talk.open))
        key = cache_key_of(talk.prefix)
        for _ in range(self._attempts):
            question = Question(talk.prefix, tuple(talk.turns), schema, key)
            talk.stopped = await purse.reserve(self._model.most(question))
            if talk.stopped:
                talk.spent = True
                return
            for kind in talk.open:
                talk.asked[kind] = talk.asked.get(kind, 0) + 1
            try:
                reply = await self._warming.ask(key, lambda question=question: self._model.ask(question))
            except ModelFailed as error:
                talk.stopped = str(error)
                return
            talk.usage = talk.usage.plus(reply.usage)
            _judge(talk, reply)
            if not talk.open:
                return
            talk.turns += [reply.text[:MOST_ECHOED] or "{}", complaint(talk.open)]

    def _gathered(self, talk: _Talk, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Composed]:
        left = tuple(kind for kind in types if kind not in talk.drafts)
        others = dict(zip(left, self._instead(talk, brief, lead, left), strict=True))
        name = self._model.name
        return [
            Composed(talk.drafts[kind], Authorship(ComposerName.LLM, name, talk.asked.get(kind, 0)))
            if kind in talk.drafts
            else self._without(others[kind], _reason(talk, kind), talk.asked.get(kind, 0))
            for kind in types
        ]

    def _instead(self, talk: _Talk, brief: Brief, lead: LeadDossier, left: tuple[MessageType, ...]) -> Sequence[Draft]:
        if talk.spent and self._when_spent == "fail":
            return [Refused(kind, reasons.NOT_GENERATED, talk.stopped) for kind in left]
        return write(self._embedded, brief, lead, left)

    def _without(self, draft: Draft, reason: str, attempts: int) -> Composed:
        return Composed(draft, Authorship(ComposerName.EMBEDDED, self._model.name, attempts, fallback=reason))


def _begun(work: Desk, asked: tuple[MessageType, ...]) -> _Talk:
    return _Talk(
        work=work,
        prefix=prefix_of(work),
        told=told_to(work),
        turns=[lead_block(work, asked)],
        open={kind: list[str]() for kind in asked},
    )


def _judge(talk: _Talk, reply: Reply) -> None:
    """Keep the messages that pass; note what is wrong with the others."""
    answer = decoded(reply.text)
    canary = canary_of(talk.work.brief)
    for kind in list(talk.open):
        if isinstance(answer, str):
            talk.open[kind] = [answer]
            continue
        work = desk(talk.work.brief, talk.work.lead, kind)
        assert not isinstance(work, str)  # the same words as those of the first type
        draft = draft_of(work, answer.get(kind, []), talk.told, canary)
        if isinstance(draft, Written):
            talk.drafts[kind] = draft
            del talk.open[kind]
        else:
            talk.open[kind] = draft


def _reason(talk: _Talk, kind: MessageType) -> str:
    if kind not in talk.open:
        return NOTHING_TO_TELL
    if talk.stopped:
        return talk.stopped
    return f"not sendable after {talk.asked[kind]} calls: " + "; ".join(talk.open[kind][:3])[:400]


def _has_sources(kind: MessageType, brief: Brief, lead: LeadDossier) -> bool:
    """Say whether what the type rests on could be read; where not, the embedded composer says what is missing."""
    match kind:
        case MessageType.CONNECTION_REQUEST:
            return lead.site is not None
        case MessageType.FIRST_FOLLOW_UP:
            return lead.site is not None and brief.proposition is not None
        case MessageType.STAGE_AMBITION:
            return brief.proposition is not None and (lead.site is not None or lead.person.job_title is not None)
        case MessageType.SHARE_MATERIAL:
            return brief.material is not None
        case MessageType.HIRING_ACTIVITY:
            return brief.proposition is not None and lead.jobs is not None and bool(lead.jobs.jobs)
