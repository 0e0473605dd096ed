"""One job's writing: by the language model where one is configured, else by the embedded composer."""

from dataclasses import dataclass, field
from uuid import UUID

from overture.domain.authorship import Usage
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType
from overture.store import compositions
from overture.store.compositions import Entry
from overture.store.db import Tx
from overture.store.requests import Header
from overture.telemetry import metrics
from overture.usecases.services import Services
from overture.usecases.spending import DatabasePurse


@dataclass
class Authors:
    """Writes the messages of one job, and keeps who wrote them until they are settled."""

    services: Services
    header: Header
    revision_id: UUID | None
    entries: list[Entry] = field(default_factory=list[Entry])
    purse: DatabasePurse = field(init=False)

    def __post_init__(self) -> None:
        """Open the purse that this request may spend from."""
        ceilings = self.services.policy.ceilings.of(self.header.id, self.header.account_id)
        self.purse = DatabasePurse(self.services.database, ceilings)

    async def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """Return one draft a type, in the order given. With a model this may take minutes; nothing is locked then."""
        writer = None if self.header.test else self.services.writer
        if writer is None:
            return self.services.composer.compose(brief, lead, types)
        composed = await writer.write(brief, lead, types, self.purse)
        self.entries += [Entry(lead.index, item.draft.type, item.authorship) for item in composed]
        return [item.draft for item in composed]

    async def settle(self, tx: Tx) -> None:
        """Store who wrote what, and what it took, in the transaction that stores the texts."""
        if not self.entries:
            return
        await compositions.add(tx, self.header.id, self.revision_id, self.entries)
        used = Usage()
        for entry in self.entries:
            used = used.plus(entry.authorship.usage)
        await self.purse.settle(tx, used)

    def count(self) -> None:
        """Show the figures to Prometheus, once they are settled."""
        for entry in self.entries:
            made, usage = entry.authorship, entry.authorship.usage
            metrics.LLM_MESSAGES.labels(made.composer).inc()
            metrics.LLM_TOKENS.labels("cached").inc(usage.cached_tokens)
            metrics.LLM_TOKENS.labels("input").inc(usage.input_tokens - usage.cached_tokens)
            metrics.LLM_TOKENS.labels("output").inc(usage.output_tokens)
            metrics.LLM_COST.inc(float(usage.cost or 0))
