"""The examples in the prompt hold what the rules promise: good ones pass the gate, bad ones do not."""

import pytest

from overture.composition.llm_answer import Sentence, draft_of
from overture.composition.llm_dossier import Told, of_caller
from overture.composition.llm_example_data import BAD, GOOD, Example
from overture.composition.llm_prompt import canary_of
from overture.composition.parts import Desk, desk
from overture.domain.evidence import Evidence, EvidenceKind, Source, SourceKind
from overture.domain.messages import Brief, Citation, LeadDossier, MessageType, Person, Written
from tests.composition.pages import READ_AT, jobs, site


def article(texts: tuple[str, ...]) -> Source | None:
    if not texts:
        return None
    url = "https://offer.example/report"
    points = tuple(
        Evidence(f"E{place}", url, EvidenceKind.PARAGRAPH, text, READ_AT, place) for place, text in enumerate(texts[1:])
    )
    return Source(SourceKind.ARTICLE, url, url, READ_AT, repr(texts), texts[0], "", "en", points, (), (url,))


def desk_of(example: Example) -> Desk:
    brief = Brief(
        "request",
        example.offer_name,
        site(*example.offer, url="https://offer.example/", title=example.offer_name),
        example.tone,
        "Charlie",
        article(example.material),
        "https://offer.example/report" if example.material else None,
        "GB" if example.jobs else None,
    )
    person = Person("Anna", "Keller", example.company, example.title)
    lead = LeadDossier(0, person, site(*example.site), jobs(*example.jobs) if example.jobs else None)
    work = desk(brief, lead, example.type)
    assert isinstance(work, Desk)
    return work


def told(example: Example, work: Desk) -> dict[str, Told]:
    """The facts under the ids that the example shows; which facts are chosen for a real lead is not the point here."""
    found = {item.id: item for item in of_caller(work)}
    for letter, source in (("E", work.lead.site), ("P", work.brief.proposition), ("J", work.lead.jobs)):
        for place, item in enumerate(source.evidence if source else (), 1):
            cited = Citation(item.id, item.url, item.text, item.fetched_at)
            found[f"{letter}{place}"] = Told(f"{letter}{place}", item.text, cited)
    article_ = work.brief.material
    if article_ is not None:
        found["M0"] = Told("M0", article_.title, Citation("title", article_.url, article_.title, READ_AT))
        for place, item in enumerate(article_.evidence, 1):
            cited = Citation(item.id, item.url, item.text, item.fetched_at)
            found[f"M{place}"] = Told(f"M{place}", item.text, cited)
    return found


def judged(example: Example) -> Written | list[str]:
    work = desk_of(example)
    sentences = [Sentence(role, list(cites), text) for role, cites, text in example.sentences]
    return draft_of(work, sentences, told(example, work), canary_of(work.brief))


@pytest.mark.parametrize("example", GOOD, ids=lambda e: f"{e.type}-{e.tone}")
def test_a_good_example_passes_the_gate(example: Example) -> None:
    draft = judged(example)
    assert isinstance(draft, Written), draft
    assert 40 <= len(draft.text.split()) <= 80 or example.type is MessageType.CONNECTION_REQUEST, draft.text


@pytest.mark.parametrize("example", BAD, ids=lambda e: e.type)
def test_a_bad_example_does_not(example: Example) -> None:
    draft = judged(example)
    assert isinstance(draft, list)
    assert draft


def test_every_type_has_a_good_and_a_bad_example() -> None:
    assert {example.type for example in GOOD} == {example.type for example in BAD} == set(MessageType)
