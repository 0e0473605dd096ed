"""What reaches outside or writes: web, sender, parser, composer. Loaded by processes that work, not by the API."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from overture.adapters.parsing import ChildParser
from overture.adapters.sender import HttpSender
from overture.adapters.web import HttpWeb
from overture.bootstrap.finding import open_lookups
from overture.bootstrap.llm import open_writer
from overture.composition.compose import EmbeddedComposer
from overture.composition.write import GatedComposer
from overture.ports import Composer, Model, Parse, Sender, Web, Writer
from overture.research.company.finder import Finder
from overture.settings import Settings


@dataclass(frozen=True, slots=True)
class Outside:
    """The ports of a process that works."""

    web: Web
    sender: Sender
    parse: Parse
    composer: Composer
    finder: Finder
    writer: Writer | None
    model: Model | None


@asynccontextmanager
async def open_outside(settings: Settings) -> AsyncGenerator[Outside]:
    """Open them; closed in reverse."""
    networks = settings.allow_private_networks
    web = HttpWeb(allow=networks, contact=settings.contact, robots=settings.respect_robots)
    sender = HttpSender(allow=networks, https_only=settings.https_webhooks_only)
    parser = ChildParser(workers=os.cpu_count() or 1)
    lookups = open_lookups(settings)
    try:
        embedded = GatedComposer(EmbeddedComposer())
        async with open_writer(settings, embedded) as (writer, model):
            yield Outside(web, sender, parser, embedded, lookups.finder, writer, model)
    finally:
        await lookups.close()
        await parser.close()
        await sender.close()
        await web.close()
