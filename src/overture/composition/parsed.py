"""The parts of a sentence, and what the reading of one must know of its page."""

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """How a sentence may be used."""

    DOES = "does"
    STATES = "states"


@dataclass(frozen=True, slots=True)
class Parsed:
    """Subject, verb and the rest. DOES has no subject; an empty ``third`` or ``base`` cannot be formed safely."""

    shape: Shape
    subject: str
    base: str
    third: str
    rest: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the reading of one sentence must know of its page.

    ``names`` stand for the company, ``products`` for what it sells, ``small`` are the words
    it writes small. ``product``
    tells that customers work with the page's product themselves, so that an order to the reader ('Send
    invoices from your phone') says what they can do.
    """

    names: tuple[str, ...]
    products: tuple[str, ...]
    small: frozenset[str]
    sender: bool = False
    product: bool = True
