"""The OpenAPI document as JSON, and a converted Postman collection with ids that stay the same.

``python -m tests.docs.postman document`` prints the first; ``... collection`` reads what the converter made.
"""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from overture.api.app import document
from overture.api.options import EdgeOptions
from tests.docs.reference import DOCS

UUID_TEXT = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
COLLECTION = DOCS / "postman" / "overture.json"


def requests(folder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every request below a folder."""
    for item in folder["item"]:
        if "item" in item:
            yield from requests(item)
        else:
            yield item


def route(item: dict[str, Any]) -> tuple[str, str]:
    """Method and path of a request, with the path's parameters in braces."""
    parts = item["request"]["url"]["path"]
    return item["request"]["method"], "/" + "/".join(f"{{{p[1:]}}}" if p.startswith(":") else p for p in parts)


def settled(found: dict[str, Any]) -> dict[str, Any]:
    """The collection without recorded answers, each id made from what it names; every request sends the key."""
    found["info"]["_postman_id"] = str(uuid5(NAMESPACE_URL, "overture"))
    _without_ids(found)
    for item in requests(found):
        item["id"] = str(uuid5(NAMESPACE_URL, " ".join(route(item))))
        item["response"] = []
        body = item["request"].get("body") or {}
        if "raw" in body:  # the converter draws an id by chance where the document has no example
            body["raw"] = UUID_TEXT.sub(str(uuid5(NAMESPACE_URL, "example")), body["raw"])
    return found


def _without_ids(node: Any) -> None:
    if isinstance(node, list):
        for part in node:
            _without_ids(part)
    elif isinstance(node, dict):
        if "item" in node or node.get("type") == "any" or "key" in node:
            node.pop("id", None)
        for name, part in node.items():
            if name != "raw":
                _without_ids(part)


def main() -> None:
    """Print what was asked for."""
    if sys.argv[1] == "document":
        print(json.dumps(document(EdgeOptions()), default=str))
    else:
        print(json.dumps(settled(json.load(sys.stdin)), indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
