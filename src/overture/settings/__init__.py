"""Every setting, read from the environment once and checked at start."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from overture.settings.declared import PREFIX, BadSetting, Settings
from overture.settings.forms import JOB_BOARDS, NAMES, SEARCH_KINDS, WAYS, read_value
from overture.settings.rules import refuse_bad_research, refuse_unsafe
from overture.settings.sealing import secret_keys

__all__ = ["JOB_BOARDS", "NAMES", "SEARCH_KINDS", "WAYS", "BadSetting", "Settings", "load", "secret_keys"]


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        BadSetting: a value is not of its form, a name is unknown, or a combination is unsafe.
    """
    source = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for key, text in source.items():
        if not key.startswith(PREFIX) or key == f"{PREFIX}CORPUS":
            continue
        name = key.removeprefix(PREFIX).lower()
        if name not in NAMES:
            raise BadSetting(f"{key} is not a setting")
        if text != "":
            values[name] = read_value(name, text)
    values.setdefault("data_dir", Path(platformdirs.user_data_dir("overture", appauthor=False)))
    settings = Settings(**values)  # pyright: ignore[reportArgumentType]  # checked by name above
    refuse_unsafe(settings)
    refuse_bad_research(settings)
    return settings
