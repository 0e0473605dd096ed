"""Pages with planted text, read to a language model that obeys whatever it reads: what of it reaches a message.

It needs the ``llm`` extra, and runs in a process of its own beside the rest of ``make eval``.
"""

import logging
from collections.abc import Sequence
from importlib.util import find_spec

import structlog

from benchmarks.quality.injected import Planted, planted
from overture.domain.authorship import Composed
from overture.domain.messages import Brief, LeadDossier, MessageType


def is_there() -> bool:
    """Tell whether the ``llm`` extra is installed."""
    return find_spec("pydantic_ai") is not None


def obedient(step: int = 1) -> list[Planted]:
    """Return what comes through, for each place and carrier; ``step`` leaves payloads out, for a quick look."""
    from benchmarks.quality.obedient_model import obedient_composer

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with obedient_composer() as backed:

        def maker(about: Brief, dossier: LeadDossier, types: tuple[MessageType, ...]) -> Sequence[Composed]:
            backed.composed.clear()
            backed.compose(about, dossier, types)
            return tuple(backed.composed)

        return planted(maker, step=step)
