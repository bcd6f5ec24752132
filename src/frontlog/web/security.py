"""What every request must pass: a known Host, a login where asked for, the same origin to change anything."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontlog.errors import FrontlogError

COOKIE = "frontlog_session"
SESSION_SECONDS = 12 * 3600
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/login", "/static/style.css", "/healthz")
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
)


def is_loopback(host: str) -> bool:
    """Whether an address to bind is reachable from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may ask. ``token`` None means no login; ``embed_in`` are the origins that may frame ``/embed``."""

    hosts: frozenset[str]
    token: str | None = None
    embed_in: tuple[str, ...] = ()

    @classmethod
    def serving(
        cls, host: str, names: tuple[str, ...] = (), token: str | None = None, embed_in: tuple[str, ...] = ()
    ) -> Policy:
        """The policy for one address; raises FrontlogError for an open one without a token."""
        if not is_loopback(host) and not token:
            raise FrontlogError(
                f"{host} can be reached from other machines, and there is no token; give --token-file FILE"
                " or set FRONTLOG_TOKEN"
            )
        if token is not None and len(token) < 16:
            raise FrontlogError("the token has fewer than 16 characters; make one with: openssl rand -hex 24")
        local = {"127.0.0.1", "localhost", "::1"} if is_loopback(host) else {host}
        return cls(frozenset(name.lower() for name in (*local, *names)), token, embed_in)


@dataclass(slots=True)
class Sessions:
    """Logins: one-time words for the first visit, signed cookies after it. ``now`` gives seconds."""

    token: str | None
    now: Callable[[], float] = time.time
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _once: set[str] = field(default_factory=set)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def invite(self) -> str:
        """A word that logs one visitor in, once."""
        word = secrets.token_urlsafe(24)
        with self._guard:
            self._once.add(hashlib.sha256(word.encode()).hexdigest())
        return word

    def redeem(self, word: str) -> bool:
        digest = hashlib.sha256(word.encode()).hexdigest()
        with self._guard:
            # Every invitation is compared, so that the time taken tells nothing.
            found = [each for each in self._once if hmac.compare_digest(each, digest)]
            self._once.difference_update(found)
        return bool(found)

    def is_token(self, given: str) -> bool:
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def issue(self) -> str:
        """A cookie's value: when it ends, a nonce and their signature."""
        body = f"{int(self.now()) + SESSION_SECONDS}.{secrets.token_urlsafe(12)}"
        return f"{body}.{self._sign(body)}"

    def is_session(self, value: str) -> bool:
        body, _, signature = value.rpartition(".")
        if not body or not hmac.compare_digest(signature.encode(), self._sign(body).encode()):
            return False
        return int(body.partition(".")[0]) > self.now()

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), "sha256").hexdigest()


class Guard:
    """ASGI middleware that holds every request to the policy and every answer to strict headers."""

    def __init__(self, app: ASGIApp, policy: Policy, sessions: Sessions) -> None:
        self._app, self._policy, self._sessions = app, policy, sessions
        frames = " ".join(("'self'", *policy.embed_in))
        self._headers = _headers("'none'")
        self._embed_headers = _headers(frames)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = str(scope["path"])
        extra = self._embed_headers if path == "/embed" else self._headers

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(extra)
            await send(message)

        refusal = self._refusal(str(scope["method"]), path, headers, str(scope.get("scheme", "http")))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(
        self, method: str, path: str, headers: Headers, scheme: str
    ) -> PlainTextResponse | RedirectResponse | None:
        host = headers.get("host", "")
        if _hostname(host) not in self._policy.hosts:
            return PlainTextResponse(
                f"host {host!r} is not served here; start with --host-name NAME\n", status_code=421
            )
        if method not in SAFE and not _same_origin(headers, host, scheme):
            return PlainTextResponse("changes are taken from this site's own pages only\n", status_code=403)
        if self._policy.token is None or path in OPEN_PATHS or self._logged_in(headers):
            return None
        if method == "GET" and "text/html" in headers.get("accept", ""):
            return RedirectResponse("/login", status_code=303)
        return PlainTextResponse(
            "log in first, or send Authorization: Bearer TOKEN\n", 401, {"WWW-Authenticate": "Bearer"}
        )

    def _logged_in(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._sessions.is_token(given.strip()):
            return True
        return self._sessions.is_session(cookie(headers.get("cookie", "")))


def cookie(header: str) -> str:
    """The session in a Cookie header, or nothing."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _headers(frames: str) -> Mapping[str, str]:
    return {
        "content-security-policy": _CSP.format(frames=frames),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers, host: str, scheme: str) -> bool:
    """Browsers send Origin with every unsafe request; other programs must send it too, or a token."""
    origin = headers.get("origin")
    if origin is not None:
        parts = urlsplit(origin)
        return parts.netloc.lower() == host.lower() and parts.scheme in (scheme, "https")
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("authorization", "").lower().startswith("bearer ")
