"""The production server: the page's bytes prepared once, sent with security headers, to trusted hosts only."""

from __future__ import annotations

import errno
import gzip
import hashlib
import logging
import re
import webbrowser
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import parse_accept_header

from timeline.progress import doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    import dash

READING = ("GET", "HEAD")
FOLDERS = ("/_dash-component-suites/", "/assets/")
"""Where Dash keeps files. Anything else that it has no answer for it answers with the page."""
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


class Answer(NamedTuple):
    """The headers and the body of an answer made once."""

    headers: list[tuple[str, str]]
    body: bytes


class Prepared(NamedTuple):
    """A path's answers: as gzip, plain, and, for who has the tag's bytes already, the headers alone."""

    etag: str
    packed: Answer
    plain: Answer
    lasting: list[tuple[str, str]]


class Refusal(NamedTuple):
    """An answer in place of what was asked for."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Site:
    """A Dash app as a WSGI application: prepared answers first, then Dash's files, to no host but those trusted."""

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
            answer = client.get(path, buffered=True)  # or the file stays open
            if answer.status_code == 200:  # noqa: PLR2004 - what is not there is Dash's to answer
                self._ready[path.partition("?")[0]] = self._prepare(answer.content_type, answer.get_data())

    def _prepare(self, content_type: str, body: bytes) -> Prepared:
        packed = gzip.compress(body, mtime=0)
        etag = f'W/"{hashlib.sha256(packed).hexdigest()[:32]}"'  # weak: it stands for the bytes packed and not packed
        lasting = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), ("ETag", etag), *self._headers]
        kind, coding = ("Content-Type", content_type), ("Content-Encoding", "gzip")
        return Prepared(etag, _answer(packed, kind, coding, *lasting), _answer(body, kind, *lasting), lasting)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method = environ["REQUEST_METHOD"]
        if refusal := self._refused(environ):
            start_response(refusal.status, [*refusal.headers, *self._headers])
            return [] if method == "HEAD" else [refusal.body]
        ready = self._ready.get(environ["PATH_INFO"])
        if ready is None:
            return self._app(environ, self._with_headers(start_response))
        if ready.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", ready.lasting)
            return []
        unpacks = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"))["gzip"] > 0
        answer = ready.packed if unpacks else ready.plain
        start_response("200 OK", answer.headers)
        return [] if method == "HEAD" else [answer.body]

    def _refused(self, environ: WSGIEnvironment) -> Refusal | None:
        """Return why a request is not answered; a timeline's callbacks run in the browser, so nothing is posted."""
        if _hostname(environ.get("HTTP_HOST", "")) not in self._hosts:
            return _refusal("400 Bad Request", "This server does not answer to that host name.")
        if environ["REQUEST_METHOD"] not in READING:
            return _refusal("405 Method Not Allowed", "This server is only read from.", ("Allow", ", ".join(READING)))
        if environ["PATH_INFO"] not in self._ready and not environ["PATH_INFO"].startswith(FOLDERS):
            return _refusal("404 Not Found", "There is no such page.")
        return None

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
    with doing("Preparing the page"):
        site = Site(app, [host, *hosts])
    try:
        server = waitress.create_server(
            site, host=host, port=port, threads=8, ident="timeline", clear_untrusted_proxy_headers=True
        )
    except OSError as error:
        raise ServerError(_trouble(error, host, port)) from None
    except ValueError:  # of waitress, for a name that no address belongs to
        raise ServerError(f"cannot listen on {host}: there is no such host (write --host 127.0.0.1)") from None
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


def _answer(body: bytes, *headers: tuple[str, str]) -> Answer:
    return Answer([*headers, ("Content-Length", str(len(body)))], body)


def _refusal(status: str, reason: str, *headers: tuple[str, str]) -> Refusal:
    body = f"{reason}\n".encode()
    sizes = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Refusal(status, [*sizes, *headers], body)


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
