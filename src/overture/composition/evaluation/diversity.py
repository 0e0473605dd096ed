"""How much messages to different leads resemble one another (measures of Shaib et al., arXiv 2403.00553)."""

import math
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from overture.composition.evaluation.readability import words


@dataclass(frozen=True, slots=True)
class Diversity:
    """Measures over a set of texts. All are shares from 0 to 1, save ``compression`` (plain size over deflated size).

    ``self_bleu``: BLEU-4 of each text against all others, mean; 1 is the same text for everyone.
    ``distinct_1`` to ``distinct_3``: different n-grams over all n-grams.
    ``repetition``: of a text's runs of four words, how many stand in another text as well, mean.
    They favour short texts, and self-BLEU rises with the number of texts: compare at equal length and number.
    """

    texts: int
    self_bleu: float | None
    distinct_1: float | None
    distinct_2: float | None
    distinct_3: float | None
    repetition: float | None
    compression: float | None


def diversity(texts: Sequence[str]) -> Diversity:
    """Measure texts without greeting and sign-off. Fewer than two give no comparison."""
    lists = [[word.lower() for word in words(text)] for text in texts]
    lists = [found for found in lists if found]
    if len(lists) < 2:
        return Diversity(len(lists), None, None, None, None, None, None)
    joined = "\n".join(texts).encode()
    return Diversity(
        len(lists),
        _self_bleu(lists),
        _distinct(lists, 1),
        _distinct(lists, 2),
        _distinct(lists, 3),
        _repetition(lists),
        len(joined) / len(zlib.compress(joined, 9)),
    )


def same_pairs(labels: Sequence[str]) -> float | None:
    """Return the share of pairs with equal, non-empty labels; None for fewer than two labels."""
    pairs = len(labels) * (len(labels) - 1) // 2
    same = sum(count * (count - 1) // 2 for label, count in Counter(labels).items() if label)
    return same / pairs if pairs else None


def largest_share(labels: Sequence[str]) -> tuple[float, str] | None:
    """Return the share of the commonest non-empty label, and the label (the first in order where several are)."""
    counts = Counter(label for label in labels if label)
    if not counts:
        return None
    label, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return count / len(labels), label


def _grams(found: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(found[place : place + size]) for place in range(len(found) - size + 1)]


def _distinct(lists: Sequence[list[str]], size: int) -> float | None:
    every = [gram for found in lists for gram in _grams(found, size)]
    return len(set(every)) / len(every) if every else None


def _repetition(lists: Sequence[list[str]]) -> float | None:
    holders: Counter[tuple[str, ...]] = Counter(gram for found in lists for gram in set(_grams(found, 4)))
    shares = [
        sum(holders[gram] > 1 for gram in grams) / len(grams)
        for grams in (_grams(found, 4) for found in lists)
        if grams
    ]
    return sum(shares) / len(shares) if shares else None


def _self_bleu(lists: Sequence[list[str]]) -> float:
    """BLEU-4 with all other texts as references, add-one smoothing above one word, in time linear in the texts.

    Of each n-gram the two highest counts in any text are kept: a text's own count is never its reference.
    """
    precisions: list[list[float]] = [[] for _ in lists]
    for size in (1, 2, 3, 4):
        counts = [Counter(_grams(found, size)) for found in lists]
        highest: dict[tuple[str, ...], tuple[int, int, int]] = {}
        for place, count in enumerate(counts):
            for gram, often in count.items():
                first, owner, second = highest.get(gram, (0, -1, 0))
                if often > first:
                    highest[gram] = (often, place, first)
                elif often > second:
                    highest[gram] = (first, owner, often)
        for place, count in enumerate(counts):
            kept = 0
            for gram, often in count.items():
                first, owner, second = highest[gram]
                kept += min(often, second if owner == place else first)
            smooth = 0 if size == 1 else 1
            total = sum(count.values())
            precisions[place].append((kept + smooth) / (total + smooth) if total + smooth else 0.0)
    lengths = sorted(len(found) for found in lists)
    scores = [
        _brevity(len(found), lengths) * math.exp(sum(math.log(max(share, 1e-9)) for share in shares) / 4)
        for found, shares in zip(lists, precisions, strict=True)
    ]
    return sum(scores) / len(scores)


def _brevity(length: int, lengths: Sequence[int]) -> float:
    place = bisect_left(lengths, length)
    others = [lengths[other] for other in (place - 1, place + 1) if 0 <= other < len(lengths)]
    nearest = min(others, key=lambda other: (abs(other - length), other))
    return 1.0 if length >= nearest else math.exp(1 - nearest / length)
