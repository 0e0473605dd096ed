"""Shares of counts with their 95% intervals, and the difference of two shares with its own.

One share: Wilson's score interval. Two: Newcombe's hybrid of two Wilson intervals (Newcombe 1998, method 10). Both hold
for small counts and for shares of 0 and 1, where the usual normal interval does not.
"""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""The 97.5% point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``. ``rate``, ``low`` and ``high`` are from 0 to 1, None where ``of`` is 0."""

    count: int
    of: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the first rate is than the second, from -1 to 1, with its 95% interval."""

    first: Share
    second: Share
    difference: float
    low: float
    high: float

    @property
    def told_apart(self) -> bool:
        """Return whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def share(count: int, of: int) -> Share:
    """Return a share with its interval; ``count`` is from 0 to ``of``."""
    if of <= 0:
        return Share(count, of, None, None, None)
    rate = count / of
    middle = (rate + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z * sqrt(rate * (1 - rate) / of + _Z**2 / (4 * of**2)) / (1 + _Z**2 / of)
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == of else middle + half
    return Share(count, of, rate, low, high)


def difference(first: Share, second: Share) -> Difference | None:
    """Return how far two shares lie apart; None where one of them counts nobody."""
    if first.rate is None or first.low is None or first.high is None:
        return None
    if second.rate is None or second.low is None or second.high is None:
        return None
    apart = first.rate - second.rate
    return Difference(
        first,
        second,
        apart,
        apart - sqrt((first.rate - first.low) ** 2 + (second.high - second.rate) ** 2),
        apart + sqrt((first.high - first.rate) ** 2 + (second.rate - second.low) ** 2),
    )
