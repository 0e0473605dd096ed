"""Sources that this process has decoded lately, by key and version."""

from collections import OrderedDict
from uuid import UUID

from overture.domain.evidence import Source


class SourceCache:
    """A bounded memory of decoded sources; the database stays the truth of which version is current."""

    def __init__(self, size: int = 400) -> None:
        self._size = size
        self._known: OrderedDict[tuple[UUID, str], Source] = OrderedDict()

    def get(self, key: UUID, version: str) -> Source | None:
        """Return this version if it is remembered."""
        source = self._known.get((key, version))
        if source is not None:
            self._known.move_to_end((key, version))
        return source

    def put(self, key: UUID, version: str, source: Source) -> None:
        """Remember a version; the one unused for longest goes."""
        self._known[key, version] = source
        while len(self._known) > self._size:
            self._known.popitem(last=False)
