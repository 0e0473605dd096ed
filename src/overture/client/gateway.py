"""LinkedIn, by the gateway's LinkUp operations. See docs/linkedin-gateway.md.

Reading is repeated after a lost answer, and costs its credit again. An action carries an ``Idempotency-Key``: it may be
repeated and is done once. Signing in, monitors and operations that are not known here are never repeated: there a lost
answer is ``ReplyLost``.
"""

from urllib.parse import quote

from overture.client.drivers import Driving, Group, Iteration, Listing, Operation
from overture.client.exchange import Repeat, Request
from overture.client.models import Answer, JsonObject, Monitor, SignIn
from overture.client.reading import a_page, one, query

READS = frozenset({
    "profile/me", "profile/info", "profile/search", "profile/contact", "companies/info", "companies/search",
    "network/connections", "network/invitations", "network/sent-invitations", "network/invitation-status",
    "network/recommendations", "messages/inbox", "messages/conversation", "posts/reactions", "posts/extract-comments",
    "posts/search", "posts/feed", "recruiter/candidates", "recruiter/cv", "recruiter/job-posts",
    "data/search/companies", "data/company/info", "data/company/info-by-domain", "data/search/profiles",
    "data/profil/info", "data/profil/enrich", "data/employees/extract", "data/signals/posts/reactions",
    "data/signals/posts/comments", "data/signals/profile/reactions", "data/signals/profile/comments",
    "data/signals/profile/posts", "data/signals/company/posts", "data/mail/finder", "data/mail/reverse",
    "data/mail/validate",
})  # fmt: skip
"""Operations that only read."""
ACTIONS = frozenset({
    "network/connect", "network/accept-invitation", "network/withdraw-invitation", "messages/send-message",
    "posts/react", "posts/repost", "posts/comment", "posts/answer-comment", "posts/create", "posts/time-spent",
    "recruiter/publish-job", "recruiter/close-job", "recruiter/create-job",
})  # fmt: skip
"""Operations that act, and take a key."""


def _post(path: str, body: JsonObject, key: str | None = None) -> Request[Answer]:
    given = {name: value for name, value in body.items() if value is not None}
    repeat = Repeat.SAFE if path in READS else Repeat.KEYED if path in ACTIONS else Repeat.NEVER
    return Request("POST", f"/v1/{quote(path)}", one(Answer), body=given, repeat=repeat, key=key, gateway=True)


def _monitor(monitor_id: str, *more: str) -> str:
    return "/".join(("/v1/webhooks/accounts", quote(monitor_id, safe=""), *more))


class Monitors(Group[Driving]):
    """Who is told what happens to LinkedIn accounts."""

    @Operation
    def create(self, login_token: str, webhook_url: str, *, name: str | None = None) -> Request[Monitor]:
        """Watch an account, once it is started."""
        body = query(login_token=login_token, webhook_url=webhook_url, account_name=name)
        return Request("POST", "/v1/webhooks/accounts", one(Monitor), body=body, repeat=Repeat.NEVER, gateway=True)

    @Iteration
    def all(self) -> Listing[Monitor]:
        """Iterate over the watched accounts."""
        read = a_page(Monitor, "accounts")
        return lambda _: Request("GET", "/v1/webhooks/accounts", read, gateway=True)

    @Operation
    def start(self, monitor_id: str) -> Request[JsonObject]:
        """Start watching; one credit pays for 144 minutes."""
        return Request("POST", _monitor(monitor_id, "start"), one(JsonObject), repeat=Repeat.NEVER, gateway=True)

    @Operation
    def stop(self, monitor_id: str) -> Request[JsonObject]:
        """Stop watching."""
        return Request("POST", _monitor(monitor_id, "stop"), one(JsonObject), repeat=Repeat.NEVER, gateway=True)

    @Operation
    def delete(self, monitor_id: str) -> Request[JsonObject]:
        """Forget a watched account."""
        return Request("DELETE", _monitor(monitor_id), one(JsonObject), repeat=Repeat.NEVER, gateway=True)


class Gateway(Group[Driving]):
    """Acting and reading in a member's name. ``token`` is the session that signing in returned."""

    @property
    def monitors(self) -> Monitors[Driving]:
        """Who is told what happens to LinkedIn accounts."""
        return Monitors(self.driver)

    @Operation
    def login(self, email: str, password: str, *, country: str | None = None) -> Request[SignIn]:
        """Sign a member in; without ``login_token`` in the answer LinkedIn wants a code: see ``verify``."""
        body = query(email=email, password=password, country=country)
        return Request("POST", "/v1/auth/login", one(SignIn), body=body, repeat=Repeat.NEVER, gateway=True)

    @Operation
    def verify(self, email: str, code: str) -> Request[SignIn]:
        """Answer with the code that LinkedIn sent."""
        body = query(email=email, code=code)
        return Request("POST", "/v1/auth/verify", one(SignIn), body=body, repeat=Repeat.NEVER, gateway=True)

    @Operation
    def me(self, token: str) -> Request[Answer]:
        """Read the member's own profile."""
        return _post("profile/me", {"login_token": token})

    @Operation
    def profile(self, token: str, linkedin_url: str) -> Request[Answer]:
        """Read a member's profile."""
        return _post("profile/info", {"login_token": token, "linkedin_url": linkedin_url})

    @Operation
    def connect(
        self, token: str, linkedin_url: str, *, note: str = "", email: str = "", key: str | None = None
    ) -> Request[Answer]:
        """Invite a member."""
        body = {"login_token": token, "linkedin_url": linkedin_url, "message": note, "email": email}
        return _post("network/connect", body, key)

    @Operation
    def message(
        self, token: str, linkedin_url: str, text: str, *, media_link: str = "", key: str | None = None
    ) -> Request[Answer]:
        """Write to a connection."""
        body = {"login_token": token, "linkedin_url": linkedin_url, "message_text": text, "media_link": media_link}
        return _post("messages/send-message", body, key)

    @Iteration
    def conversation(self, token: str, linkedin_url: str, *, page: int = 50) -> Listing[JsonObject]:
        """Iterate over the messages with a member, newest first."""
        given = {"login_token": token, "linkedin_url": linkedin_url, "total_results": page}
        read = a_page(JsonObject, "messages", "data")
        return lambda cursor: Request(
            "POST", "/v1/messages/conversation", read, body=given | query(cursor=cursor), gateway=True
        )

    @Iteration
    def inbox(self, token: str, *, category: str = "INBOX", page: int = 50) -> Listing[JsonObject]:
        """Iterate over conversations."""
        given = {"login_token": token, "category": category, "total_results": page}
        read = a_page(JsonObject, "conversations", "data")
        return lambda cursor: Request(
            "POST", "/v1/messages/inbox", read, body=given | query(next_cursor=cursor), gateway=True
        )

    @Operation
    def call(self, path: str, *, key: str | None = None, **body: object) -> Request[Answer]:
        """Make any POST of the gateway: ``call("posts/react", login_token=token, post_url=url)``."""
        return _post(path.removeprefix("/v1/").strip("/"), body, key)
