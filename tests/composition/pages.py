"""Sources, briefs and leads that the composition tests are written from."""

from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.domain.messages import Brief, LeadDossier, MessageType, Person, Tone

READ_AT = "2026-11-20T09:00:00Z"
ALL = tuple(MessageType)

ACME_SENTENCES = (
    "We service compressors and pumps for dairies in Bavaria.",
    "Acme trains maintenance teams on site in two-day courses.",
    "Our workshop is located in Augsburg and repairs motors of every make.",
    "We rent replacement pumps by the week.",
)
LEDGERLY_SENTENCES = (
    "Ledgerly matches supplier invoices to purchase orders automatically.",
    "Finance teams that use Ledgerly close the month in two to three days instead of eight.",
    "It connects to NetSuite, Sage and Xero.",
)


def site(
    *sentences: str,
    url: str = "https://acme.example/",
    title: str = "Acme",
    kind: EvidenceKind = EvidenceKind.PARAGRAPH,
) -> Source:
    texts = tuple(
        Evidence(f"E{place + 1}", url, kind, text, READ_AT, place, "") for place, text in enumerate(sentences)
    )
    return Source(
        SourceKind.SITE, url, url, READ_AT, repr((url, sentences, kind)), title, title, "en", texts, (), (url,)
    )


def listing(section: str, *items: str, others: str = "") -> Source:
    url = "https://acme.example/"
    texts = [
        Evidence(f"E{place + 1}", url, EvidenceKind.ITEM, item, READ_AT, place, section)
        for place, item in enumerate(items)
    ]
    texts.append(Evidence("E99", url, EvidenceKind.PARAGRAPH, others, READ_AT, 99, ""))
    return Source(
        SourceKind.SITE, url, url, READ_AT, repr((section, items, others)), "Acme", "", "en", tuple(texts), (), (url,)
    )


def article() -> Source:
    url = "https://ledgerly.example/case/sensor-maker"
    texts = (
        "How a sensor maker cut its month-end close from nine days to two | Ledgerly",
        "38 percent of the delay came from approvals waiting in mailboxes.",
        "After six weeks the team closed in two days.",
    )
    kinds = (EvidenceKind.TITLE, EvidenceKind.PARAGRAPH, EvidenceKind.PARAGRAPH)
    evidence = tuple(
        Evidence(f"M{n + 1}", url, kind, text, READ_AT, n)
        for n, (kind, text) in enumerate(zip(kinds, texts, strict=True))
    )
    return Source(SourceKind.ARTICLE, url, url, READ_AT, "m1", texts[0], "Ledgerly", "en", evidence, (), (url,))


def jobs(*titles: str, country: str | None = "GB") -> Source:
    url = "https://acme.example/careers"
    evidence = tuple(
        Evidence(f"J{n + 1}", url, EvidenceKind.JOB, f"{title}, London", READ_AT, n) for n, title in enumerate(titles)
    )
    posts = tuple(JobPost(title, country, url, f"J{n + 1}") for n, title in enumerate(titles))
    return Source(
        SourceKind.JOBS, url, url, READ_AT, repr((titles, country)), evidence=evidence, jobs=posts, looked_at=(url,)
    )


LEDGERLY = site(*LEDGERLY_SENTENCES, url="https://ledgerly.example/", title="Ledgerly")
ACME = site(*ACME_SENTENCES)


def brief(**changes: object) -> Brief:
    values: dict[str, object] = {
        "key": "r1",
        "proposition_name": "Ledgerly",
        "proposition": LEDGERLY,
        "tone": Tone.NORMAL,
        "signoff_name": "Charlie",
        "material": article(),
        "material_link": "https://ledgerly.example/case/sensor-maker",
        "hiring_location": "GB",
        "lead_count": 2000,
    }
    return Brief(**(values | changes))  # type: ignore[arg-type]


def lead(index: int = 0, **changes: object) -> LeadDossier:
    person = Person(
        str(changes.pop("first_name", "Anna")),
        "Keller",
        str(changes.pop("company", "Acme")),
        changes.pop("job_title", "CFO"),  # type: ignore[arg-type]
    )
    values: dict[str, object] = {"site": ACME, "jobs": jobs("Data Engineer", "Implementation Consultant", "Recruiter")}
    return LeadDossier(index, person, **(values | changes))  # type: ignore[arg-type]
