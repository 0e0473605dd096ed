"""The ways to LinkedIn that the settings name, each opened when it is first used."""

import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from overture.domain.errors import NotAvailableOnRail
from overture.domain.linkedin.accounts import RailName
from overture.ports import Clock, Rail
from overture.settings import Settings
from overture.store.db import Database
from overture.store.linkedin.tasks import StoredTasks

if TYPE_CHECKING:
    from overture.adapters.rail_official import Application


class _Closes(Protocol):
    async def close(self) -> None: ...


class Rails:
    """Gives the rail of a name. Adapters are loaded here, when they are needed: most processes need none."""

    def __init__(self, settings: Settings, url: str, database: Database, clock: Clock) -> None:
        self._settings = settings
        self._url = url
        self._database = database
        self._clock = clock
        self._open: dict[RailName, Rail] = {}
        self._closing: list[_Closes] = []

    def __call__(self, name: RailName) -> Rail:
        """Return the rail; raises NotAvailableOnRail where the settings do not name what it needs."""
        if name not in self._open:
            self._open[name] = self._make(name)
        return self._open[name]

    async def close(self) -> None:
        """Close what was opened."""
        for rail in self._closing:
            await rail.close()

    def _make(self, name: RailName) -> Rail:
        match name:
            case RailName.SIMULATED:
                return self._simulated()
            case RailName.ASSISTED:
                from overture.adapters.rail_assisted import AssistedRail  # noqa: PLC0415

                return AssistedRail(StoredTasks(self._database))
            case RailName.LINKUP:
                return self._linkup()
            case RailName.OFFICIAL:
                return self._official()

    def _simulated(self) -> Rail:
        from overture.bootstrap.simulation import SimulatedOnDemand  # noqa: PLC0415

        rail = SimulatedOnDemand(self._url, pooled=self._settings.database_pooled)
        self._closing.append(rail)
        return rail

    def _linkup(self) -> Rail:
        settings = self._settings
        if not settings.linkup_rail_url or not settings.linkup_rail_key:
            raise NotAvailableOnRail(
                "the rail linkup needs OVERTURE_LINKUP_RAIL_URL and OVERTURE_LINKUP_RAIL_KEY to be set"
            )
        from overture.adapters.linkup.rail import LinkUpRail  # noqa: PLC0415

        rail = LinkUpRail(settings.linkup_rail_url, settings.linkup_rail_key, self._clock)
        self._closing.append(rail)
        return rail

    def _official(self) -> Rail:
        from overture.adapters.rail_official import OfficialRail  # noqa: PLC0415

        rail = OfficialRail(application(self._settings), self._clock)
        self._closing.append(rail)
        return rail


def application(settings: Settings) -> "Application":
    """Return the LinkedIn application that the operator registered; raises NotAvailableOnRail where there is none."""
    if not settings.linkedin_client_id or not settings.linkedin_client_secret:
        raise NotAvailableOnRail(
            "the rail official needs OVERTURE_LINKEDIN_CLIENT_ID and OVERTURE_LINKEDIN_CLIENT_SECRET to be set"
        )
    from overture.adapters.rail_official import Application  # noqa: PLC0415

    return Application(
        client_id=settings.linkedin_client_id,
        client_secret=settings.linkedin_client_secret,
        redirect_uri=settings.linkedin_redirect_uri,
        version=settings.linkedin_version,
        api=settings.linkedin_api_url,
        oauth=settings.linkedin_oauth_url,
    )


def rail_problems(settings: Settings) -> list[str]:
    """Return what is wrong with the settings of the rails: half of a pair, no address, or a default without its own."""
    found: list[str] = []
    pairs = (
        (RailName.LINKUP, "LINKUP_RAIL_URL", settings.linkup_rail_url, "LINKUP_RAIL_KEY", settings.linkup_rail_key),
        (
            RailName.OFFICIAL,
            "LINKEDIN_CLIENT_ID",
            settings.linkedin_client_id,
            "LINKEDIN_CLIENT_SECRET",
            settings.linkedin_client_secret,
        ),
    )
    for rail, first, one, second, other in pairs:
        if bool(one) != bool(other):
            found.append(f"OVERTURE_{first if other else second} is missing for the rail {rail}")
        elif not one and settings.linkedin_rail == rail:
            found.append(f"the rail {rail} needs OVERTURE_{first} and OVERTURE_{second}")
    addresses = (
        ("LINKUP_RAIL_URL", settings.linkup_rail_url),
        ("LINKEDIN_API_URL", settings.linkedin_api_url),
        ("LINKEDIN_OAUTH_URL", settings.linkedin_oauth_url),
        ("LINKEDIN_REDIRECT_URI", settings.linkedin_redirect_uri),
    )
    found += [f"OVERTURE_{name} is no http or https address" for name, url in addresses if url and not _is_address(url)]
    if settings.linkup_rail_url.rstrip("/").endswith("/v1"):
        found.append("OVERTURE_LINKUP_RAIL_URL is the server's address without /v1")
    if not re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", settings.linkedin_version):
        found.append("OVERTURE_LINKEDIN_VERSION is a month, as 202610")
    return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
