"""Records of an XML document, read as a stream. A document with a DOCTYPE is refused: no entities, ever."""

from xml.parsers import expat  # doctypes are refused before anything could be expanded

MAX_RECORDS = 50_000
MAX_TEXT = 5_000
_MAX_DEPTH = 20


class _Reader:
    def __init__(self, root: str, record: str) -> None:
        self.root = root
        self.record = record
        self.path: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.records: list[dict[str, list[str]]] = []
        self.text: list[str] = []
        self.length = 0
        self.start = 0

    def open(self, name: str, _: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if not self.path and name != self.root:
            raise ValueError(f"the document is no {self.root}")
        self.path.append(name)
        if len(self.path) > _MAX_DEPTH:
            raise ValueError("the document is nested too deep")
        if name == self.record and not self.start:
            self.start, self.fields = len(self.path), {}
        self.text, self.length = [], 0

    def close(self, _: str) -> None:
        text = "".join(self.text).strip()
        if self.start and len(self.path) > self.start and text:
            self.fields.setdefault("/".join(self.path[self.start :]), []).append(text)
        if len(self.path) == self.start:
            self.start = 0
            if len(self.records) < MAX_RECORDS:
                self.records.append(self.fields)
        self.path.pop()
        self.text, self.length = [], 0

    def characters(self, data: str) -> None:
        if self.start and self.length < MAX_TEXT:
            self.text.append(data[: MAX_TEXT - self.length])
            self.length += len(data)


def _refuse(*_: object) -> None:
    raise ValueError("the document has a DOCTYPE")


def read_records(data: bytes, root: str, record: str) -> list[dict[str, list[str]]]:
    """Return each ``record`` of the document ``root``: texts by path below the record, in their order.

    At most 50,000 records; a text is cut after 5,000 characters. Namespaces are left out of names.

    Raises:
        ValueError: it is no XML, another document, has a DOCTYPE, or is nested too deep.
    """
    reader = _Reader(root, record)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  # the end of the document
    except expat.ExpatError as error:
        raise ValueError("the document is no XML") from error
    return reader.records
