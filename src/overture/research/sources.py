"""Readings of pages put together into the source that is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from overture.domain.evidence import Evidence, JobPost, Source, SourceKind
from overture.research.pages import PageReading


def build(
    kind: SourceKind,
    url: str,
    fetched_at: str,
    readings: Sequence[PageReading],
    *,
    looked_at: Sequence[str] | None = None,
    gaps: Sequence[str] = (),
) -> Source:
    """Return one source of the readings, the first of which is the page that was asked for.

    Evidence is numbered anew, E1 to En across the pages; a text that an earlier page holds is left out,
    so the slogan that every page repeats counts once.
    """
    first = readings[0]
    evidence, jobs = _merged(readings)
    return Source(
        kind=kind,
        url=url,
        final_url=first.url,
        fetched_at=fetched_at,
        version=version_of(evidence, jobs, gaps),
        title=first.title,
        site_name=next((r.site_name for r in readings if r.site_name), ""),
        language=next((r.language for r in readings if r.language), ""),
        evidence=tuple(evidence),
        jobs=tuple(jobs),
        looked_at=tuple(dict.fromkeys(looked_at if looked_at is not None else [r.url for r in readings])),
        gaps=tuple(gaps),
    )


def _merged(readings: Sequence[PageReading]) -> tuple[list[Evidence], list[JobPost]]:
    evidence: list[Evidence] = []
    jobs: list[JobPost] = []
    texts: set[str] = set()
    roles: set[tuple[str, str | None, str | None]] = set()
    for reading in readings:
        of_jobs = {job.evidence_id: job for job in reading.jobs}
        for item in reading.evidence:
            job = of_jobs.get(item.id)
            if job is None:
                if item.text in texts:
                    continue
                texts.add(item.text)
            else:
                role = (job.title.casefold(), job.country, job.location)
                if role in roles:
                    continue
                roles.add(role)
            name = f"E{len(evidence) + 1}"
            evidence.append(item if item.id == name else replace(item, id=name))
            if job is not None:
                jobs.append(replace(job, evidence_id=name))
    return evidence, jobs


def version_of(evidence: Sequence[Evidence], jobs: Sequence[JobPost], gaps: Sequence[str]) -> str:
    """Return sixteen hex digits of SHA-256 over what was read; when it was read does not count."""
    digest = hashlib.sha256()
    for item in evidence:
        digest.update(f"{item.url}\x1f{item.kind}\x1f{item.text}\x1f{item.section}\x1e".encode())
    for job in jobs:
        digest.update(f"{job.title}\x1f{job.country}\x1f{job.location}\x1f{job.url}\x1e".encode())
    for gap in gaps:
        digest.update(f"{gap}\x1e".encode())
    return digest.hexdigest()[:16]
