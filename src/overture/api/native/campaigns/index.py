"""Every topic of the campaign routes; a new one is a module and one line here."""

from overture.api.contract import Operation, Schema
from overture.api.native.campaigns import imports, inbox, leads, ordering, reporting, reviewing
from overture.api.native.campaigns.topic import Topic

TOPICS: tuple[Topic, ...] = (reviewing.TOPIC, ordering.TOPIC, leads.TOPIC, imports.TOPIC, inbox.TOPIC, reporting.TOPIC)

OPERATIONS: tuple[Operation, ...] = tuple(route.operation for topic in TOPICS for route in topic.routes)


def components() -> dict[str, Schema]:
    """Every named schema of the topics."""
    return {name: schema for topic in TOPICS for name, schema in topic.components.items()}
