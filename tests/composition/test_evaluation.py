"""The evaluator over whole messages: ours, changed ones, and a peer's plain text."""

from dataclasses import replace
from datetime import date

from overture.composition.compose import EmbeddedComposer
from overture.composition.evaluation import report as reports
from overture.composition.evaluation.flat import segmented
from overture.composition.evaluation.report import Evaluator
from overture.composition.evaluation.samples import Sample, opening, parts
from overture.composition.evaluation.scores import score
from overture.domain.messages import MessageType, Role, Tone, Written
from tests.composition.pages import ALL, brief, lead, site

TODAY = date(2026, 11, 25)
NOTE, FOLLOW_UP, AMBITION, MATERIAL, HIRING = ALL


def sample(kind: MessageType, index: int = 0, **changes: object) -> Sample:
    dossier, about = lead(index, first_name=f"Anna{index}", **changes), brief(tone=list(Tone)[index % 3])
    (draft,) = EmbeddedComposer().compose(about, dossier, (kind,))
    assert isinstance(draft, Written)
    return Sample(f"{kind}/{index}", kind, draft.text, about, dossier, draft.segments)


def flat(text: str, kind: MessageType = FOLLOW_UP) -> Sample:
    return Sample("flat", kind, text, brief(), lead())


def test_our_messages_pass_and_score_between_nothing_and_one() -> None:
    for kind in ALL:
        for index in range(12):
            scored = score(sample(kind, index), TODAY)
            assert scored.violations == ()
            assert scored.claims > 0 == scored.unsupported
            assert all(0 <= getattr(scored.scores, name) <= 1 for name in ("readability", "clean", "tone", "overall"))
            assert scored.oldest == 5


def test_a_fact_beside_the_offer_scores_higher_than_one_apart() -> None:
    good = score(sample(NOTE), TODAY)
    assert good.scores.anchoring == 1.0
    bare = score(sample(MATERIAL), TODAY)
    assert bare.scores.anchoring == 0.0
    assert good.scores.specificity > bare.scores.specificity == 0.0


def test_an_old_fact_is_stale() -> None:
    assert score(sample(NOTE), date(2028, 1, 1)).scores.fresh == 0.0


def test_a_spammy_text_scores_low() -> None:
    text = "Hi Anna,\n\nI am amazed! GUARANTEED growth! Act now and unlock your potential with synergy.\n\nCharlie"
    scored = score(flat(text), TODAY)
    assert scored.scores.clean < 0.2
    assert scored.scores.reader_focus < 0.5
    assert scored.violations


def test_a_plain_text_is_cut_without_losing_a_character() -> None:
    text = (
        "Hi Anna,\n\nThanks for connecting. You rent replacement pumps by the week. Perhaps late reports are a worry. "
        "Ledgerly matches supplier invoices to purchase orders automatically. Is that a topic for you?\n\nCharlie"
    )
    found = segmented(flat(text))
    assert "".join(item.text for item in found) == text
    assert [item.role for item in found] == [
        Role.GREETING,
        Role.GREETING,
        Role.LEAD_CLAIM,
        Role.INFERENCE,
        Role.SENDER_CLAIM,
        Role.ASK,
        Role.SIGNOFF,
    ]
    assert score(flat(text), TODAY).violations == ()


def test_a_plain_text_that_invents_is_found() -> None:
    text = (
        "Hi Anna,\n\nThanks for connecting. You opened a plant in Lisbon last year. Ledgerly matches supplier invoices "
        "to purchase orders automatically. Is that a topic for you?\n\nCharlie"
    )
    scored = score(flat(text), TODAY)
    assert scored.flat
    assert scored.unsupported == 1


def test_greeting_and_name_are_no_part_of_the_body() -> None:
    assert parts("Hi Anna, you rent pumps.\nCharlie").body == "you rent pumps."
    assert parts("Dear Anna,\n\nYou rent pumps.\n\nKind regards,\nCharlie").body == "You rent pumps."
    assert parts("You rent pumps.").body == "You rent pumps."
    assert opening(flat("Hi Anna,\n\nYou rent pumps, and more of it.")) == "you rent pumps and more"


def companies() -> list[Sample]:
    goods = ("pumps", "cranes", "pianos", "trucks", "ovens", "boilers", "lamps", "boats")
    return [
        sample(
            NOTE, index, company=f"{item.capitalize()}hire", site=site(f"We rent {item} to {item} owners by the week.")
        )
        for index, item in enumerate(goods)
    ]


def test_leads_are_told_apart_where_facts_differ() -> None:
    evaluator = Evaluator(TODAY)
    for item in companies():
        evaluator.add(item)
    alike = evaluator.report().likeness[str(NOTE)]
    assert alike.leads == 8
    assert alike.identified == 1.0


def test_the_same_text_for_all_cannot_be_told_apart() -> None:
    evaluator = Evaluator(TODAY)
    for item in companies():
        evaluator.add(replace(item, text="Hi, I was impressed by what you do.\nCharlie", segments=()))
    alike = evaluator.report().likeness[str(NOTE)]
    assert alike.identified == 0.0
    assert alike.same_opening == 1.0
    assert alike.frame is not None
    assert alike.frame.share == 1.0


def test_refusals_are_counted_with_their_reasons() -> None:
    evaluator = Evaluator(TODAY)
    refused = Sample("x", NOTE, None, brief(), lead(), reason="no job posts")
    assert evaluator.add(refused) is None
    evaluator.add(sample(NOTE))
    found = evaluator.report()
    assert (found.messages, found.total.written, found.total.refused) == (2, 1, 1)
    assert found.reasons == {"no job posts": 1}


def test_a_fact_told_twice_is_seen() -> None:
    evaluator = Evaluator(TODAY)
    evaluator.add(sample(NOTE))
    evaluator.add(sample(NOTE))
    assert evaluator.report().sequences.lead_fact_twice == 1


def test_the_leads_compared_do_not_hang_on_the_order(monkeypatch: object) -> None:
    monkeypatch.setattr(reports, "COMPARED", 5)  # type: ignore[attr-defined]
    items = companies()
    outcomes = []
    for order in (items, items[::-1]):
        evaluator = Evaluator(TODAY)
        for item in order:
            evaluator.add(item)
        outcomes.append(evaluator.report().likeness[str(NOTE)])
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].leads == 5
