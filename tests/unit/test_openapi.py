"""The OpenAPI document: valid, complete, and the same as what is served."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from overture.api.app import document, operations
from overture.api.options import EdgeOptions
from overture.api.upscale import examples
from overture.api.upscale.declaration import LEAD_FIELDS, REQUEST_FIELDS
from overture.api.upscale.operations import OPERATIONS
from overture.api.upscale.validation import Validator

OPTIONS = EdgeOptions()
DOCUMENT: dict[str, Any] = json.loads(json.dumps(document(OPTIONS)))
ENTRIES = [(path, method, entry) for path, item in DOCUMENT["paths"].items() for method, entry in item.items()]


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator that finds the document's components."""
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def test_the_document_is_valid() -> None:
    """By the published schema of OpenAPI 3.1."""
    assert DOCUMENT["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []


def test_every_schema_is_valid() -> None:
    """Each component is a JSON Schema."""
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_document_names_what_is_served() -> None:
    """Operation for operation, path for path."""
    served = {(path.path, operation.method.lower()) for operation in operations(OPTIONS) for path in operation.paths}
    assert {(path, method) for path, method, _ in ENTRIES} == served
    ids = [entry["operationId"] for _, _, entry in ENTRIES]
    assert len(set(ids)) == len(ids)


def test_metrics_may_be_kept_private() -> None:
    """What is not served is not named."""
    assert "/metrics" not in document(EdgeOptions(expose_metrics=False))["paths"]  # type: ignore[operator]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_aliases_are_marked(operation: Any) -> None:
    """Each operation is served with and without the prefix; former paths are deprecated."""
    first, second, *former = (path.path for path in operation.paths)
    assert first == f"/api/v2{second}"
    for path in operation.paths[1:]:
        entry = DOCUMENT["paths"][path.path][operation.method.lower()]
        assert entry["x-alias-of"] == first
        assert entry.get("deprecated", False) is (path.path in former)


@pytest.mark.parametrize(
    ("path", "method", "entry"), ENTRIES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_status_has_examples_that_hold(path: str, method: str, entry: dict[str, Any]) -> None:
    """Each JSON answer has at least one example, and each example fits its schema."""
    for status, response in entry["responses"].items():
        for media_type, content in response["content"].items():
            if media_type != "application/json" or "$ref" not in content["schema"]:
                continue
            assert content["examples"], (path, method, status)
            for example in content["examples"].values():
                validator(content["schema"]).validate(example["value"])
        if status in {"429", "503"}:
            assert "Retry-After" in response["headers"]


def test_statuses_are_complete() -> None:
    """What an operation can answer is what it says."""
    always = {"200", "401", "429", "500", "503"}
    paths = DOCUMENT["paths"]
    post = paths["/api/v2/messages/request_message_generation"]["post"]
    assert set(post["responses"]) == always | {"402", "408", "413", "415", "422"}
    get = paths["/api/v2/messages/retrieve_messages"]["get"]
    assert set(get["responses"]) == always | {"202", "403", "404", "408", "413", "415", "422"}
    for path in ("/api/v2/sequences/get_sequences", "/api/v2/account/check_credits", "/api/v2/account"):
        assert set(paths[path]["get"]["responses"]) == always


def test_request_examples_hold_in_both_readings() -> None:
    """What the document shows passes its own schema and our validation."""
    schema = {"$ref": "#/components/schemas/GenerationRequest"}
    for example in (examples.request(), examples.smallest_request()):
        validator(schema).validate(example)
        assert Validator(OPTIONS.max_leads).parse(example)


def test_the_schema_refuses_what_validation_refuses() -> None:
    """Both come from one table: a required field is required in both."""
    schema = validator({"$ref": "#/components/schemas/GenerationRequest"})
    for field in REQUEST_FIELDS:
        for value in (None, ""):
            given = {**examples.smallest_request(), field.name: value}
            assert schema.is_valid(given) is not field.required, field.name
    assert not schema.is_valid({**examples.smallest_request(), "hiring_location": "GBR"})
    assert not schema.is_valid({**examples.smallest_request(), "tone_preference": "rude"})


def test_every_field_is_described() -> None:
    """No field without a sentence and an example."""
    schemas = DOCUMENT["components"]["schemas"]
    for name, fields in (("GenerationRequest", REQUEST_FIELDS), ("Lead", LEAD_FIELDS)):
        properties = schemas[name]["properties"]
        for field in fields:
            assert properties[field.name]["description"].endswith(".")
        names = {field.name for field in fields} | {field.alias for field in fields if field.alias}
        assert set(properties) == names


def test_the_key_is_asked_for_where_it_is_needed() -> None:
    """The dialects need a key, each in its own header; the service's own routes do not."""
    for path, _, entry in ENTRIES:
        scheme = "XApiKey" if path.startswith("/v1/") else "ApiKey"
        needs_key = entry["tags"] != ["Service"]
        assert entry["security"] == ([{scheme: []}] if needs_key else []), path
    schemes = DOCUMENT["components"]["securitySchemes"]
    assert (schemes["ApiKey"]["name"], schemes["XApiKey"]["name"]) == ("Api-Key", "x-api-key")


def test_the_webhook_is_described() -> None:
    """Its body has the documented keys."""
    post = DOCUMENT["webhooks"]["completion"]["post"]
    content = post["requestBody"]["content"]["application/json"]
    validator(content["schema"]).validate(content["example"])
    assert set(content["example"]) == {
        "secure_request_id",
        "status",
        "completed_at",
        "requested_messages_count",
        "generated_messages_count",
        "webhook_triggered_at",
    }
    assert post["parameters"][0]["name"] == "X-Upscale-Signature"


def test_the_guide_names_every_path() -> None:
    """No endpoint without a line for people."""
    docs = Path(__file__).parents[2] / "docs"
    guide = (docs / "api.md").read_text() + (docs / "linkedin-gateway.md").read_text()
    guide += (docs / "native-api.md").read_text() + (docs / "campaigns.md").read_text()
    for operation in operations(OPTIONS):
        for path in operation.paths:
            assert path.path.removeprefix("/api/v2") in guide or path.path.startswith("/docs/"), path.path
