"""Readability by rules of our own: no word list, no network."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"')\]]*\s+|\n+")
_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôû]+")
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?:(?<![^aeiouy]l)e|(?<![^aeiouy]l)(?<![sxz])(?<![cs]h)(?<![cg])es|(?<![td])(?<![^aeiouyr]r)ed)$|(?<=g)ues?$"
)
_MUTE_INSIDE = re.compile(r"(?<=[aeiouy][a-z])e(?=(?:ment|ly|less|ful|thing|ness|sale|selves)\w*$)")
_PARTED = re.compile(
    r"(?<![gqtsc])i(?:a|o|u)|[tsc]ia(?!l|n)|[^p]eo|(?<![gq])u(?:a|o)|ie(?=nt|nc|t)|ea(?=t(?:e|i|or)|li)|(?<=[rdn])ea(?=s?$)|oye(?=e)|ei(?=ng)|yi"
)
_JOINED = re.compile(r"llion")


def syllables(word: str) -> int:
    """Return the syllables of one word, at least one.

    Vowel groups are counted, a silent *e*, *es* or *ed* is not; *ia*, *eo* and the like are two, save in endings such
    as *-tion* and *-cial*. A number counts one syllable for each of its digits, three at most; an abbreviation in
    capitals one for each letter.
    """
    if any(letter.isdigit() for letter in word):
        return min(3, sum(letter.isdigit() for letter in word))
    if word.isupper() and 1 < len(word) <= 5:
        return len(word)
    low = re.sub(r"['’].*$", "", word.lower())
    if "-" in low:
        return sum(syllables(part) for part in low.split("-") if part)
    low = _MUTE_INSIDE.sub("", low).replace("qu", "kw").replace("busi", "bus").replace("every", "evry")
    count = len(_VOWELS.findall(low)) + len(_PARTED.findall(low)) - len(_JOINED.findall(low))
    return max(1, count - (_SILENT.search(low) is not None))


def words(text: str) -> list[str]:
    """Return the words of a text, links left out."""
    return _WORD.findall(re.sub(r"https?://\S+|\{\{\w+\}\}", " ", text))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, trimmed, those without a word left out."""
    return [part.strip() for part in _SENTENCE.split(text) if _WORD.search(part)]


@dataclass(frozen=True, slots=True)
class Readability:
    """``grade`` is Flesch-Kincaid's (US school years, not below 0); lengths are in words."""

    grade: float
    mean_sentence: float
    longest_sentence: int
    words: int


def readability(text: str) -> Readability:
    """Measure a text without its greeting and sign-off. An empty one is all zeros."""
    lengths = [len(found) for found in (words(part) for part in sentences(text)) if found]
    total = sum(lengths)
    if not total:
        return Readability(0.0, 0.0, 0, 0)
    spoken = sum(syllables(word) for word in words(text))
    grade = 0.39 * total / len(lengths) + 11.8 * spoken / total - 15.59
    return Readability(max(0.0, grade), total / len(lengths), max(lengths), total)
