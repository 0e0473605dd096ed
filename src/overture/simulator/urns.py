"""Names of things as LinkedIn spells them, and back to row numbers. Nothing needs looking up except public ids."""

import base64
import re
from urllib.parse import unquote, urlsplit

SITE = "https://www.linkedin.com"
_ODD = 0x9E3779B97F4A7C15  # odd, so multiplying by it is a bijection of 64-bit numbers
_BACK = pow(_ODD, -1, 2**64)
_MEMBER = re.compile(r"ACoAA([\w-]{11})")
_DIGITS = re.compile(r"(\d{6,19})")
_COMMENT = re.compile(r"urn:li:(?:fsd_)?comment:\(.*?(\d+),(?:urn:li:activity:)?(\d+)\)")
_THREAD = re.compile(r"(?:^|[,/])2-([\w-]{11})(?:[)/?]|$)")
LARGEST = 2**63 - 1


def _code(number: int) -> str:
    return base64.urlsafe_b64encode((number * _ODD % 2**64).to_bytes(8, "big")).decode().rstrip("=")


def _number(code: str) -> int:
    number = int.from_bytes(base64.urlsafe_b64decode(code + "="), "big") * _BACK % 2**64
    return number if number <= LARGEST else 0


def member_id(number: int) -> str:
    """``ACoAA...``."""
    return f"ACoAA{_code(number)}"


def member(number: int) -> str:
    """The urn of a member."""
    return f"urn:li:fsd_profile:{member_id(number)}"


def profile_url(public_id: str) -> str:
    """The address of a profile."""
    return f"{SITE}/in/{public_id}/"


def parse_member(text: str) -> tuple[int, str]:
    """Read an address, a urn, an ``ACoAA`` id or a public id: (number, "") or (0, public id)."""
    match = _MEMBER.search(text)
    if match:
        return _number(match[1]), ""
    return 0, _last_segment(text, "in").lower()


def company(number: int) -> str:
    """The urn of a company."""
    return f"urn:li:fsd_company:{number}"


def company_url(universal_name: str) -> str:
    """The address of a company page."""
    return f"{SITE}/company/{universal_name}/"


def parse_company(text: str) -> tuple[int, str]:
    """Read an address, a urn, a number or a universal name: (number, "") or (0, universal name)."""
    segment = _last_segment(text.rpartition(":")[2] if text.startswith("urn:") else text, "company")
    return (_bounded(segment), "") if segment.isdecimal() else (0, segment.lower())


def _last_segment(text: str, after: str) -> str:
    """The path's segment after ``after``; the whole text where it is no address."""
    text = text.strip()
    if "/" not in text:
        return text
    try:
        path = urlsplit(text if "//" in text else f"//{text}").path
    except ValueError:
        return ""
    segments = [segment for segment in path.split("/") if segment]
    if after in segments[:-1]:
        found = unquote(segments[segments.index(after) + 1])
        return "" if "\0" in found else found
    return ""


def _bounded(digits: str) -> int:
    number = int(digits) if len(digits) <= 19 and digits.isascii() else 0
    return number if number <= LARGEST else 0


def post(number: int) -> str:
    """The urn of a post."""
    return f"urn:li:activity:{number}"


def post_url(number: int) -> str:
    """The address of a post."""
    return f"{SITE}/feed/update/{post(number)}/"


def parse_number(text: str) -> int:
    """The last number of six to 19 digits in an address, a urn or a bare id; 0 where there is none."""
    found = _DIGITS.findall(text)
    return _bounded(found[-1]) if found else 0


def comment(number: int, post_number: int) -> str:
    """The urn of a comment."""
    return f"urn:li:comment:(activity:{post_number},{number})"


def parse_comment(text: str) -> tuple[int, int]:
    """(comment, post), or zeros."""
    match = _COMMENT.fullmatch(text.strip())
    return (_bounded(match[2]), _bounded(match[1])) if match else (0, 0)


def conversation(number: int, owner: int) -> str:
    """The urn of a conversation as ``owner`` sees it."""
    return f"urn:li:msg_conversation:({member(owner)},2-{_code(number)})"


def parse_conversation(text: str) -> int:
    """The conversation's number, or 0."""
    match = _THREAD.search(text)
    return _number(match[1]) if match else 0


def message(number: int, owner: int) -> str:
    """The urn of a message as ``owner`` sees it."""
    return f"urn:li:msg_message:({member(owner)},2-{_code(number)})"


def invitation(number: int) -> str:
    """The urn of an invitation."""
    return f"urn:li:fsd_invitation:{number}"


def job_url(number: int) -> str:
    """The address of a job post."""
    return f"{SITE}/jobs/view/{number}/"


def name_of(text: str, kind: str) -> str:
    """The last part of an address (``kind`` is company, school ...), or a plain name, in lower case."""
    text = text.strip()
    return (_last_segment(text, kind) if "linkedin.com/" in text.lower() else text.rpartition(":")[2]).lower()
