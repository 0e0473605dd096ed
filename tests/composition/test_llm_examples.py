"""The examples in the prompt hold what the rules promise: good ones pass the gate, bad ones do not."""

import pytest

from overture.composition.llm_answer import Sentence, draft_of
from overture.composition.llm_example_data import BAD, GOOD, Example
from overture.composition.llm_prompt import canary_of, told_to
from overture.composition.parts import Desk, desk
from overture.domain.evidence import Evidence, EvidenceKind, Source, SourceKind
from overture.domain.messages import Brief, LeadDossier, MessageType, Person, Written
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


def judged(example: Example) -> Written | list[str]:
    work = desk_of(example)
    told = told_to(work)
    by_text = {item.text: name for name, item in told.items()}
    shown = {f"E{n}": text for n, text in enumerate(example.site, 1)} | {
        f"P{n}": text for n, text in enumerate(example.offer, 1)
    }
    shown |= {f"M{n}": text for n, text in enumerate(example.material)}
    shown |= {f"J{n}": text for n, text in enumerate(example.jobs, 1)}

    def real(name: str) -> str:
        return by_text.get(shown.get(name, ""), name)  # the prompt numbers facts in its own order

    sentences = [Sentence(role, [real(name) for name in cites], text) for role, cites, text in example.sentences]
    return draft_of(work, sentences, told, canary_of(work.brief))


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
