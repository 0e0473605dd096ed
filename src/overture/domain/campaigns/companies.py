"""Telling whether two names are the same company, without keeping either."""

import hashlib
import re
import unicodedata
from uuid import UUID

_FORMS = frozenset({
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "bvba", "cic", "co", "company", "corp", "corporation", "doo", "eood",
    "eurl", "gmbh", "inc", "incorporated", "kft", "kg", "kk", "lda", "limited", "llc", "llp", "lp", "ltd", "ltda",
    "mbh", "nv", "ohg", "ooo", "oy", "oyj", "pbc", "plc", "pllc", "pte", "pty", "pvt", "sa", "sarl", "sas", "sasu",
    "sca", "se", "sl", "slu", "spa", "srl", "sro", "ug",
})  # fmt: skip
"""Legal forms at the end of a name: the common ones of ISO 20275's code list."""


def same_company(name: str) -> str:
    """Return the form in which names are compared: lower case, no accents, punctuation, legal form, or leading "the".

    What would be left without a word is only put into lower case.
    """
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("&", " and "))
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = re.sub(r"(?<=\w)[.'’/](?=\w)|(?<=\w)\.(?!\w)", "", text)
    words = re.sub(r"[\W_]+", " ", text).split()
    while len(words) > 1 and (words[-1] in _FORMS or words[-1] == "and"):
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or name.strip().casefold()


def company_hash(account_id: UUID, name: str) -> bytes:
    """Return SHA-256 over the customer and the compared form of a company's name."""
    return hashlib.sha256(f"{account_id}\0{same_company(name)}".encode("utf-8", "surrogatepass")).digest()
