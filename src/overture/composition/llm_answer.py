"""What a language model answers: the schema it is held to, and how its answer becomes drafts or a list of mistakes."""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from overture.composition.callers_words import own_words
from overture.composition.gate import check
from overture.composition.llm_dossier import Told
from overture.composition.parts import Desk, letter, note
from overture.domain.messages import MessageType, Role, Segment, Written, linkedin_length

ROLES: dict[str, Role] = {
    "thanks": Role.GREETING,
    "lead_claim": Role.LEAD_CLAIM,
    "sender_claim": Role.SENDER_CLAIM,
    "material_claim": Role.MATERIAL_CLAIM,
    "inference": Role.INFERENCE,
    "ask": Role.ASK,
    "link": Role.ASK,
}
"""What a model may call a sentence, and what it is for the gate. Greeting and sign-off are not the model's."""

NEEDED: dict[MessageType, frozenset[str]] = {
    MessageType.CONNECTION_REQUEST: frozenset({"lead_claim"}),
    MessageType.FIRST_FOLLOW_UP: frozenset({"lead_claim", "sender_claim", "ask"}),
    MessageType.STAGE_AMBITION: frozenset({"inference", "sender_claim"}),
    MessageType.SHARE_MATERIAL: frozenset({"material_claim", "link"}),
    MessageType.HIRING_ACTIVITY: frozenset({"lead_claim", "sender_claim"}),
}
"""The sentences without which a message is not of its type."""

MOST_SENTENCES = 8
LONGEST_SENTENCE = 320
MOST_CHARACTERS = 40_000

_THANKS = re.compile(r"^(?:Thanks|Thank you|Many thanks|Good|Nice|Glad|I appreciate|Thanks again)\b[^A-Z]*$")
_SPOKEN_TO = re.compile(
    r"(?:^|[.!?] )(?:(?:Hi|Hello|Hey|Dear)\b|(?!(?:Perhaps|Maybe|Possibly|Still|Otherwise|So|"
    r"Today|Also|Elsewhere|Here|There|Separately|Meanwhile|Incidentally|Apparently)\b)[A-Z]\w+, )"
)


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of an answer."""

    role: str
    cites: list[str]
    text: str


@lru_cache(maxsize=64)
def schema_of(types: tuple[MessageType, ...]) -> Mapping[str, object]:
    """Return the JSON schema of an answer: one list of sentences a type, in the order of the types."""
    sentence: dict[str, object] = {
        "type": "object",
        "properties": {
            "role": {"type": "string", "enum": list(ROLES)},
            "cites": {"type": "array", "items": {"type": "string", "maxLength": 4}, "maxItems": 3},
            "text": {"type": "string", "maxLength": LONGEST_SENTENCE},
        },
        "required": ["role", "cites", "text"],
        "additionalProperties": False,
    }
    kinds = [str(kind) for kind in types]
    return {
        "type": "object",
        "properties": {kind: {"type": "array", "items": sentence, "maxItems": MOST_SENTENCES} for kind in kinds},
        "required": kinds,
        "additionalProperties": False,
    }


def decoded(text: str) -> dict[str, list[Sentence]] | str:
    """Read an answer, or say in a sentence for the model why it cannot be read."""
    if not text.strip():
        return "The answer was empty. Answer with the JSON object alone."
    if len(text) > MOST_CHARACTERS:
        return f"The answer had {len(text)} characters. Answer with the JSON object alone."
    start, end = text.find("{"), text.rfind("}")
    try:
        return msgspec.json.decode(text[start : end + 1].encode(), type=dict[str, list[Sentence]])
    except msgspec.ValidationError as error:
        return f"The answer is not of the schema: {error}."
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return "The answer was not valid JSON. Answer with the JSON object alone."


def draft_of(work: Desk, sentences: list[Sentence], told: Mapping[str, Told], canary: str) -> Written | list[str]:
    """Return the message past the gate, or what is wrong with it, each in a sentence with its measure."""
    if not sentences:
        return ["nothing was written"]
    found = [*_shape(work, sentences, told), *_words(sentences, canary)]
    if found:
        return found
    body = [_segment(work, sentence, told) for sentence in sentences]
    written = note(work, body) if work.type is MessageType.CONNECTION_REQUEST else letter(work, body)
    violations = check(written, work.brief, work.lead)
    most, length = work.brief.most, linkedin_length(written.text)
    if most is not None and length > most:
        violations.append(f"the message has {length} units, {most} are allowed")
    return violations or written


def _shape(work: Desk, sentences: list[Sentence], told: Mapping[str, Told]) -> list[str]:
    found: list[str] = []
    roles = {sentence.role for sentence in sentences}
    if len(sentences) > MOST_SENTENCES:
        found.append(f"it has {len(sentences)} sentences, {MOST_SENTENCES} are allowed")
    found += [f"there is no role {role[:20]!r}" for role in sorted(roles - set(ROLES))]
    found += [f"a {work.type} needs a {role}" for role in sorted(NEEDED[work.type] - roles)]
    cited = {name for sentence in sentences for name in sentence.cites}
    found += [f"{name[:8]!r} is not an id that you were given" for name in sorted(cited - set(told))]
    if [sentence.role for sentence in sentences].count("link") > 1:
        found.append("the link can stand once only")
    if "link" in roles and work.type is not MessageType.SHARE_MATERIAL:
        found.append("only share_material has a link")
    return found


def _words(sentences: list[Sentence], canary: str) -> list[str]:
    found: list[str] = []
    for sentence in sentences:
        text = sentence.text.strip()
        if not text:
            found.append("a sentence is empty")
        if len(text) > LONGEST_SENTENCE:
            found.append(f"a sentence has {len(text)} characters, {LONGEST_SENTENCE} are allowed")
        if canary in text:
            found.append("it repeats its instructions")
        if sentence.role == "thanks" and not _THANKS.match(text.replace("I ", "")):
            found.append("a thanks says more than thanks")
        if _SPOKEN_TO.search(text):
            found.append(f"it speaks to somebody by name, or greets again: {text[:40]!r}")
    return found


def _segment(work: Desk, sentence: Sentence, told: Mapping[str, Told]) -> Segment:
    text = " ".join(sentence.text.split())
    if sentence.role == "link":
        address = work.brief.material_link or (work.brief.material.url if work.brief.material else "")
        return Segment(f"{text} {address}", Role.ASK, (own_words("material_link", address),))
    citations = tuple(told[name].citation for name in dict.fromkeys(sentence.cites))
    return Segment(text, ROLES[sentence.role], citations)
