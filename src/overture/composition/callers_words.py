"""What the caller stated itself (names, title), made safe to stand in a message."""

import re
import unicodedata

from overture.domain.messages import Citation

_NAME = re.compile(r"^[^\W\d_][\w .'’\-]*$")
_COMPANY = re.compile(r"^[\w&'’.,+!()°\-]+(?: [\w&'’.,+!()°\-]+)*$")
_TITLE = re.compile(r"^[^\W\d_][\w &'’.,+\-/]*$")
_SPLIT = re.compile(r"\s*(?:[|•·–—(/;:]| - | @ | at | chez | bei ).*$")


def given_name(text: str) -> str:
    """Return a first name as given, or an empty string where it cannot stand in a greeting."""
    name = unicodedata.normalize("NFC", text.strip())
    return name if len(name) <= 40 and _NAME.match(name) and name.count(".") <= 2 else ""


def company_name(text: str) -> str:
    """Return a company's name as given, or an empty string where it cannot stand in a sentence."""
    name = unicodedata.normalize("NFC", text.strip())
    return name if 1 < len(name) <= 80 and _COMPANY.match(name) and "//" not in name else ""


def title_words(text: str | None) -> str:
    """Return the job title as it fits after 'as', or an empty string: the first of several, without decoration."""
    title = _SPLIT.sub("", (text or "").strip()[:120]).strip(" ,.-")
    if not title or not _TITLE.match(title) or re.search(r"\.\w", title):
        return ""
    head, _, tail = title.partition(",")
    if tail:
        level = re.match(r"(?i)(?:s?vp|evp|vice president|director|head|manager|senior director)$", head.strip())
        title = f"{head.strip()} {tail.strip()}" if level else head.strip()
    if title.isupper() and len(title) > 5:
        title = re.sub(r"\b(Of|And|For)\b", lambda match: match.group().lower(), title.title())
    return title if 2 < len(title) + 1 <= 46 else ""


def own_words(field: str, span: str) -> Citation:
    """Return the citation of something that the caller stated."""
    return Citation(f"request:{field}", f"request:{field}", span, "")
