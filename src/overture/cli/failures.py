"""How failures become exit codes."""

import sys
from collections.abc import Callable
from typing import NoReturn

from overture.domain.errors import Misconfigured, OvertureError
from overture.settings import BadSetting


def fail(message: str, *, code: int = 1) -> NoReturn:
    """Print one line on standard error and leave."""
    sys.stderr.write(f"overture: {message}\n")
    sys.exit(code)


def guarded(command: Callable[[], object]) -> None:
    """Run a command; a failure that we name is one line on standard error and exit code 1 (2 for bad settings)."""
    try:
        command()
    except (Misconfigured, BadSetting) as error:
        fail(str(error), code=2)
    except OvertureError as error:
        fail(str(error) or type(error).__name__)
    except KeyboardInterrupt:
        sys.exit(130)
