"""A worker whose composer writes one claim with evidence a message and does nothing else."""

import asyncio
import signal

from overture.bootstrap import database_url, open_services, queue_url
from overture.cli.serve import run_loop
from overture.domain.messages import Brief, Citation, Draft, LeadDossier, MessageType, Role, Segment, Written
from overture.settings import load
from overture.telemetry import logs
from overture.worker.run import Load, Worker


class NullComposer:
    """Writes a fixed claim about the lead's company, cited from the request."""

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """One claim a message."""
        company = lead.person.company
        cited = (Citation("company", "request:lead_company", company, ""),)
        segments = (
            Segment(f"Hi {lead.person.first_name}, ", Role.GREETING),
            Segment(f"{company} is your company.", Role.LEAD_CLAIM, cited),
        )
        text = "".join(s.text for s in segments)
        return [Written(kind, text, segments) for kind in types]


async def main() -> None:
    """Run until SIGTERM."""
    settings = load()
    logs.set_up("error")
    async with (
        database_url(settings) as url,
        open_services(settings, url, composer=NullComposer(), migrating=False, working=True) as services,
    ):
        worker = Worker(services, queue_url(settings, url), Load())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop.set)
        print("ready", flush=True)
        await worker.run()


if __name__ == "__main__":
    run_loop(main())
