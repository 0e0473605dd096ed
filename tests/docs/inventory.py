"""What callers can meet, read from the sources: sentences of errors, codes, events, metrics, tasks and pages."""

import ast
from collections.abc import Iterable, Iterator
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.metrics import MetricWrapperBase

from overture.api.linkup import problems as linkup
from overture.api.metrics import _collectors  # pyright: ignore[reportPrivateUsage]
from overture.api.native import problems as native
from overture.api.upscale import rules
from overture.composition.violations import Rule
from overture.console.navigation import NAVIGATION
from overture.domain import errors, reasons
from overture.domain.campaigns import definition, events, facts, flags, notes, replies, reviews, states
from overture.domain.events import COMPLETED
from overture.domain.linkedin import accounts as linkedin
from overture.domain.linkedin import actions
from overture.queue import Task
from overture.telemetry import metrics
from overture.usecases.campaigns import approving
from tests.docs.reference import ROOT

HOLE = "…"
NO_ERRORS = {"report_words.py"}
"""Files whose sentences of these forms tell of no error."""

ROOMS = ("adapters", "api", "bootstrap", "domain", "gateway", "simulator", "store", "usecases")
LISTS = {"faults", "found", "mistakes", "problems", "told"}
"""Names under which the sources gather mistakes."""

CODES: tuple[type[StrEnum], ...] = (
    actions.ActionState,
    actions.Budget,
    definition.Approval,
    definition.NotePolicy,
    definition.OnFailure,
    events.AlertCode,
    facts.LeadFact,
    flags.Flag,
    linkedin.RailName,
    linkedin.SignInState,
    notes.BlankReason,
    replies.ReplyClass,
    reviews.Objection,
    reviews.Then,
    states.CampaignState,
    states.Decision,
    states.HoldReason,
    states.LeadState,
    states.StopReason,
    Rule,
)
"""Closed lists whose values callers see."""


def _named_errors() -> set[str]:
    kinds = vars(errors).values()
    named = {kind.__name__ for kind in kinds if isinstance(kind, type) and issubclass(kind, errors.OvertureError)}
    return named - {"FetchFailed", "FetchBlocked", "ModelFailed"} | {"Wrong", "WrongType", "Problem"}


def _texts(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """The sentences that an expression may be; what is put in at run time is a hole."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in values)
        case ast.Name(id=name) if name in named:
            yield from _texts(named[name], {})
        case ast.List(elts=items) | ast.BoolOp(values=items):
            for item in items:
                yield from _texts(item, named)
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one, named)
            yield from _texts(other, named)
        case ast.ListComp(elt=item):
            yield from _texts(item, named)
        case _:
            return


def _raised(node: ast.AST, kinds: set[str], named: dict[str, ast.expr]) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=args) if name in kinds:
            for argument in args:
                yield from _texts(argument, named)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[argument]) if name in LISTS:
            yield from _texts(argument, named)
        case ast.AugAssign(target=ast.Name(id=name), value=value) if name in LISTS:
            yield from _texts(value, named)
        case ast.Yield(value=ast.expr() as value):
            yield from _texts(value, named)
        case _:
            return


def sentences() -> dict[str, str]:
    """Every sentence that tells a caller or an operator what is wrong, and the file it stands in."""
    kinds = _named_errors()
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / "src" / "overture" / room).rglob("*.py")):
            if path.name in NO_ERRORS:
                continue
            tree = ast.parse(path.read_text())
            named = {
                target.id: part.value
                for part in tree.body
                if isinstance(part, ast.Assign)
                for target in part.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(tree):
                for text in _raised(node, kinds, named):
                    if sum(letter.isalpha() for letter in text) > 5 and " " in text:
                        found[" ".join(text.split())] = str(path.relative_to(ROOT))
    texts = [
        value for name, value in vars(rules).items() if name.startswith("NOT_") or name in {"REQUIRED", "CONTROLS"}
    ]
    found.update(dict.fromkeys((t for t in texts if isinstance(t, str)), "api/upscale/rules.py"))
    found.update(dict.fromkeys(reasons.ALL, "domain/reasons.py"))
    told = [sentence for _, _, sentence in linkup._STATUSES if sentence]  # the table is the list
    found.update(dict.fromkeys([*told, linkup.INTERNAL], "api/linkup/problems.py"))
    found.update(dict.fromkeys(approving.SENTENCES.values(), "usecases/campaigns/approving.py"))
    return found


def codes() -> Iterator[tuple[str, str]]:
    """Every code, and the list it is of."""
    for status, code in native.CODES.items():
        yield code, f"problem code of {status}"
    for kind in CODES:
        for value in kind:
            yield value.value, kind.__name__


def event_kinds() -> list[str]:
    """Every kind of event that a webhook tells, as the bodies name it."""
    from_linkedin = ("message", "accepted_invitation", "disconnection")
    return [
        COMPLETED,
        *(f"linkedin.{kind}" for kind in from_linkedin),
        *(event.value for event in events.CampaignEvent),
    ]


def metric_names() -> list[str]:
    """Every metric, as `/metrics` names it."""
    kept = [value for value in vars(metrics).values() if isinstance(value, MetricWrapperBase)]
    served = _collectors(CollectorRegistry())  # what the API makes for each of its processes
    return [_name(metric) for metric in (*kept, *served)]


def _name(metric: MetricWrapperBase) -> str:
    described = next(iter(metric.describe())).name
    return f"{described}_total" if isinstance(metric, Counter) else described


def tasks() -> Iterable[str]:
    """Every task of the queue."""
    return [task.value for task in Task]


def console_pages() -> list[str]:
    """Every page that the console's navigation leads to."""
    return [entry.path for _, entries in NAVIGATION for entry in entries]
