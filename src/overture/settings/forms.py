"""The form of each value: how its text is read."""

import ipaddress
from decimal import Decimal, InvalidOperation
from pathlib import Path

from overture.settings.declared import PREFIX, BadSetting, Network, Settings


def _flag(name: str, value: str) -> bool:
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{PREFIX}{name} must be true or false")


def _number(name: str, value: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise BadSetting(f"{PREFIX}{name} must be a whole number from {low} to {high}")
    return int(value)


def _dollars(name: str, value: str) -> Decimal:
    try:
        amount = Decimal(value.strip())
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= 10**9:
        raise BadSetting(f"{PREFIX}{name} must be an amount of US dollars such as 2.50")
    return amount


def _networks(name: str, value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise BadSetting(f"{PREFIX}{name} must be networks such as 127.0.0.0/8, separated by commas") from error


NUMBERS: dict[str, tuple[int, int]] = {
    "database_pool": (2, 200),
    "port": (0, 65_535),
    "workers": (0, 64),
    "max_body_bytes": (1_000, 100_000_000),
    "max_leads": (1, 100_000),
    "max_depth": (8, 200),
    "max_connections": (10, 100_000),
    "research_ttl_hours": (1, 8_760),
    "failed_research_ttl_minutes": (1, 10_080),
    "chunk_leads": (1, 200),
    "fetch_concurrency": (2, 512),
    "deliver_concurrency": (2, 512),
    "note_limit": (100, 300),
    "secret_overlap_hours": (0, 720),
    "linkup_calls_minute": (1, 1_000_000),
    "linkedin_lease_seconds": (2, 3_600),
    "llm_concurrency": (1, 512),
    "llm_timeout_seconds": (1, 600),
    "llm_retries": (0, 10),
    "llm_attempts": (1, 5),
    "llm_max_output_tokens": (200, 32_000),
    "llm_request_tokens": (0, 10**12),
    "llm_account_tokens": (0, 10**15),
    "linkedin_poll_seconds": (1, 86_400),
    "linkedin_keep_days": (1, 3_650),
    "retain_pages_days": (0, 36_500),
    "retain_messages_days": (0, 36_500),
    "retain_leads_days": (0, 36_500),
    "retain_webhooks_days": (0, 36_500),
}
MONEY = frozenset({"llm_request_cost", "llm_account_cost"})
FLAGS = frozenset({"database_pooled", "https_webhooks_only", "respect_robots", "dedupe_by_customer"})
TEXTS = frozenset(
    {
        "env",
        "database_url",
        "queue_database_url",
        "host",
        "public_url",
        "log_level",
        "contact",
        "signature_header",
        "signature_prefix",
        "linkedin_rail",
        "linkup_status",
        "search_kind",
        "search_url",
        "search_key",
        "wikidata_url",
        "linkup_rail_url",
        "linkup_rail_key",
        "linkedin_client_id",
        "linkedin_client_secret",
        "linkedin_redirect_uri",
        "linkedin_version",
        "linkedin_api_url",
        "linkedin_oauth_url",
        "llm_provider",
        "llm_model",
        "llm_base_url",
        "llm_api_key",
        "llm_output",
        "llm_period",
        "llm_when_spent",
        "mcp_key",
        "fault",
    }
)
WAYS = ("search", "wikidata", "domains", "none")
SEARCH_KINDS = ("searxng", "brave")
JOB_BOARDS = (*Settings().job_boards, "smartrecruiters", "none")
LISTS = frozenset({"find_company", "job_boards", "likely_domains", "secret_keys"})
OTHERS = frozenset({"data_dir", "postgres_binaries", "allow_private_networks", "llm_price"})
NAMES = frozenset(NUMBERS) | FLAGS | TEXTS | LISTS | MONEY | OTHERS
CHOICES: dict[str, tuple[str, ...]] = {
    "env": ("production", "test"),
    "log_level": ("debug", "info", "warning", "error"),
    "linkup_status": ("strict", "compat"),
    "linkedin_rail": ("simulated", "linkup", "official", "assisted"),
    "llm_provider": ("openai", "anthropic", "google", "openai-compatible"),
    "llm_output": ("native", "tool"),
    "llm_period": ("day", "month"),
    "llm_when_spent": ("embedded", "fail"),
}


def read_value(name: str, text: str) -> object:
    """Return the value of a setting; raises BadSetting where its text is not of its form."""
    if name in NUMBERS:
        return _number(name.upper(), text, *NUMBERS[name])
    if name in FLAGS:
        return _flag(name.upper(), text)
    if name == "allow_private_networks":
        return _networks(name.upper(), text)
    if name in MONEY:
        return _dollars(name.upper(), text)
    if name == "llm_price":
        return tuple(_dollars(name.upper(), part) for part in text.split(","))
    if name in LISTS:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name in {"data_dir", "postgres_binaries"}:
        return Path(text).expanduser()
    return text
