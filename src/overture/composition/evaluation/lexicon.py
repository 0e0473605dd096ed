"""Words that readers of sales messages are tired of, with weights from 1 (stale) to 3 (spam)."""

import re

_WEIGHTS: dict[int, tuple[str, ...]] = {
    1: (
        r"quick question",
        r"circle back",
        r"touch(?:ing)? base",
        r"reach(?:ing)? out",
        r"pick your brain",
        r"hop on",
        r"leverag\w+",
        r"streamlin\w+",
        r"optimi[sz]\w+",
        r"robust",
        r"seamless\w*",
        r"holistic",
        r"pain points?",
        r"low[- ]hanging fruit",
        r"win[- ]win",
        r"value[- ]add\w*",
        r"best practices?",
        r"thought leader\w*",
        r"ecosystem",
        r"journey",
        r"landscape",
        r"impress(?:ed|ive)",
        r"caught my (?:eye|attention)",
        r"(?:came|stumbled) across your (?:profile|page)",
        r"just (?:wanted|checking|following)",
        r"i would love to",
        r"i'd love to",
        r"truly",
        r"delve\w*",
        r"boost\w*",
        r"solutions?",
    ),
    2: (
        r"synerg\w+",
        r"unlock\w*",
        r"unleash\w*",
        r"supercharg\w+",
        r"elevat\w+",
        r"empower\w*",
        r"revolutioni[sz]\w+",
        r"transform\w*",
        r"cutting[- ]edge",
        r"state[- ]of[- ]the[- ]art",
        r"best[- ]in[- ]class",
        r"world[- ]class",
        r"industry[- ]leading",
        r"game[- ]chang\w+",
        r"next[- ]level",
        r"paradigm\w*",
        r"disrupt\w*",
        r"skyrocket\w*",
        r"in today'?s (?:fast|digital|competitive|ever)\S*",
        r"fast[- ]paced",
        r"hope (?:this|you|your|all)[\w ]{0,20}(?:finds|well|great)",
        r"trust (?:this|you)[\w ]{0,12}well",
        r"amazing|awesome|incredible|fantastic",
        r"huge fan",
        r"love what you",
        r"10x",
        r"no[- ]brainer",
    ),
    3: (
        r"guarantee\w*",
        r"risk[- ]free",
        r"act (?:now|fast)",
        r"limited[- ]time",
        r"don'?t miss",
        r"last chance",
        r"urgent\w*",
        r"asap",
        r"(?:100|hundred) ?(?:%|percent)",
        r"free money",
        r"once[- ]in[- ]a[- ]lifetime",
        r"double your",
        r"click here",
        r"no obligation",
        r"exclusive offer",
        r"special offer",
    ),
}
_PATTERNS = tuple(
    (weight, re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")) for weight, parts in _WEIGHTS.items()
)
_SHOUT = re.compile(r"!{1,}|\b[A-Z]{5,}\b|[\U0001f300-\U0001faff\u2600-\u27bf]")


def slop(text: str) -> list[tuple[str, int]]:
    """Return the stale words and phrases of a text with their weights, in no order."""
    return [(match.group().lower(), weight) for weight, pattern in _PATTERNS for match in pattern.finditer(text)]


def shouts(text: str) -> int:
    """Return how many exclamation marks, words in capitals and pictures a text holds."""
    return len(_SHOUT.findall(text))
