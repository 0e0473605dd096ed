"""What can be set, and what holds where nothing is."""

import ipaddress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

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
    linkup_calls_minute: int = 300
    linkedin_lease_seconds: int = 90
    linkedin_poll_seconds: int = 60
    linkedin_keep_days: int = 90
    retain_pages_days: int = 30
    retain_messages_days: int = 180
    retain_leads_days: int = 365
    retain_webhooks_days: int = 90
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
    mcp_key: str = field(default="", repr=False)
    fault: str | None = None

    @property
    def secret_key_file(self) -> Path:
        """Where the sealing keys live when the environment names none."""
        return self.data_dir / "secret.keys"
