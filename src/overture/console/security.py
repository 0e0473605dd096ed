"""What every answer of the console carries, how its cookie looks, and which requests are its own."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = frozenset({"GET", "HEAD"})


def is_https(request: Request, public_url: str) -> bool:
    """Return whether the browser reaches us by https, perhaps by a proxy that the public address names."""
    return request.url.scheme == "https" or public_url.startswith("https://")


def cookie_name(*, https: bool) -> str:
    """Return the session cookie's name. Browsers take ``__Host-`` by https only; plain http is for this machine."""
    return "__Host-session" if https else "session"


def set_cookie(response: Response, token: str, *, https: bool) -> None:
    """Give the browser its session; an empty token takes it away."""
    response.set_cookie(
        cookie_name(https=https),
        token,
        max_age=None if token else 0,
        path="/",
        secure=https,
        httponly=True,
        samesite="lax",
    )


def is_own(request: Request, public_url: str) -> bool:
    """Return whether a request that changes something was sent by a page of ours.

    Browsers say so in ``Sec-Fetch-Site``; older ones in ``Origin``. One that says neither is refused.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    hosts = {request.headers.get("host", ""), urlsplit(public_url).netloc}
    return bool(origin) and urlsplit(origin).netloc in hosts - {""}


def form_token(session_token: str) -> str:
    """Return the token that each form of a session carries."""
    digest = hmac.new(session_token.encode(), b"form", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_matches(session_token: str, presented: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(form_token(session_token).encode(), presented.encode("utf-8", "replace"))
