"""Whose message is it? A retriever that sees no names has to find the lead's dossier."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from overture.composition.words import STOP, stem, tokens

_K1, _B = 1.2, 0.75


def terms(text: str) -> list[str]:
    """Return the stems of a text's words, those without meaning left out."""
    return [stem(word) for word in tokens(text) if word.lower() not in STOP and len(word) > 1]


class Index:
    """BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75) over one document a key."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        """Read the documents once; a term weighs more the fewer of them hold it."""
        self._keys = list(documents)
        self.keys = frozenset(documents)
        counts = [Counter(terms(text)) for text in documents.values()]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for place, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            damp = _K1 * (1 - _B + _B * length / mean) if mean else 0.0
            for term, often in count.items():
                self._postings.setdefault(term, []).append((place, often * (_K1 + 1) / (often + damp)))

    def best(self, query: str) -> list[str]:
        """Return the keys of the documents with the highest score, several where they tie, none where no term hits."""
        scores: dict[int, float] = {}
        size = len(self._keys)
        for term in sorted(set(terms(query))):
            found = self._postings.get(term, ())
            weight = math.log(1 + (size - len(found) + 0.5) / (len(found) + 0.5))
            for place, gain in found:
                scores[place] = scores.get(place, 0.0) + weight * gain
        if not scores:
            return []
        top = max(scores.values())
        return [self._keys[place] for place, score in sorted(scores.items()) if top - score < 1e-9]


def masked(text: str, names: Sequence[str]) -> str:
    """Return the text without the names, in whatever case and also where they are written as one word."""
    for name in sorted((item.strip() for item in names if item.strip()), key=len, reverse=True):
        text = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", " ", text)
    return text


def top_one(index: Index, queries: Sequence[tuple[str, str]]) -> float | None:
    """Return the share of (key, text) pairs whose own document comes first; a tie of k counts 1/k. None without any."""
    if not queries:
        return None
    hits = 0.0
    for key, text in queries:
        best = index.best(text)
        hits += 1 / len(best) if key in best else 0.0
    return hits / len(queries)
