"""A CV as a PDF of one page, written from a profile (ISO 32000-1, a text in one of the standard fonts)."""

from overture.domain.linkedin.objects import Profile

HEADER = b"%PDF-1.4\n"


def resume(profile: Profile) -> bytes:
    """Write the PDF."""
    lines = [profile.member.name, profile.member.headline, profile.member.location, ""]
    lines += [f"{p.started} - {p.ended or '...'}  {p.title}, {p.company}" for p in profile.positions]
    lines += ["", *(f"{s.started} - {s.ended}  {s.degree} {s.field}, {s.school}" for s in profile.studies)]
    lines += ["", ", ".join(profile.skills)]
    shown = b"".join(b"(" + _escaped(line) + b") '\n" for line in lines)
    stream = b"BT /F1 11 Tf 15 TL 50 790 Td\n" + shown + b"ET"
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _escaped(line: str) -> bytes:
    raw = line.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    body = HEADER
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(body),
        )
    )
