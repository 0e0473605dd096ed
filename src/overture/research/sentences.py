"""Text as a reader sees it: folded, without hidden characters, in sentences."""

import re

from overture.research.orders import gives_orders

MIN_LENGTH = 4
MAX_LENGTH = 400

# Controls, soft hyphen, zero-width and bidi marks, interlinear marks, surrogates, tag characters,
# variation selectors beyond the common ones, private use, noncharacters: none of them is text that a
# reader sees, and each has carried hidden instructions or spoofed words.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ue000-\uf8ff\U000f0000-\U0010ffff]+"
)

_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:mr|mrs|ms|dr|prof|st|mt|sr|jr|inc|ltd|co|corp|llc|plc|vs|etc|no|nos|approx|dept|est|fig"
    r"|e\.g|i\.e|cf|al|vol|ca|bzw|z\.b|u\.a|d\.h|ggf|inkl|evtl|usw|nr|str|tel|min|max|m|mme|av|bd|jan|feb|mar"
    r"|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|[a-z]|(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:[.!?…]|[。！？])[\"'”’»)\]]{0,2}"
    r"(?:\s+(?=[\"'“‘«(\[¿¡]{0,2}[^\W_a-zß-öø-ÿ])|(?<=[。！？])(?=\S))"
)
_CUT = re.compile(r"(?<=;)\s")


def fold(text: str) -> str:
    """Return the text with characters that no reader sees removed and white space folded to one space."""
    if not text.isascii() or not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def split(text: str) -> list[str]:
    """Return the sentences of folded text, each an exact span of it.

    A full stop ends a sentence where the next word starts with no lower-case letter and the word before
    is no abbreviation and no initial.
    """
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start() + 1):
            continue
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def usable(text: str) -> list[str]:
    """Return the sentences of folded text that may be kept: 4 to 400 characters each.

    A text that holds one order to a machine is left out whole: what stands beside the order serves it.
    A longer sentence is cut at its semicolons, or left out: a cut elsewhere may turn its meaning round.
    """
    if gives_orders(text):
        return []
    kept: list[str] = []
    for sentence in split(text):
        parts = [sentence] if len(sentence) <= MAX_LENGTH else [part.strip() for part in _CUT.split(sentence)]
        kept.extend(part for part in parts if MIN_LENGTH <= len(part) <= MAX_LENGTH)
    return kept
