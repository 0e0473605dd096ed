"""All vendors, and the boards that a page's addresses and scripts name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from overture.research.boards import (
    ashby,
    bamboohr,
    breezy,
    greenhouse,
    lever,
    personio,
    pinpoint,
    recruitee,
    rippling,
    smartrecruiters,
    teamtailor,
    workable,
    workday,
)
from overture.research.boards.listing import Board
from overture.research.boards.vendor import Vendor

_MODULES = (
    greenhouse,
    lever,
    ashby,
    workable,
    recruitee,
    personio,
    teamtailor,
    bamboohr,
    workday,
    rippling,
    pinpoint,
    breezy,
    smartrecruiters,
)
VENDORS: Mapping[str, Vendor] = MappingProxyType({module.VENDOR.name: module.VENDOR for module in _MODULES})
ON_BY_DEFAULT = frozenset(VENDORS) - {"smartrecruiters"}

_DOMAINS = re.compile(
    r"greenhouse\.io|lever\.co|ashbyhq\.com|workable\.com|recruitee\.com|personio\.(?:de|com)|teamtailor\.com"
    r"|bamboohr\.com|myworkday(?:jobs|site)\.com|rippling\.com|pinpointhq\.com|breezy\.hr|smartrecruiters\.com"
)
_NOT_A_COMPANY_TEXT = """
www api app apply apps assets blog careers cdn company developer developers docs embed go help hello hire info jobs link
login marketing partners resources static status support widget widgets wday com marketplace learn
"""
_NOT_A_COMPANY = frozenset(_NOT_A_COMPANY_TEXT.split())
"""The vendors' own names, where a company's could stand."""
_LONGEST_TEXT = 2_000_000
_ADDRESS = re.compile(r"(?:https?:)?//[\w.-]{3,120}(?:/[^\s\"'<>\\`]{0,300})?")
MOST_BOARDS = 20


@dataclass(frozen=True, slots=True)
class Boards:
    """Which vendors are read, and where: ``bases`` stands in for a vendor's base, by name."""

    enabled: frozenset[str] = ON_BY_DEFAULT
    bases: Mapping[str, str] = field(default_factory=dict[str, str])

    def base(self, vendor: Vendor) -> str:
        """Return scheme and host of a vendor's interface."""
        return self.bases.get(vendor.name, vendor.base)


EVERYWHERE = Boards()


def find_boards(text: str) -> tuple[Board, ...]:
    r"""Return the boards that a text names by their addresses, each once, at most 20.

    The text is addresses, one a line.
    """
    text = text[:_LONGEST_TEXT]
    if not _DOMAINS.search(text):
        return ()
    found: dict[Board, None] = {}
    for vendor in VENDORS.values():
        for pattern in vendor.links:
            for match in pattern.finditer(text):
                board = _board(vendor, match)
                if board and len(found) < MOST_BOARDS:
                    found[board] = None
    return tuple(found)


def addresses_in(script: str) -> list[str]:
    """Return the addresses of boards that a script names, as they stand there with slashes unescaped."""
    if len(script) > _LONGEST_TEXT or not _DOMAINS.search(script):
        return []
    text = script.replace("\\/", "/").replace("\\u002F", "/").replace("&amp;", "&")
    found = dict.fromkeys(address for address in _ADDRESS.findall(text) if _DOMAINS.search(address))
    return list(found)[:MOST_BOARDS]


def _board(vendor: Vendor, match: re.Match[str]) -> Board | None:
    groups = match.groupdict()
    token = unquote(groups["token"])
    tenant = groups.get("tenant")
    if (tenant or token.partition(".")[0]).lower() in _NOT_A_COMPANY:
        return None
    if tenant:
        token = f"{tenant}/{token}"
    board = Board(vendor.name, token, groups.get("region") or "")
    try:
        vendor.check(board)
    except ValueError:
        return None
    return board


def own_domain_board(page: str, addresses: str) -> Board | None:
    """Return the board that Teamtailor serves under a company's own domain: the page loads its scripts from there."""
    if "teamtailor-cdn" not in addresses:
        return None
    board = Board("teamtailor", (urlsplit(page).hostname or "").lower())
    try:
        VENDORS["teamtailor"].check(board)
    except ValueError:
        return None
    return board
