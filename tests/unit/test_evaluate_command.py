"""``overture evaluate`` as a process: its tables, JSON, page and exit codes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

EVIDENCE = [
    {"id": "E1", "text": "We rent replacement pumps by the week.", "url": "https://acme.example/"},
    {"id": "P1", "text": "Ledgerly matches supplier invoices to purchase orders.", "about": "proposition", "url": "https://l.example/"},
]  # fmt: skip
GOOD = {
    "type": "connection_request",
    "lead": {"first_name": "Anna", "company": "Acme"},
    "proposition_name": "Ledgerly",
    "signoff_name": "Charlie",
    "text": "Hi Anna, you rent replacement pumps by the week. Ledgerly matches supplier invoices to orders.\nCharlie",
    "evidence": EVIDENCE,
}
INVENTED = GOOD | {"text": "Hi Anna, you opened 12 plants in Lisbon.\nCharlie", "id": "bad"}


def evaluate(*arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "overture", "evaluate", *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=120)


def file(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "messages.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def test_messages_that_pass(tmp_path: Path) -> None:
    done = evaluate(file(tmp_path, GOOD, ""), "--json", "--today", "2026-11-25")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["report"]
    assert report["total"]["written"] == report["total"]["passed"] == 1
    assert report["flat"] == 1


def test_a_message_that_breaks_a_gate(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    done = evaluate(file(tmp_path, GOOD, INVENTED), "--messages", str(found))
    assert done.returncode == 1
    assert b"connection_request" in done.stdout
    assert b"50.0%" in done.stdout
    good, bad = (json.loads(line) for line in found.read_text().splitlines())
    assert good["passed"]
    assert not bad["passed"]
    assert "citation" in {item["rule"] for item in bad["violations"]}


def test_segments_are_checked_against_what_they_cite(tmp_path: Path) -> None:
    parts = [
        {"text": "Hi Anna, ", "role": "greeting"},
        {
            "text": "you rent replacement pumps by the week.",
            "role": "lead_claim",
            "citations": [{"evidence_id": "E1", "url": "https://acme.example/", "span": EVIDENCE[0]["text"]}],
        },
        {"text": "\nCharlie", "role": "signoff"},
    ]
    line = GOOD | {"segments": parts, "text": "".join(part["text"] for part in parts)}
    assert evaluate(file(tmp_path, line)).returncode == 0
    parts[1]["citations"] = [{"evidence_id": "E9", "url": "https://acme.example/", "span": EVIDENCE[0]["text"]}]
    assert evaluate(file(tmp_path, line)).returncode == 1


BAD_LINES = {
    "{": "not JSON",
    '{"type": "poem", "lead": {"first_name": "Anna"}}': "$.type",
    '{"type": "connection_request"}': "lead",
    json.dumps(GOOD | {"lead": {"first_name": "Anna"}}): "lead.company",
    json.dumps(GOOD | {"evidence": [{"text": "x", "about": "moon"}]}): "moon",
    json.dumps(GOOD | {"cost": -1}): "$.cost",
    "[" * 100_000: "object",
    '{"type": "connection_request", "new": ' + "[" * 100_000: "nested",
    '{"type": "connection_request", "lead": {"first_name": "\\ud800", "company": "A"}}': "JSON",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=BAD_LINES.values())
def test_a_bad_line_is_named_and_the_rest_is_scored(tmp_path: Path, line: str) -> None:
    done = evaluate(file(tmp_path, GOOD, line, GOOD), "--json")
    assert done.returncode == 2
    assert "messages.jsonl:2: " in done.stderr.decode()
    assert BAD_LINES[line] in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    result = json.loads(done.stdout)
    assert result["report"]["total"]["written"] == 2
    assert result["bad_line_count"] == 1


def test_a_line_without_an_end_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.write(b'"' + b"x" * (40 * 1024 * 1024) + b"\n" + json.dumps(GOOD).encode())
    done = evaluate(str(path), "--json")
    assert done.returncode == 2
    assert "longer than" in done.stderr.decode()
    assert json.loads(done.stdout)["report"]["total"]["written"] == 1


def test_what_is_not_there_or_empty(tmp_path: Path) -> None:
    for given in (str(tmp_path / "nothing.jsonl"), str(tmp_path), file(tmp_path)):
        done = evaluate(given)
        assert done.returncode == 2
        assert done.stderr.startswith(b"overture: ")
        assert b"Traceback" not in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    done = evaluate("-", "--json", given=json.dumps(GOOD).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["report"]["messages"] == 1


def test_the_page_stands_alone_and_escapes(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    hostile = GOOD | {"text": None, "reason": "<script>alert(1)</script>"}
    done = evaluate(file(tmp_path, GOOD, INVENTED, hostile), "--html", str(page), "--today", "2026-11-25")
    assert done.returncode == 1
    html = page.read_text()
    assert "<svg" in html
    assert "&lt;script&gt;" in html
    assert not re.search(r"<script|\bsrc=|href=|url\(|@import|https?://", html)


def test_the_same_file_gives_the_same_report(tmp_path: Path) -> None:
    given = file(tmp_path, GOOD, INVENTED)
    first, second = (evaluate(given, "--json", "--today", "2026-11-25").stdout for _ in range(2))
    assert first == second
