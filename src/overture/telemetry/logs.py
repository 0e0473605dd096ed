"""JSON logs on standard error, one event a line, with ids bound to the context."""

import logging
import sys

import structlog

Logger = structlog.stdlib.BoundLogger


def set_up(level: str) -> None:
    """Send every log line, ours and the libraries', to standard error as JSON."""
    number = getattr(logging, level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=structlog.processors.JSONRenderer())
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # our edge and our commands tell it better


def get(name: str) -> Logger:
    """Return the logger of one module."""
    return structlog.get_logger(name)
