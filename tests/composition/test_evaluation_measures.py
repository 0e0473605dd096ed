"""The measures of the evaluator, against values worked out by hand."""

import math

import pytest

from overture.composition.evaluation.diversity import diversity, largest_share, same_pairs
from overture.composition.evaluation.identification import Index, masked, top_one
from overture.composition.evaluation.lexicon import shouts, slop
from overture.composition.evaluation.readability import readability, sentences, syllables
from overture.composition.evaluation.report import rate

SYLLABLES = {
    1: "the we use used sites matched month whole rate sea blurred real changed",
    2: "invoice table people question business schedule finance quiet client being million wholesale every value",
    3: "company interviews services area various created video studio equipment idea employees management different",
    4: "situation appreciate material reality",
    6: "automatically",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, words in SYLLABLES.items() for w in words.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count or (word == "changed" and syllables(word) == 1)


def test_grade_is_flesch_kincaids() -> None:
    reading = readability("The cat sat on the mat. It was warm.")
    assert (reading.words, reading.longest_sentence, reading.mean_sentence) == (9, 6, 4.5)
    assert reading.grade == max(0.0, 0.39 * 4.5 + 11.8 * 1.0 - 15.59)
    assert readability("").words == 0
    assert readability("https://ledgerly.example/a").words == 0


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences("One. Two? “Three.” Four\nFive") == ["One.", "Two?", "“Three.", "Four", "Five"]


def test_the_same_text_for_everyone_is_seen() -> None:
    same = diversity(["you rent pumps to dairies in Bavaria"] * 5)
    assert same.self_bleu == pytest.approx(1.0)
    assert same.repetition == 1.0
    assert same.distinct_1 == pytest.approx(7 / 35)


def test_texts_that_share_nothing_are_seen() -> None:
    other = diversity(["alpha beta gamma delta epsilon", "one two three four five"])
    assert other.self_bleu is not None
    assert other.self_bleu < 0.01
    assert (other.distinct_1, other.distinct_2, other.repetition) == (1.0, 1.0, 0.0)


def test_self_bleu_takes_the_other_texts_as_references() -> None:
    """Two texts of five words with four in common: precisions 4/5, (3+1)/(4+1), (2+1)/(3+1), (1+1)/(2+1)."""
    found = diversity(["a b c d e", "a b c d f"])
    assert found.self_bleu == pytest.approx(math.exp(sum(map(math.log, (4 / 5, 4 / 5, 3 / 4, 2 / 3))) / 4))


def test_one_text_is_compared_with_nothing() -> None:
    assert diversity(["alone"]).self_bleu is None


def test_pairs_and_shares() -> None:
    assert same_pairs(["a", "a", "b", ""]) == pytest.approx(1 / 6)
    assert same_pairs(["a"]) is None
    assert largest_share(["a", "b", "b", ""]) == (0.5, "b")
    assert largest_share([""]) is None


def test_a_retriever_finds_whose_message_it_is() -> None:
    index = Index(
        {"acme": "We rent pumps to dairies.", "globex": "We brew lager in Prague.", "hall": "We teach piano."}
    )
    assert index.best("you brew lager") == ["globex"]
    assert index.best("nothing of it") == []
    assert top_one(index, [("acme", "pumps for dairies"), ("globex", "you teach piano")]) == 0.5
    tied = Index({"a": "We rent pumps.", "b": "We rent pumps.", "c": "We teach."})
    assert top_one(tied, [("a", "rent pumps")]) == 0.5
    assert top_one(index, []) is None


def test_names_are_masked_in_any_case() -> None:
    assert masked("ACME's pumps and Acme Rent", ["Acme", "Acme Rent"]).split() == ["pumps", "and"]


def test_stale_words_weigh() -> None:
    assert dict(slop("A quick question: unlock guaranteed growth")) == {
        "quick question": 1,
        "unlock": 2,
        "guaranteed": 3,
    }
    assert slop("You rent pumps by the week.") == []
    assert shouts("WOWZA great!") == 2


def test_a_rate_comes_with_its_interval() -> None:
    none = rate(0, 100)
    assert (none.per_100, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(3.69, abs=0.05)  # exact Poisson limit
    some = rate(10, 100)
    assert (some.low, some.high) == (pytest.approx(4.8, abs=0.1), pytest.approx(18.4, abs=0.1))
    assert rate(0, 0).high == 0.0
