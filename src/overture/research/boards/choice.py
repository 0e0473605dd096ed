"""Which of several boards is the company's own."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from overture.domain.errors import FetchFailed
from overture.research.boards.listing import Board

_SIMILAR = 85.0


def bearing_name(boards: Sequence[Board], names: Sequence[str], url: str) -> list[Board]:
    """Return the boards to read: the only one that the site links to, or those that bear the company's name.

    A site that links to one board calls it its own. One that links to several may list other companies' roles: then
    a token must resemble a name that the site gives itself, or a part of its host, by 85 of 100.

    Raises:
        FetchFailed: several boards, and none bears the name.
    """
    if len({board.token.lower() for board in boards}) == 1:
        return list(boards)
    own = {_compact(name) for name in (*names, *_labels(url))} - {""}
    chosen = [
        board for board in boards if any(fuzz.ratio(part, name) >= _SIMILAR for part in _parts(board) for name in own)
    ]
    if not chosen:
        raise FetchFailed(url, f"the site links to {len(boards)} job boards, and none bears the company's name")
    return chosen


def _parts(board: Board) -> list[str]:
    return [_compact(part) for part in re.split(r"[/.]", board.token)] + [_compact(board.token)]


def _labels(url: str) -> list[str]:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    return [label for label in host.split(".")[:-1] if len(label) > 3]


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
