"""CSV that a spreadsheet can open without running anything: RFC 4180, and cells that could be formulas disarmed."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from overture.domain.events import timestamp

_STARTS = frozenset("=+-@\u2212")
_BARE = frozenset("\t\r\0")
MEDIA_TYPE = "text/csv; charset=utf-8; header=present"


def cell(value: object) -> str:
    """Return a value as the text of a cell. A text that a spreadsheet could take for a formula gets a leading ``'``.

    It could where it begins with ``=``, ``+``, ``-`` or ``@``, in any width, after any white space or invisible
    characters; or with a tab, CR or NUL (OWASP ASVS 1.2.10). Numbers and dates are ours and stay as they are.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timestamp(value)
    if not isinstance(value, str):
        return str(value)
    bare = next((char for char in value if not _unseen(char)), "")
    starts = unicodedata.normalize("NFKC", bare)[:1] in _STARTS if bare else False
    return "'" + value if starts or value[:1] in _BARE else value


def _unseen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV lines, each ended by CRLF."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode()
