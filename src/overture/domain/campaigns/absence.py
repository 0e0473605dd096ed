"""Until when somebody is away, as an automatic answer says."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from overture.domain.campaigns.replies import own_words

AWAY_DAYS = 7
"""How long a lead is left in peace whose answer names no date."""
MOST_AWAY_DAYS = 90
"""The longest: what is further off is a sabbatical, or a mistake."""

_NAMES = (
    ("january", "jan", "januar", "jänner", "janvier", "enero", "januari"),
    ("february", "feb", "februar", "février", "fevrier", "febrero", "februari"),
    ("march", "mar", "märz", "maerz", "mars", "marzo", "maart"),
    ("april", "apr", "avril", "abril"),
    ("may", "mai", "mayo", "mei"),
    ("june", "jun", "juni", "juin", "junio"),
    ("july", "jul", "juli", "juillet", "julio"),
    ("august", "aug", "août", "aout", "agosto", "augustus"),
    ("september", "sep", "sept", "septembre", "septiembre"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre"),
    ("november", "nov", "novembre", "noviembre"),
    ("december", "dec", "dezember", "dez", "décembre", "decembre", "diciembre"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_DAYS = (
    ("monday", "mon", "montag", "lundi", "lunes", "maandag"),
    ("tuesday", "tue", "tues", "dienstag", "mardi", "martes", "dinsdag"),
    ("wednesday", "wed", "mittwoch", "mercredi", "miércoles", "woensdag"),
    ("thursday", "thu", "thurs", "donnerstag", "jeudi", "jueves", "donderdag"),
    ("friday", "fri", "freitag", "vendredi", "viernes", "vrijdag"),
    ("saturday", "sat", "samstag", "samedi", "sábado", "zaterdag"),
    ("sunday", "sun", "sonntag", "dimanche", "domingo", "zondag"),
)
_WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of |de )?({_MONTH})\b\.?,?(?: (\d{{4}}))?")
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?")
_NUMBERS = re.compile(r"\b(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}|\d{2})?)?(?!\d)")
_ORDINAL = re.compile(r"\b(?:the|until|till|on) (\d{1,2})(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b")
_BARE_MONTH = re.compile(rf"\b(?:until|till|in|of|bis|jusqu'en|hasta|tot|first of) ({_MONTH})\b(?! \d)")
_NEXT_WEEK = re.compile(r"\b(?:this|next|diese|nächste|deze|volgende) (?:week|woche)\b")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int, year: str | None = None) -> date | None:
    """Return the day; without a year the next such day."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = _date(today.year, month, day)
    return _date(today.year + 1, month, day) if found is not None and found < today else found


def _numbers(today: date, said: str) -> Iterator[date | None]:
    """Read 15.01. as the 15th of January; of 03/09, which is two days, the one that comes first from today."""
    for first, mark, second, year in _NUMBERS.findall(said):
        orders = [(int(second), int(first))] + ([(int(first), int(second))] if mark == "/" else [])
        coming = [day for month, of in orders if (day := _coming(today, month, of, year or None))]
        yield min((day for day in coming if day >= today), default=None)


def _ordinals(today: date, said: str) -> Iterator[date | None]:
    for number in _ORDINAL.findall(said):
        this = _date(today.year, today.month, int(number))
        if this is not None and this >= today:
            yield this
        else:
            yield _date(today.year + today.month // 12, today.month % 12 + 1, int(number))


def _dates(today: date, said: str) -> Iterator[date | None]:
    for year, month, day in _ISO.findall(said):
        yield _date(int(year), int(month), int(day))
    for day, month, year in _DAY_MONTH.findall(said):
        yield _coming(today, _MONTHS[month], int(day), year)
    for month, day, year in _MONTH_DAY.findall(said):
        yield _coming(today, _MONTHS[month], int(day), year)
    yield from _numbers(today, said)
    yield from _ordinals(today, said)


def _vaguer(today: date, said: str) -> Iterator[date | None]:
    for name in _WEEKDAY.findall(said):
        yield today + timedelta(days=(_WEEKDAYS[name] - today.weekday() - 1) % 7 + 1)
    for name in _BARE_MONTH.findall(said):
        yield _coming(today, _MONTHS[name], 1)
    if _NEXT_WEEK.search(said):
        yield today + timedelta(days=7)


def away_until(text: str, at: datetime) -> datetime:
    """Return when to go on: the start of the day, in UTC, after the last date that the answer names.

    ``at`` is when it was written. A weekday or month counts where no date is named; where nothing is, or only what is
    past, ``AWAY_DAYS`` have to do. Never later than ``MOST_AWAY_DAYS``.
    """
    today, said = at.astimezone(UTC).date(), own_words(text)
    for found in (_dates, _vaguer):
        named = [day for day in found(today, said) if day is not None and day >= today]
        if named:
            last = min(max(named), today + timedelta(days=MOST_AWAY_DAYS))
            return datetime.combine(last + timedelta(days=1), time(), UTC)
    return at + timedelta(days=AWAY_DAYS)
