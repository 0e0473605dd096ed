"""What a job board lists as a page's reading: evidence, and roles with their countries."""

from collections.abc import Sequence
from html import unescape

from overture.domain.evidence import JobPost
from overture.research.boards.listing import Opening
from overture.research.collector import Collector
from overture.research.orders import gives_orders
from overture.research.pages import PageReading
from overture.research.placing import Home, place_all
from overture.research.sentences import fold

_LONGEST_TITLE = 200
_LONGEST_ADDRESS = 2_000


def read_openings(openings: Sequence[Opening], company: str, url: str, fetched_at: str, home: Home) -> PageReading:
    """Return the roles as evidence of ``url``, each once for each of its countries.

    A title that is no title, or that gives orders, is left out. Pure, and made to run in a child process.
    """
    collector = Collector(url, fetched_at)
    jobs: list[JobPost] = []
    known = [(opening, fold(unescape(opening.title))) for opening in openings]
    sound = [(opening, title) for opening, title in known if 2 <= len(title) <= _LONGEST_TITLE]
    countries = place_all([opening.places for opening, _ in sound], home)
    for (opening, title), places in zip(sound, countries, strict=True):
        if gives_orders(title) or any(gives_orders(text) for _, text in places):
            continue
        address = opening.url if opening.url.startswith(("https://", "http://")) else ""
        address = address if len(address) <= _LONGEST_ADDRESS and address.isprintable() else ""
        for country, text in places:
            name = collector.add_job(title, text)
            jobs.append(JobPost(title, country, address or url, name, opening.date, text or None))
    return PageReading(
        url=collector.url,
        title="",
        site_name=fold(company)[:100],
        language="",
        evidence=tuple(collector.evidence),
        jobs=tuple(jobs),
        roles_seen=bool(openings),
    )
