"""What a single text must be: each rule returns the fault in the contract's words, or None."""

import re
from collections.abc import Callable
from ipaddress import IPv6Address

from overture.domain.countries import ISO_3166_ALPHA2
from overture.domain.messages import Tone

Rule = Callable[[str], str | None]
"""Takes a text that is not blank; returns the fault, to be put after the field's name, or None."""

REQUIRED = "is required but was missing or blank"
NOT_TEXT = "must be a string"
NOT_ARRAY = "must be an array"
NOT_OBJECT = "must be an object"
NOT_URL = "must be a valid URL"
NOT_HTTP_URL = "must be a valid HTTP or HTTPS URL"
NOT_HTTPS_URL = "must be a valid HTTPS URL"
NOT_COUNTRY = "must be a valid ISO 3166-1 country code"
NOT_TONE = f"must be one of: {', '.join(Tone)}"
CONTROLS = "must not contain control characters"

URL_LENGTH = 2_048

_TONES = frozenset(tone.value for tone in Tone)

# Tab, line feed and carriage return are white space and pass: they are common in pasted data.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# No repetition stands directly inside another, so matching takes time in proportion to the length.
_ESCAPE = "%[0-9A-Fa-f]{2}"
_PLAIN = r'[^\x00-\x20\x7f"<>\\^`{|}%#]'
_TEXT = rf"{_PLAIN}*(?:{_ESCAPE}{_PLAIN}*)*"
_NAME = r'[^\x00-\x20\x7f"<>\\^`{|}%#/?@:\[\]]'
_USER = rf"(?:(?:{_NAME}|:|{_ESCAPE})*@)?"
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|(?:{_NAME}|{_ESCAPE})+)"

_USUAL_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/?=&+,;:@!$'()*-]*)?")
"""What nearly every URL looks like, judged at a fraction of the price."""

_HTTP_URL = re.compile(rf"[Hh][Tt][Tt][Pp][Ss]?://{_USER}{_HOST}(?::(?P<port>[0-9]*))?(?:[/?]{_TEXT})?(?:#{_TEXT})?")
_ANY_URL = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))"  # a scheme, or a first segment without a colon
    rf"(?://{_USER}{_HOST}?(?::[0-9]*)?(?=[/?#]|\Z)|(?!//))"
    rf"{_TEXT}(?:#{_TEXT})?"
)


def text(limit: int) -> Rule:
    """Any text of at most ``limit`` characters, without control characters."""
    too_long = f"must be at most {limit} characters"

    def check(value: str) -> str | None:
        if len(value) > limit:
            return too_long
        if not value.isprintable() and _CONTROL.search(value):
            return CONTROLS
        return None

    return check


def _real_port(port: str | None) -> bool:
    return not port or (len(port) <= 5 and 0 < int(port) <= 65_535)


def _real_host(value: str) -> bool:
    """False where the host is an IPv6 literal in form only."""
    if "[" not in value:
        return True
    _, opened, rest = value.split("/", 3)[2].partition("[")
    if not opened:
        return True
    try:
        IPv6Address(rest.partition("]")[0])
    except ValueError:
        return False
    return True


def http_url(value: str) -> str | None:
    """An absolute http or https URL with a host.

    What no URL may look like (white space, a stray bracket, a broken escape) is "not a URL"; what parses
    but is another scheme, or has no host, is "not an HTTP URL". Letters beyond ASCII pass, as in a browser.
    """
    if len(value) > URL_LENGTH:
        return f"must be at most {URL_LENGTH} characters"
    if _USUAL_URL.fullmatch(value):
        return None
    if not value.isprintable():
        return NOT_URL
    match = _HTTP_URL.fullmatch(value)
    if match is not None:
        return None if _real_port(match["port"]) and _real_host(value) else NOT_HTTP_URL
    return NOT_HTTP_URL if _ANY_URL.fullmatch(value) else NOT_URL


def https_url(value: str) -> str | None:
    """An absolute https URL with a host."""
    fault = http_url(value)
    if fault is None and value[:8].lower() != "https://":
        return NOT_HTTPS_URL
    return fault


def country(value: str) -> str | None:
    """An ISO 3166-1 alpha-2 code, in any case."""
    # Upper case of some letters beyond ASCII is two letters, which could look like a code.
    return None if value.isascii() and value.upper() in ISO_3166_ALPHA2 else NOT_COUNTRY


def tone(value: str) -> str | None:
    """One of the three tones, as written."""
    return None if value in _TONES else NOT_TONE
