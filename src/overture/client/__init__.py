"""The Python client of Overture: generation, the LinkedIn gateway, campaigns; blocking and asynchronous.

It stands alone: nothing else of the package is imported. See docs/sdk.md.
"""

from types import TracebackType
from typing import Self

from overture.client.campaigns import Campaigns, Inbox
from overture.client.drivers import AsyncDriver, SyncDriver
from overture.client.errors import ApiError, ClientError, NotConnected, ReplyLost, StillInProgress, WebhookInvalid
from overture.client.exchange import Retries
from overture.client.gateway import Gateway
from overture.client.generation import Generation
from overture.client.reviewing import Reports, Reviews
from overture.client.webhooks import Scheme, Webhook, Webhooks

__all__ = [
    "ApiError", "AsyncClient", "Client", "ClientError", "NotConnected", "ReplyLost", "Retries", "Scheme",
    "StillInProgress", "Webhook", "WebhookInvalid", "Webhooks",
]  # fmt: skip


class Client(SyncDriver):
    """Blocks. ``url`` is the server's address; ``gateway_key`` is only needed where it is another key."""

    @property
    def generation(self) -> Generation[SyncDriver]:
        """Messages."""
        return Generation(self)

    @property
    def gateway(self) -> Gateway[SyncDriver]:
        """LinkedIn."""
        return Gateway(self)

    @property
    def campaigns(self) -> Campaigns[SyncDriver]:
        """Campaigns."""
        return Campaigns(self)

    @property
    def reviews(self) -> Reviews[SyncDriver]:
        """Messages of campaigns that wait for a person."""
        return Reviews(self)

    @property
    def reports(self) -> Reports[SyncDriver]:
        """What campaigns brought."""
        return Reports(self)

    @property
    def inbox(self) -> Inbox[SyncDriver]:
        """What leads answered."""
        return Inbox(self)

    def __enter__(self) -> Self:
        """Use it as a context: it is closed at the end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connections."""
        self.close()


class AsyncClient(AsyncDriver):
    """Awaits; the same calls as ``Client``, and asynchronous iterators."""

    @property
    def generation(self) -> Generation[AsyncDriver]:
        """Messages."""
        return Generation(self)

    @property
    def gateway(self) -> Gateway[AsyncDriver]:
        """LinkedIn."""
        return Gateway(self)

    @property
    def campaigns(self) -> Campaigns[AsyncDriver]:
        """Campaigns."""
        return Campaigns(self)

    @property
    def reviews(self) -> Reviews[AsyncDriver]:
        """Messages of campaigns that wait for a person."""
        return Reviews(self)

    @property
    def reports(self) -> Reports[AsyncDriver]:
        """What campaigns brought."""
        return Reports(self)

    @property
    def inbox(self) -> Inbox[AsyncDriver]:
        """What leads answered."""
        return Inbox(self)

    async def __aenter__(self) -> Self:
        """Use it as a context: it is closed at the end."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.close()
