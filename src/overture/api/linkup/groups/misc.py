"""The list of industries, and the check of a key (linkup.md, 2.11)."""

from overture.api.linkup.endpoint import Call, Endpoint, Reply, data, free
from overture.domain.linkedin import queries


async def _industries(call: Call) -> Reply:
    return data(list(await call.read(queries.Industries())))


async def _check(_call: Call) -> Reply:
    return Reply({"message": "The key is valid."}, 0)


ENDPOINTS = (
    Endpoint(
        "58",
        "GET",
        "/v1/tool/industries",
        "tool",
        "Labels for sector and industry",
        "D by mention",
        _industries,
        session=False,
        body=False,
        answer="`data` is an array of texts.",
        example=["Software Development"],
    ),
    Endpoint(
        "59",
        "GET",
        "/v1/check",
        "tool",
        "Whether the key is valid",
        "C",
        _check,
        session=False,
        body=False,
        most=free,
        answer="`message`.",
        example={"message": "The key is valid."},
    ),
)
