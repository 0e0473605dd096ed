"""Word lists, written as prose is: words between spaces."""


def listed(words: str) -> list[str]:
    """Return the words of a list."""
    return words.split()
