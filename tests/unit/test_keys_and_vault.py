"""API keys and sealed secrets."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.adapters.vault import Vault
from overture.domain.accounts import hash_secret, new_key, parse_key
from overture.domain.errors import Misconfigured


def key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def test_a_key_parses_to_its_id_and_hash() -> None:
    made = new_key()
    parsed = parse_key(made.text)
    assert parsed == (made.key_id, made.secret_hash)
    assert hash_secret("x") != made.secret_hash


def test_keys_differ() -> None:
    assert len({new_key().text for _ in range(1000)}) == 1000


@given(st.integers(0, 65), st.characters(codec="utf-8"))
def test_a_mistyped_key_is_refused_without_a_query(place: int, character: str) -> None:
    made = new_key().text
    changed = made[:place] + character + made[place + 1 :]
    assert changed == made or parse_key(changed) is None


@pytest.mark.parametrize("text", ["", "Bearer x", "ov_live_", "ov_live_" + "a" * 58, "é" * 66])
def test_what_is_no_key_is_refused(text: str) -> None:
    assert parse_key(text) is None


@given(st.text(max_size=200), st.text(max_size=50))
def test_what_is_sealed_opens_in_its_place_alone(secret: str, place: str) -> None:
    vault = Vault([key()])
    sealed = vault.seal(secret, place)
    assert vault.open(sealed, place) == secret
    with pytest.raises(Misconfigured):
        vault.open(sealed, place + "x")
    with pytest.raises(Misconfigured):
        vault.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), place)


def test_an_older_key_still_opens_and_a_missing_one_is_named() -> None:
    old, new = key(), key()
    sealed = Vault([old]).seal("secret", "here")
    both = Vault([new, old])
    assert both.open(sealed, "here") == "secret"
    assert not both.is_current(sealed)
    assert both.is_current(both.seal("secret", "here"))
    with pytest.raises(Misconfigured, match="not configured"):
        Vault([new]).open(sealed, "here")


@pytest.mark.parametrize("bad", [[], ["short"], ["!!!"], [base64.b64encode(b"x" * 16).decode()]])
def test_a_bad_sealing_key_stops_the_start(bad: list[str]) -> None:
    with pytest.raises(Misconfigured):
        Vault(bad)
