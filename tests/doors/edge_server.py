"""A real server on loopback over stand-in use cases, for tests of the edge alone."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

import httpx2
import msgspec
from prometheus_client import CollectorRegistry

from overture.api.app import create_app
from overture.api.options import EdgeOptions
from overture.api.protocol import ConnectionLimits
from overture.api.server import serve
from overture.api.use_cases import UseCases
from overture.domain.accounts import Caller, Credits, Tier
from overture.domain.errors import Forbidden, KeyRevoked, NotFound, Unauthorized
from overture.domain.messages import MessageType
from overture.domain.requests import Accepted, GenerationRequest, LeadView, RequestView
from overture.usecases.accounts import AccountView
from overture.usecases.services import Services

KEY = "good-key"
FOREIGN_ID = UUID("00000000-0000-4000-8000-000000000001")
ACCOUNT = UUID("00000000-0000-4000-8000-00000000000a")
MOMENT = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
SUBMIT = "/api/v2/messages/request_message_generation"
RETRIEVE = "/api/v2/messages/retrieve_messages"
REQUEST_ID = "request_message_generation_secure_request_id"


@dataclass
class Stand:
    """In-memory use cases: remembers what was asked, and fails where a test says so."""

    submitted: list[GenerationRequest] = field(default_factory=list)
    admitted: int = 0
    opened: int = 0
    problems: list[str] = field(default_factory=list)
    failure: Exception | None = None
    admission_failure: Exception | None = None
    complete: bool = True
    seconds: float = 0.0
    ids: dict[UUID, GenerationRequest] = field(default_factory=dict)

    async def authenticate(self, services: Services, presented: str | None) -> Caller:
        if presented == "revoked-key":
            raise KeyRevoked
        if presented != KEY:
            raise Unauthorized
        return Caller(ACCOUNT, "k1", Tier.TESTING)

    async def admit(self, services: Services, caller: Caller) -> None:
        if self.admission_failure is not None:
            raise self.admission_failure
        self.admitted += 1

    async def _pause(self) -> None:
        await asyncio.sleep(self.seconds)
        if self.failure is not None:
            raise self.failure

    async def submit(self, services: Services, caller: Caller, request: GenerationRequest) -> Accepted:
        await self._pause()
        for known, earlier in self.ids.items():
            if earlier.digest == request.digest:
                return Accepted(known, duplicate=True)
        self.submitted.append(request)
        new = uuid4()
        self.ids[new] = request
        return Accepted(new, duplicate=False)

    async def retrieve(self, services: Services, caller: Caller, request_id: UUID) -> RequestView:
        await self._pause()
        if request_id == FOREIGN_ID:
            raise Forbidden
        request = self.ids.get(request_id)
        if request is None:
            raise NotFound
        texts: dict[MessageType, str | None] = dict.fromkeys(request.types, "Hi" if self.complete else None)
        leads = tuple(LeadView(lead.lead_id, lead.linkedin, texts) for lead in request.leads)
        count = len(leads) * len(texts)
        return RequestView(
            id=request_id,
            customer_id=request.customer_id,
            campaign_id=request.campaign_id,
            campaign_name=request.campaign_name,
            sequence=request.sequence,
            complete=self.complete,
            requested=count,
            generated=count if self.complete else 0,
            failed=0,
            reasons=(),
            leads=leads,
            accepted_at=MOMENT,
            completed_at=None,
        )

    async def check_credits(self, services: Services, caller: Caller) -> Credits:
        await self._pause()
        return Credits(900, 120, 780)

    async def describe(self, services: Services, caller: Caller) -> AccountView:
        return AccountView(MOMENT, "testing", 120, 900)

    async def ready(self, services: Services) -> list[str]:
        return self.problems

    def use_cases(self) -> UseCases:
        return UseCases(
            authenticate=self.authenticate,
            admit=self.admit,
            check_credits=self.check_credits,
            describe=self.describe,
            submit=self.submit,
            retrieve=self.retrieve,
            ready=self.ready,
        )

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        self.opened += 1
        try:
            yield cast("Services", object())
        finally:
            self.opened -= 1


@dataclass
class Running:
    """A server that accepts connections."""

    stand: Stand
    port: int
    client: httpx2.AsyncClient
    stop: asyncio.Event
    task: asyncio.Task[None]
    registry: CollectorRegistry

    async def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """Send bytes as they are, and return everything until the server closes or ``seconds`` pass."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        received = b""
        try:
            writer.write(data)
            async with asyncio.timeout(seconds):
                while chunk := await reader.read(65_536):
                    received += chunk
        except (TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()
        return received


def free_socket() -> socket.socket:
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.setblocking(False)
    return sock


@asynccontextmanager
async def running(
    stand: Stand | None = None,
    options: EdgeOptions | None = None,
    limits: ConnectionLimits | None = None,
    grace_seconds: float = 5.0,
) -> AsyncIterator[Running]:
    """Serve until the block ends; the stop must be graceful and prompt."""
    stand = stand or Stand()
    registry = CollectorRegistry()
    app = create_app(stand.services, options, use_cases=stand.use_cases(), registry=registry)
    sock = free_socket()
    port = sock.getsockname()[1]
    ready, stop = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(
        serve(app, sock, on_ready=ready.set, grace_seconds=grace_seconds, limits=limits, stop=stop)
    )
    async with asyncio.timeout(10):
        await ready.wait()
    base = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient(base_url=base, headers={"Api-Key": KEY}, timeout=10, trust_env=False) as client:
        try:
            yield Running(stand, port, client, stop, task, registry)
        finally:
            stop.set()
            async with asyncio.timeout(12):
                await task
    assert stand.opened == 0


def body(leads: int = 1, **changes: object) -> dict[str, object]:
    """A valid request with ``leads`` leads; a change to None takes the field away."""
    request: dict[str, object] = {
        "completion_notification_url": "https://app.example.com/hook",
        "automation_tool_customer_id": "cust_1",
        "automation_tool_campaign_id": "camp_1",
        "automation_tool_campaign_name": "Spring",
        "proposition_company_name": "Example Software",
        "proposition_company_url": "https://software.example.com",
        "message_sequence": [{"step": 1, "messageType": "connection_request"}],
        "lead_data": [
            {
                "automation_tool_lead_id": f"lead_{number}",
                "lead_linkedin": f"https://www.linkedin.com/in/lead-{number}",
                "lead_company": "Example Ltd",
                "first_name": "Ada",
                "last_name": "Example",
            }
            for number in range(leads)
        ],
    }
    request.update(changes)
    return {name: value for name, value in request.items() if value is not None}


def encoded(leads: int = 1, **changes: object) -> bytes:
    return msgspec.json.encode(body(leads, **changes))


def post(content: bytes, path: str = SUBMIT, headers: str = "") -> bytes:
    """A whole POST as bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\n{headers}Content-Length: {len(content)}\r\n\r\n"
    return head.encode() + content
