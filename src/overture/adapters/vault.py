"""Secrets at rest: AES-256-GCM, bound to the row that holds them."""

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from overture.domain.errors import Misconfigured

ID_BYTES = 4
NONCE_BYTES = 12


class Vault:
    """Seals with the first key and opens with any.

    A sealed value is: 4 bytes that name the key, 12 of nonce, the ciphertext with its tag. ``place`` (account,
    table, column, row) is authenticated with it, so a value copied to another row does not open.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        raw = [self._decode(key) for key in keys]
        if not raw:
            raise Misconfigured("no sealing key: set OVERTURE_SECRET_KEYS or keep the file secret.keys")
        self._ciphers = {self._id(key): AESGCM(key) for key in raw}
        self._first = self._id(raw[0])

    @staticmethod
    def _decode(text: str) -> bytes:
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise Misconfigured("a sealing key is not base64") from error
        if len(key) != 32:
            raise Misconfigured("a sealing key must be 32 bytes in base64")
        return key

    @staticmethod
    def _id(key: bytes) -> bytes:
        return hashlib.sha256(b"overture sealing key" + key).digest()[:ID_BYTES]

    def seal(self, text: str, place: str) -> bytes:
        """Seal a text for one place."""
        nonce = os.urandom(NONCE_BYTES)
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Open a sealed value.

        Raises:
            Misconfigured: its key is not here, or the value does not belong to this place.
        """
        cipher = self._ciphers.get(sealed[:ID_BYTES])
        if cipher is None:
            raise Misconfigured("a stored secret was sealed with a key that is not configured")
        nonce, rest = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, rest, place.encode()).decode()
        except InvalidTag as error:
            raise Misconfigured("a stored secret does not open: damaged, or moved from another row") from error

    def is_current(self, sealed: bytes) -> bool:
        """Say whether a value was sealed with the first key."""
        return sealed[:ID_BYTES] == self._first
