"""Which ways to a company's site, and which job boards, the settings switch on."""

import pytest

from overture.bootstrap import boards_of
from overture.bootstrap.finding import open_lookups
from overture.research.boards.catalogue import ON_BY_DEFAULT, VENDORS
from overture.research.company.ways import SearchKind, Way
from overture.settings import JOB_BOARDS, SEARCH_KINDS, WAYS, BadSetting, load


def ways(**settings: str) -> list[str]:
    environ = {f"OVERTURE_{name.upper()}": value for name, value in settings.items()}
    return [str(way) for way in open_lookups(load(environ)).finder.ways]


def test_the_defaults() -> None:
    assert ways() == ["wikidata", "domains"]
    assert boards_of(load({})).enabled == ON_BY_DEFAULT


def test_ways_are_switched() -> None:
    assert ways(find_company="none") == []
    assert ways(find_company="domains") == ["domains"]
    assert ways(search_url="http://127.0.0.1:8888/search") == ["search", "wikidata", "domains"]
    assert ways(search_kind="brave") == ["wikidata", "domains"]
    assert ways(search_kind="brave", search_key="k") == ["search", "wikidata", "domains"]
    assert ways(find_company="wikidata", search_url="http://127.0.0.1:8888/search") == ["wikidata"]


def test_boards_are_switched() -> None:
    assert boards_of(load({"OVERTURE_JOB_BOARDS": "none"})).enabled == frozenset()
    chosen = ",".join(VENDORS)
    assert boards_of(load({"OVERTURE_JOB_BOARDS": chosen})).enabled == frozenset(VENDORS)
    with pytest.raises(BadSetting, match="OVERTURE_JOB_BOARDS: monster"):
        load({"OVERTURE_JOB_BOARDS": "lever,monster"})


def test_the_settings_know_the_vendors_and_the_ways() -> None:
    assert set(JOB_BOARDS) == set(VENDORS) | {"none"}
    assert set(WAYS) == set(Way) | {"none"}
    assert set(SEARCH_KINDS) == set(SearchKind)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("find_company", "guess"),
        ("search_kind", "google"),
        ("search_url", "ftp://search"),
        ("search_url", "search"),
        ("search_key", "a\nb"),
        ("wikidata_url", "http://["),
        ("likely_domains", "https://acme.com/"),
        ("likely_domains", "{name}.com"),
    ],
)
def test_bad_settings_stop_the_start(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"OVERTURE_{name.upper()}"):
        load({f"OVERTURE_{name.upper()}": value})


def test_the_key_is_not_shown_with_the_settings() -> None:
    assert "sk-secret" not in repr(load({"OVERTURE_SEARCH_KEY": "sk-secret"}))
