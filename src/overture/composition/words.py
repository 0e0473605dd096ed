"""Words as the rules see them: tokens, stems, numbers and names."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer  # pyright: ignore[reportMissingTypeStubs]

from overture.composition.wordlist import listed

_STEMMER = EnglishStemmer()
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*\d|\d", re.UNICODE)

STOP = frozenset(
    listed(
        "a about above after again all also am an and any are as at be because been before being between both but by "
        "can cannot could did do does doing down during each few for from further get had has have having he her "
        "here hers him his how i if in into is it its itself just like me more most my no nor not of off on once "
        "only or other our ours out over own per same she should so some such than that the their theirs them then "
        "there these they this those through to too under until up upon us very via was we were what when where "
        "whether which while who whom whose why will with within without would you your yours s t d ll ve re m don "
        "doesn isn"
    )
)

_ENDING = re.compile(r"(?:n['’]t|['’](?:re|ve|ll|d|m|s))$", re.IGNORECASE)

_UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS: dict[str, str] = {word: str(i) for i, word in enumerate(_UNITS)} | {k: str(v) for k, v in _TENS.items()}
_NUMBER_TOKEN = re.compile(r"\d[\d,.]*")
_AMBIGUOUS = frozenset({"one", "zero"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a page: those it writes small somewhere, and how often each stands, whatever its case."""

    small: frozenset[str]
    counts: Counter[str]

    @staticmethod
    def of(text: str) -> "Vocabulary":
        """Read the words of a text once; a compound counts as a whole and by its parts."""
        found = _PLAIN.findall(text)
        compounds = [word for word in found if "-" in word]
        parts = [part for word in compounds for part in word.split("-")]
        small = frozenset(word for word in (*found, *parts) if word[:1].islower())
        return Vocabulary(small | frozenset(word.lower() for word in compounds), Counter(map(str.lower, found)))

    @property
    def english(self) -> float:
        """The share of English function words: some 0.2 in prose, 0.03 in a table, near 0 in other languages."""
        return sum(self.counts[word] for word in _FUNCTION_WORDS) / max(self.counts.total(), 1)


_FUNCTION_WORDS = listed("the and of to for with is your you our we from are")
_PLAIN = re.compile(r"[A-Za-z][\w'-]*")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one word, lower case, without a possessive."""
    bare = re.sub(r"['’]s?$", "", word.lower())
    return str(_STEMMER.stemWord(bare))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def tokens(text: str) -> list[str]:
    """Split into words and numbers."""
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of all words that carry meaning."""
    bare = [_ENDING.sub("", word) if "'" in word or "’" in word else word for word in tokens(text)]
    return frozenset(stem(word) for word in bare if word.lower() not in STOP and len(word) > 1)


def number_set(text: str) -> frozenset[str]:
    """Return the numbers of a text in one form: digits without separators; 'eight' is 8.

    'one' counts only as a digit: as a word it is a pronoun too often.
    """
    found: set[str] = set()
    for token in _NUMBER_TOKEN.findall(text):
        bare = token.rstrip(".,").replace(",", "")
        found.add(bare)
    for word in re.findall(r"[A-Za-z]+", text):
        low = word.lower()
        if low in NUMBER_WORDS and low not in _AMBIGUOUS:
            found.add(NUMBER_WORDS[low])
    return frozenset(found)


_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*|[“\"]\s*)$")
_NAME = re.compile(r"\b[^\W\d_]*[A-Z][\w&'’+-]*", re.UNICODE)


def names(text: str) -> list[str]:
    """Return the words written like names: capitalised inside a sentence, or with inner capitals."""
    found: list[str] = []
    for match in _NAME.finditer(text):
        word = re.sub(r"['’]s?$", "", match.group())
        if word in {"I", "I'd", "I'm", "I've", "I'll"} or word.startswith(("I'", "I’")):
            continue
        starts = _SENTENCE_START.search(text[: match.start()]) is not None
        inner = any(letter.isupper() for letter in word[1:])
        if not starts or inner:
            found.append(word)
    return found
