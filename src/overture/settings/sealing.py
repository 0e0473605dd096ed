"""The keys that seal secrets at rest."""

import base64
import os
import secrets
import stat
from pathlib import Path

from overture.settings.declared import BadSetting, Settings


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """Return the sealing keys, the one to seal with first; make and store one where there is none.

    Each is 32 bytes in base64. The file is private to its user; losing it loses every sealed secret.

    Raises:
        BadSetting: the file can be read by others.
    """
    if settings.secret_keys:
        return settings.secret_keys
    path = settings.secret_key_file
    if not path.exists():
        _write_new_key(path)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadSetting(f"{path} must be readable by its owner alone (chmod 600)")
    return tuple(line.strip() for line in path.read_text().splitlines() if line.strip())


def _write_new_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    try:
        os.link(draft, path)  # the first of two racing processes wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
