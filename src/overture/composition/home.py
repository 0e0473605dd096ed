"""The country that a company's site is at home in, where its address or its text says so plainly."""

import re
from functools import lru_cache

from overture.domain.evidence import Source

_BY_ENDING = {
    "uk": "GB", "de": "DE", "fr": "FR", "ca": "CA", "au": "AU", "nz": "NZ", "in": "IN", "ie": "IE", "nl": "NL",
    "ch": "CH", "at": "AT", "be": "BE", "es": "ES", "it": "IT", "se": "SE", "no": "NO", "dk": "DK", "fi": "FI",
    "pl": "PL", "br": "BR", "mx": "MX", "za": "ZA", "sg": "SG", "jp": "JP", "gov": "US", "edu": "US", "mil": "US",
}  # fmt: skip
_STATES = re.compile(
    r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|"
    r"Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    r"Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|"
    r"Pennsylvania|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|"
    r"Wyoming|Los Angeles|Chicago|Brooklyn|Boston|Seattle|Houston|Dallas|Austin|Denver|Atlanta|San Diego)\b"
)
_WIDE = re.compile(
    r"(?i)\b(?:worldwide|global(?:ly)?|international\w*|countries|europe|united kingdom|u\.?k\.?|london|"
    r"regions|markets|around the (?:world|globe))\b"
)
_LOCAL = 3


def home_of(source: Source) -> str:
    """Return an ISO 3166-1 code, or an empty string where the site may be at home anywhere; by its own words."""
    return _home(source.final_url, source.version, _Text(source))


class _Text:
    """A source that a cache does not compare: address and version tell it."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=2048)
def _home(url: str, version: str, text: _Text) -> str:
    del version
    ending = url.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0].rsplit(".", 1)[-1].lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    words = " ".join(item.text for item in text.source.evidence)
    return "US" if len(_STATES.findall(words)) >= _LOCAL and not _WIDE.search(words) else ""
