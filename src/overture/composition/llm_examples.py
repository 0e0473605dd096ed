"""Examples, written for this product about invented companies: part of the prefix that never changes.

Each good one passes the send gate and each bad one fails it; a test holds both. They are data so that it can.
"""

from dataclasses import dataclass

import msgspec

from overture.composition.llm_example_data import BAD, GOOD, Example


@dataclass(frozen=True, slots=True)
class _Row:
    role: str
    cites: tuple[str, ...]
    text: str


def _dossier(example: Example) -> str:
    lines = [f"C {example.company}", *([f"T {example.title}"] if example.title else [])]
    for letter, texts in (("E", example.site), ("P", example.offer), ("J", example.jobs)):
        lines += [f"{letter}{place} {text}" for place, text in enumerate(texts, 1)]
    lines += [f"M{place} {text}" for place, text in enumerate(example.material)]
    if example.jobs:
        lines.append(f"open_roles {len(example.jobs)}")
    return "\n".join(lines)


def _shown(example: Example, number: int, verdict: str) -> str:
    rows = [_Row(role, cites, text) for role, cites, text in example.sentences]
    answer = msgspec.json.encode({str(example.type): rows}).decode()
    why = f"\nWhy {verdict}: {example.why}" if example.why else ""
    return (
        f"## {verdict.capitalize()} example {number}, tone {example.tone}\n{_dossier(example)}\nAnswer: {answer}{why}"
    )


EXAMPLES = "\n\n".join(
    [
        "# Examples\n\nThe companies are invented. Learn the moves; take over no sentence and no fact.",
        *(_shown(example, number, "good") for number, example in enumerate(GOOD, 1)),
        *(_shown(example, number, "bad") for number, example in enumerate(BAD, 1)),
    ]
)
"""The examples as a model reads them."""
