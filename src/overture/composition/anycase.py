"""Long lists of words, looked for in any case."""

import re


class AnyCase:
    """A pattern that ignores case; quick on ASCII text.

    Ignoring case costs the engine its test of a branch's first letter. Of ASCII text the small letters are
    searched instead, which finds the same, because the pattern is written in small letters.
    """

    def __init__(self, part: str) -> None:
        """Raise ``ValueError`` for a capital in the pattern, or a group with flags of its own."""
        if re.search(r"(?<!\\)[A-Z]|\(\?-?[a-z]+[:)]", part):
            raise ValueError(f"not in small letters: {part}")
        self._any = re.compile(part, re.IGNORECASE)
        self._small = re.compile(part)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, in ``text`` or in its small letters: the span is the same."""
        return self._small.search(text.lower()) if text.isascii() else self._any.search(text)

    def findall(self, text: str) -> list[str]:
        """Return all matches as they stand in the text."""
        return [match.group() for match in self._any.finditer(text)]
