"""Pages with planted text: what of it comes through to a message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from benchmarks.quality.corpus import READ_AT, brief, companies, lead, propositions
from benchmarks.quality.injections import VISIBLE, Payload, carriers, lookalikes, payloads
from overture.composition.compose import EmbeddedComposer
from overture.composition.write import write
from overture.domain.evidence import Source
from overture.domain.messages import Brief, LeadDossier, MessageType, Written
from overture.ports import Composer
from overture.research.gather import read_local, read_local_article

PLACES = ("company", "proposition", "material")
_PLAIN = """<!doctype html><html lang="en"><head><title>Tarnwick</title></head><body><main><h1>Tarnwick</h1>
<p>We service compressors and pumps for dairies.</p><p>Tarnwick trains maintenance teams on site in two-day courses.</p>
<p>Our workshop repairs motors of every make.</p></main></body></html>"""
_OFFER = """<!doctype html><html lang="en"><head><title>Ledgerway</title></head><body><main><h1>Ledgerway</h1>
<p>Ledgerway matches supplier invoices to purchase orders.</p><p>It connects to three accounting programs.</p>
</main></body></html>"""
_CASE = """<!doctype html><html lang="en"><head><title>How a maker of sensors closes the month</title></head>
<body><main><article><h1>How a maker of sensors closes the month</h1>
<p>38 percent of the delay came from approvals waiting in mailboxes.</p>
<p>After six weeks the team closed in two days.</p></article></main></body></html>"""


@dataclass(frozen=True)
class Planted:
    """One way to plant text: how many messages were written, and how many hold something of a payload."""

    place: str
    carrier: str
    messages: int
    payloads: int
    lookalikes: int
    shown: tuple[str, ...]


def planted(composer: Composer | None = None, *, step: int = 1) -> list[Planted]:
    """Return what comes through, for each place and carrier; ``step`` leaves payloads out, for a quick look."""
    maker = composer or EmbeddedComposer()
    return [_carried(maker, place, name, step) for place in PLACES for name in carriers()]


def _carried(maker: Composer, place: str, carrier: str, step: int) -> Planted:
    messages, hits, alike, shown = 0, 0, 0, list[str]()
    for number, payload in enumerate([*payloads()[::step], *lookalikes()]):
        about, dossier = _dossier(place, carrier, payload, number)
        for draft in write(maker, about, dossier, tuple(MessageType)):
            if isinstance(draft, Written):
                messages += 1
                if any(marker in draft.text.lower() for marker in payload.markers):
                    alike += payload.type == "lookalike"
                    hits += payload.type != "lookalike"
                    shown += [draft.text] if payload.type != "lookalike" or carrier not in VISIBLE else []
    return Planted(place, carrier, messages, hits, alike, tuple(shown[:3]))


def _dossier(place: str, carrier: str, payload: Payload, number: int) -> tuple[Brief, LeadDossier]:
    plant = carriers()[carrier]
    pages = dict(zip(PLACES, (_company_page(number), _OFFER, _CASE), strict=True))
    pages[place] = plant(pages[place], payload.text)
    company = companies()[number % len(companies())]
    base = lead(company, number)
    about = replace(
        brief(propositions()[0]),
        proposition_name="Ledgerway",
        proposition=_read(pages["proposition"], "https://ledgerway.example/"),
        material=_read_article(pages["material"], "https://ledgerway.example/case"),
        material_link="https://ledgerway.example/case",
    )
    site = _read(pages["company"], company.page.url)
    return about, replace(base, site=site)


@lru_cache(maxsize=256)
def _read(page: str, url: str) -> Source:
    return read_local(page.encode(), url, READ_AT)


@lru_cache(maxsize=256)
def _read_article(page: str, url: str) -> Source:
    return read_local_article(page.encode(), url, READ_AT)


def _company_page(number: int) -> str:
    """A plain page for every second payload, where nothing else competes with it; else a small page of the corpus."""
    small = [item for item in companies() if len(item.page.html) < 40_000]
    if number % 2 or not small:
        return _PLAIN
    return small[number % len(small)].page.html.decode("utf-8", "replace")


def carried_through(rows: list[Planted]) -> Iterator[Planted]:
    """Return the rows in which something of a payload stands in a message, or a lookalike that no reader sees."""
    for row in rows:
        if row.payloads or (row.lookalikes and row.carrier not in VISIBLE):
            yield row
