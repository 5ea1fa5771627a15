"""The production server: the page's bytes prepared once, sent with security headers, to trusted hosts only."""

from __future__ import annotations

import errno
import gzip
import hashlib
import logging
import re
import webbrowser
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    import dash

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8050
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


class ServerError(Exception):
    """The server cannot start; the text says why and what to do."""


class Prepared(NamedTuple):
    """An answer made once: its headers, and its body as gzip."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str


class Site:
    """A Dash app as a WSGI application: prepared answers first, Dash itself for the rest, no host but those trusted."""

    def __init__(self, app: dash.Dash, hosts: Iterable[str] = ()) -> None:
        self._app: WSGIApplication = app.server.wsgi_app
        self._hosts = {*LOOPBACK, *(host.lower() for host in hosts)}
        client = app.server.test_client()
        page = client.get("/")
        hashes = " ".join(f"'{hash_}'" if not hash_.startswith("'") else hash_ for hash_ in app.csp_hashes())
        self._headers = [("Content-Security-Policy", POLICY.format(hashes=hashes)), *HEADERS]
        scripts = re.findall(r'(?:src|href)="(/[^"#]+)"', page.get_data(as_text=True))
        self._ready: dict[str, Prepared] = {}
        for path in dict.fromkeys(["/", "/_dash-layout", "/_dash-dependencies", *scripts]):
            answer = client.get(path)
            if answer.status_code == 200:  # noqa: PLR2004 - what is not there is Dash's to answer
                self._ready[path.partition("?")[0]] = self._prepare(answer.content_type, answer.get_data())

    def _prepare(self, content_type: str, body: bytes) -> Prepared:
        packed = gzip.compress(body, mtime=0)
        etag = f'"{hashlib.sha256(packed).hexdigest()[:32]}"'
        headers = [
            ("Content-Type", content_type), ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))),
            ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), ("ETag", etag), *self._headers,
        ]  # fmt: skip
        return Prepared(headers, packed, etag)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if _hostname(environ.get("HTTP_HOST", "")) not in self._hosts:
            body = b"This server does not answer to that host name.\n"
            start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
            return [body]
        method = environ["REQUEST_METHOD"]
        ready = self._ready.get(environ["PATH_INFO"]) if method in ("GET", "HEAD") else None
        if ready is None or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
            return self._app(environ, self._with_headers(start_response))
        if ready.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [("ETag", ready.etag), *self._headers])
            return []
        start_response("200 OK", ready.headers)
        return [ready.body] if method == "GET" else []

    def _with_headers(self, start_response: StartResponse) -> StartResponse:
        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *self._headers], exc_info)  # type: ignore[arg-type]

        return start


def serve(
    app: dash.Dash, *, host: str = "127.0.0.1", port: int = PORT, hosts: Iterable[str] = (), browser: bool = False
) -> None:
    """Serve a Dash app until interrupted; ``hosts`` are further names that requests may ask for.

    Raises ``ServerError`` for a port that is taken or not allowed, and a host that is not of this machine.
    """
    import waitress  # noqa: PLC0415 - only a server needs it

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    site = Site(app, [host, *hosts])
    try:
        server = waitress.create_server(
            site, host=host, port=port, threads=8, ident="timeline", clear_untrusted_proxy_headers=True
        )
    except OSError as error:
        raise ServerError(_trouble(error, host, port)) from None
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{server.effective_port}/"
    print(f"Serving at {address} (stop with Ctrl+C)", flush=True)  # noqa: T201 - what the command is for
    if host not in LOOPBACK:
        names = ", ".join(hosts) or host
        print(f"Anyone who reaches this machine can read the page, under the name {names}.", flush=True)  # noqa: T201
    if browser:
        webbrowser.open(address)
    try:
        server.run()
    finally:
        server.close()


def _hostname(host: str) -> str:
    """Return the name in a Host header, without its port."""
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return name.lower().rstrip(".")


def _trouble(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else PORT  # noqa: PLR2004 - the last port there is
        return f"port {port} is taken (write --port {other}, or stop the program that uses it)"
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that this user does not have (write --port {PORT})"
    return f"cannot listen on {host}, port {port}: {error.strerror or error} (write --host 127.0.0.1)"
