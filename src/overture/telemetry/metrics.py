"""What is counted and timed, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS_ACCEPTED = Counter("overture_requests_accepted_total", "Generation requests accepted.")
MESSAGES = Counter("overture_messages_total", "Messages settled.", ["type", "outcome"])
SOURCES = Counter("overture_sources_total", "Sources researched.", ["kind", "outcome"])
DELIVERIES = Counter("overture_deliveries_total", "Webhook attempts.", ["outcome"])
ACTIONS = Counter("overture_linkedin_actions_total", "Actions on LinkedIn.", ["action", "state"])
LLM_MESSAGES = Counter(
    "overture_llm_messages_total", "Messages written where a language model is configured.", ["composer"]
)
LLM_TOKENS = Counter("overture_llm_tokens_total", "Tokens of language models.", ["kind"])
LLM_COST = Counter("overture_llm_cost_dollars_total", "Cost of language models, where the price is known.")
CHUNK_SECONDS = Histogram("overture_chunk_seconds", "Composing and settling one chunk.")
FETCH_SECONDS = Histogram("overture_source_seconds", "Researching one source.")
QUEUE_AGE = Gauge("overture_queue_oldest_seconds", "Age of the oldest waiting job.", multiprocess_mode="mostrecent")
QUEUE_DEPTH = Gauge("overture_queue_jobs", "Jobs in the queue.", ["state"], multiprocess_mode="mostrecent")


def of_all_processes(directory: str) -> CollectorRegistry:
    """Return a registry that shows the figures of all processes that keep theirs in ``directory``."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=directory)
    return registry
