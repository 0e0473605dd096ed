"""Every setting, read from the environment once and checked at start."""

import base64
import ipaddress
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PREFIX = "OVERTURE_"


class BadSetting(Exception):
    """A setting is missing, unknown or unsafe; the message names it. The start stops."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; ``.env.example`` lists them with their meaning."""

    env: str = "production"
    data_dir: Path = Path()
    database_url: str | None = None
    queue_database_url: str | None = None
    database_pooled: bool = False
    database_pool: int = 10
    postgres_binaries: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    public_url: str | None = None
    log_level: str = "info"
    allow_private_networks: tuple[Network, ...] = ()
    https_webhooks_only: bool = False
    contact: str = ""
    respect_robots: bool = True
    max_body_bytes: int = 4_000_000
    max_leads: int = 2_000
    max_depth: int = 32
    max_connections: int = 1_000
    research_ttl_hours: int = 168
    failed_research_ttl_minutes: int = 10
    chunk_leads: int = 20
    fetch_concurrency: int = 32
    deliver_concurrency: int = 64
    dedupe_by_customer: bool = False
    note_limit: int = 300
    job_boards: tuple[str, ...] = (
        "greenhouse",
        "lever",
        "ashby",
        "workable",
        "recruitee",
        "personio",
        "teamtailor",
        "bamboohr",
        "workday",
        "rippling",
        "pinpoint",
        "breezy",
    )
    find_company: tuple[str, ...] = ("search", "wikidata", "domains")
    search_kind: str = "searxng"
    search_url: str = ""
    search_key: str = field(default="", repr=False)
    wikidata_url: str = "https://www.wikidata.org/w/api.php"
    likely_domains: tuple[str, ...] = (
        "https://{name}.com/",
        "https://{name}.co.uk/",
        "https://{name}.io/",
        "https://{name}.de/",
    )
    signature_header: str = "X-Upscale-Signature"
    signature_prefix: str = "sha256="
    secret_overlap_hours: int = 24
    secret_keys: tuple[str, ...] = ()
    linkedin_rail: str = "simulated"
    linkup_status: str = "strict"
    linkedin_lease_seconds: int = 90
    linkedin_poll_seconds: int = 60
    linkedin_keep_days: int = 90
    linkup_rail_url: str = ""
    linkup_rail_key: str = field(default="", repr=False)
    linkedin_client_id: str = ""
    linkedin_client_secret: str = field(default="", repr=False)
    linkedin_redirect_uri: str = "http://127.0.0.1:8765/callback"
    linkedin_version: str = "202610"
    linkedin_api_url: str = "https://api.linkedin.com"
    linkedin_oauth_url: str = "https://www.linkedin.com/oauth/v2"
    llm_provider: str | None = None
    llm_model: str = ""
    llm_base_url: str | None = None
    llm_api_key: str = field(default="", repr=False)
    llm_concurrency: int = 32
    llm_timeout_seconds: int = 60
    llm_retries: int = 2
    llm_attempts: int = 3
    llm_output: str = "native"
    llm_max_output_tokens: int = 3_000
    llm_price: tuple[Decimal, ...] = ()
    llm_request_tokens: int | None = None
    llm_request_cost: Decimal | None = None
    llm_account_tokens: int | None = None
    llm_account_cost: Decimal | None = None
    llm_period: str = "month"
    llm_when_spent: str = "embedded"
    fault: str | None = None

    @property
    def secret_key_file(self) -> Path:
        """Where the sealing keys live when the environment names none."""
        return self.data_dir / "secret.keys"


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


def _value(name: str, text: str) -> object:
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


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        BadSetting: a value is not of its form, a name is unknown, or a combination is unsafe.
    """
    source = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for key, text in source.items():
        if not key.startswith(PREFIX) or key == f"{PREFIX}CORPUS":
            continue
        name = key.removeprefix(PREFIX).lower()
        if name not in NAMES:
            raise BadSetting(f"{key} is not a setting")
        if text != "":
            values[name] = _value(name, text)
    values.setdefault("data_dir", Path(platformdirs.user_data_dir("overture", appauthor=False)))
    settings = Settings(**values)  # pyright: ignore[reportArgumentType]  # checked by name above
    _refuse_unsafe(settings)
    _refuse_bad_research(settings)
    return settings


def _address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadSetting(f"{PREFIX}{name} must be an http(s) address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(f"{PREFIX}{name} must be an http(s) address")


def _refuse_bad_research(settings: Settings) -> None:
    """Job boards and the ways to a company's site."""
    for name, chosen, known in (
        ("JOB_BOARDS", settings.job_boards, JOB_BOARDS),
        ("FIND_COMPANY", settings.find_company, WAYS),
        ("SEARCH_KIND", (settings.search_kind,), SEARCH_KINDS),
    ):
        unknown = [part for part in chosen if part not in known]
        if unknown:
            raise BadSetting(f"{PREFIX}{name}: {unknown[0][:60]} is none of {', '.join(known)}")
    if not settings.search_key.isascii() or not settings.search_key.isprintable():
        raise BadSetting("OVERTURE_SEARCH_KEY must be printable ASCII")
    if settings.search_url:
        _address("SEARCH_URL", settings.search_url)
    _address("WIKIDATA_URL", settings.wikidata_url)
    for template in settings.likely_domains:
        if template.count("{name}") != 1:
            raise BadSetting("OVERTURE_LIKELY_DOMAINS must be addresses with {name}, separated by commas")
        _address("LIKELY_DOMAINS", template.replace("{name}", "name"))


def _refuse_unsafe(settings: Settings) -> None:
    for name, allowed in CHOICES.items():
        value: object = getattr(settings, name)
        if value is not None and value not in allowed:
            raise BadSetting(f"{PREFIX}{name.upper()} must be {', '.join(allowed[:-1])} or {allowed[-1]}")
    if settings.fault and settings.env != "test":
        raise BadSetting("OVERTURE_FAULT is refused unless OVERTURE_ENV=test")
    _refuse_half_a_model(settings)
    if any(not 33 <= ord(c) <= 126 or c == ":" for c in settings.signature_header):
        raise BadSetting("OVERTURE_SIGNATURE_HEADER must be a header name")


def _refuse_half_a_model(settings: Settings) -> None:
    """A model is configured whole or not at all, and never so that a ceiling could not hold."""
    if settings.llm_provider is None:
        if settings.llm_model or settings.llm_base_url or settings.llm_api_key:
            raise BadSetting("OVERTURE_LLM_PROVIDER is missing: openai, anthropic, google or openai-compatible")
        return
    if not settings.llm_model:
        raise BadSetting("OVERTURE_LLM_MODEL is missing: the model's name as its host knows it")
    compatible = settings.llm_provider == "openai-compatible"
    if not settings.llm_api_key and not compatible:
        raise BadSetting(f"OVERTURE_LLM_API_KEY is missing: {settings.llm_provider} needs one")
    if not settings.llm_base_url and compatible:
        raise BadSetting("OVERTURE_LLM_BASE_URL is missing: where the server is, such as http://127.0.0.1:8000/v1")
    if settings.llm_base_url and not settings.llm_base_url.startswith(("http://", "https://")):
        raise BadSetting("OVERTURE_LLM_BASE_URL must begin with http:// or https://")
    if len(settings.llm_price) not in {0, 2, 4}:
        raise BadSetting("OVERTURE_LLM_PRICE must be input,output or input,output,cached,written in dollars a million")


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """Return the sealing keys, the one to seal with first; make and store one where there is none.

    Each is 32 bytes in base64. The file is private to its user; losing it loses every sealed secret.

    Raises:
        BadSetting: the file can be read by others.
    """
    if settings.secret_keys:
        return settings.secret_keys
    path = settings.secret_key_file
    if not path.exists():
        _write_new_key(path)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadSetting(f"{path} must be readable by its owner alone (chmod 600)")
    return tuple(line.strip() for line in path.read_text().splitlines() if line.strip())


def _write_new_key(path: Path) -> None:

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    try:
        os.link(draft, path)  # the first of two racing processes wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
