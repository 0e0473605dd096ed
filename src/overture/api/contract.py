"""How an operation is declared: routes, OpenAPI and the documentation page all come from these records."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
Schema = dict[str, object]


class Standing(Enum):
    """What a path is to its operation."""

    CANONICAL = "canonical"
    ALIAS = "alias"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Path:
    """One path of an operation. A former path is kept for old clients and shown as deprecated."""

    path: str
    standing: Standing = Standing.CANONICAL


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter."""

    name: str
    description: str
    schema: Schema
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One status of an operation. ``schema`` names a component, or is empty where there is no JSON body."""

    status: int
    description: str
    schema: str = "Error"
    examples: Mapping[str, object] = field(default_factory=dict[str, object])
    retry_after: bool = False
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask for, at one or more paths."""

    id: str
    method: str
    paths: tuple[Path, ...]
    tag: str
    summary: str
    description: str
    outcomes: tuple[Outcome, ...]
    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    body_examples: Mapping[str, object] = field(default_factory=dict[str, object])
    body_type: str = "application/json"
    former_body: str = ""
    secured: bool = True
    key: str = "ApiKey"
    path_parameters: tuple[Parameter, ...] = ()
    headers: tuple[Parameter, ...] = ()

    @property
    def canonical(self) -> str:
        """The path to prefer."""
        return self.paths[0].path


def error(status: int, description: str, *, retry_after: bool = False, **examples: str) -> Outcome:
    """An outcome whose body is ``{"error": ...}``, with one example for each sentence."""
    bodies: dict[str, object] = {name: {"error": sentence} for name, sentence in examples.items()}
    return Outcome(status, description, examples=bodies, retry_after=retry_after)
