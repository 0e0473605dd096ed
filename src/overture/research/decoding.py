"""The bytes of a page to text, whatever its headers say."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_WINDOW = 4096
_SAMPLE = 32_768

# What browsers read where a page says the left side (WHATWG Encoding, "names and labels").
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
# Python knows more codecs than the web does, and some of them run or unpack things.
_WEB = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp(125\d|866|874|932|949)|iso8859-\d\d?|koi8-[ru]|gb18030|big5(hkscs)?|euc_jp"
    r"|iso2022_jp|mac-roman|mac-cyrillic"
)
_STATEFUL = ("iso2022_jp", "utf-16", "utf-16-le", "utf-16-be")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text: byte order mark, HTTP charset, meta charset, then a guess. Never raises.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 even where a header says otherwise: no other
    encoding looks like it by chance, and servers that add a wrong default are common.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    named = _named(_HEADER.search(content_type)) or _named(_META.search(body, 0, _META_WINDOW))
    if named not in _STATEFUL:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if named:
        text = body.decode(named, "replace")
        if text.count("�") <= len(text) // 100:
            return text
    return body.decode(_guess(body), "replace")


def _named(match: re.Match[str] | re.Match[bytes] | None) -> str:
    if match is None:
        return ""
    label = match.group(1)
    try:
        found = codecs.lookup(label.decode("ascii") if isinstance(label, bytes) else label).name
    except (LookupError, ValueError):
        return ""
    found = _SUPERSETS.get(found, found)
    return found if _WEB.fullmatch(found) else ""


def _guess(body: bytes) -> str:
    sample = body[:_SAMPLE]
    try:
        sample.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        # A page of UTF-8 with a few broken bytes: more than half of the other sequences must hold.
        broken = len(sample.decode("utf-8", "ignore").encode()) / max(len(sample), 1)
        if error.start > 0 and broken > 0.999:
            return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 40 ms, and rarely needed

    best = from_bytes(sample, steps=3, chunk_size=256).best()
    return best.encoding if best is not None and _WEB.fullmatch(_canonical(best.encoding)) else "cp1252"


def _canonical(name: str) -> str:
    return codecs.lookup(name).name
