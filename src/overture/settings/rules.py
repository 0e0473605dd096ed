"""Settings that are not safe, or not whole, together."""

from urllib.parse import urlsplit

from overture.settings.declared import PREFIX, BadSetting, Settings
from overture.settings.forms import CHOICES, JOB_BOARDS, SEARCH_KINDS, WAYS


def _address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadSetting(f"{PREFIX}{name} must be an http(s) address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(f"{PREFIX}{name} must be an http(s) address")


def refuse_bad_research(settings: Settings) -> None:
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


def refuse_unsafe(settings: Settings) -> None:
    """Refuse what must not be combined; raises BadSetting."""
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
