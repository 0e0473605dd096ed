"""A source survives being stored."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.research.codec import dump, load
from tests.research.pages import read

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=50)
EVIDENCE = st.builds(Evidence, TEXT, TEXT, st.sampled_from(EvidenceKind), TEXT, TEXT, st.integers(0, 999), TEXT)
JOB = st.builds(JobPost, TEXT, st.none() | TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | TEXT)
SOURCE = st.builds(
    Source,
    st.sampled_from(SourceKind),
    *[TEXT] * 7,
    st.lists(EVIDENCE, max_size=5).map(tuple),
    st.lists(JOB, max_size=3).map(tuple),
    st.lists(TEXT, max_size=3).map(tuple),
)


@given(SOURCE)
def test_what_is_dumped_loads_as_it_was(source: Source) -> None:
    assert load(dump(source)) == source


def test_the_form_is_plain_compact_json() -> None:
    data = dump(read("<title>Acme</title><p>Acme builds pumps. Größe zählt!</p>"))
    assert b"\n" not in data
    assert b": " not in data
    assert json.loads(data)["kind"] == "site"
    assert "Größe zählt!" in data.decode()


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"kind":"other"}', b"\xff", b"[" * 100_000])
def test_what_is_no_source_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        load(data)


def test_it_is_fast() -> None:
    page = read("".join(f"<p>Sentence number {n} says something about pumps of Acme.</p>" for n in range(250)))
    data = dump(page)
    started = time.process_time()
    for _ in range(100):
        load(data)
        dump(page)
    assert (time.process_time() - started) / 100 < 0.005
