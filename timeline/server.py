"""The production server: every answer's bytes prepared once, sent with security headers, to trusted hosts only."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import logging
import re
import sys
import webbrowser
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dash import fingerprint
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.http import parse_accept_header

from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from wsgiref.types import StartResponse, WSGIEnvironment

    import dash
    from jinja2 import Template

HERE = Path(__file__).parent
READING = ("GET", "HEAD")
QUESTIONS = ("_dash-layout", "_dash-dependencies")
"""What a page of Dash asks its server."""
STATE, SCRIPT = "/_watch", "/_watch.js"
"""The document's state, and the script that asks for it: of the served page alone."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8050
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".map": "application/json"}
"""Media types of the files that a page asks for; others are text."""
TEXT = "text/plain; charset=utf-8"
LONGEST = 2**16, 2**12
"""Bytes of a request's head, and of its body, which nothing here reads."""
OPEN = "Open beyond this machine: whoever reaches it can read the whole document, without a password and unencrypted."

NAMED = "It answers to who writes {} or localhost as its address; allow each other name or number with --allow-host."
CONNECTIONS, IDLE = 800, 30
"""Connections at once, of which each open page keeps one, and seconds after which an idle one is closed."""


class ServerError(Exception):
    """The server cannot start; the text says why and what to do."""


class Answer(NamedTuple):
    """One answer."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Prepared(NamedTuple):
    """A path's answers: as gzip, plain, and, for who has the tag's bytes already, the headers alone."""

    etag: str
    packed: Answer
    plain: Answer
    known: Answer


class Site:
    """A Dash app as a WSGI application of prepared answers, to no host but those trusted.

    It keeps bytes, not the app, and goes on to another one, as of a document that has changed, with :meth:`show`.
    ``frames`` are the origins whose pages may show this one in a frame.
    """

    def __init__(self, app: dash.Dash, hosts: Iterable[str] = (), frames: Iterable[str] = ()) -> None:
        self.hosts = {*LOOPBACK, *(host.lower() for host in hosts)}
        hashes = " ".join(f"'{hash_}'" if not hash_.startswith("'") else hash_ for hash_ in app.csp_hashes())
        policy = POLICY.format(hashes=hashes, frames=" ".join(frames) or "'none'")
        self.headers = [("Content-Security-Policy", policy), *HEADERS]
        page = app.server.test_client().get("/").get_data(as_text=True)  # now Dash knows its files
        self._files = {SCRIPT: HERE / "watch.js", **dict(_files(app))}
        self._read: dict[str, Prepared] = {}
        for path in (SCRIPT, *re.findall(r'="(/(?:assets|_dash-component-suites)/[^"?#]+)', page)):
            self._file(path)
        self.show(app)

    def show(self, app: dash.Dash) -> None:
        """Answer with the page of this app from now on; nothing is wrong with it."""
        client = app.server.test_client()
        page, layout, dependencies = (client.get(f"/{path}").get_data() for path in ("", *QUESTIONS))
        # Signed anew for every page, and echoed with callbacks that run on a server, of which there are none.
        page = re.sub(rb'("end_id":)"[^"]*"', rb'\1""', page, count=1)
        self._version = hashlib.sha256(b"\0".join((page, layout, dependencies))).hexdigest()[:32]
        answers = zip(QUESTIONS, (layout, dependencies), strict=True)
        self._ready = {
            "/": self._prepare("text/html; charset=utf-8", _watching(page, self._version)),
            **{f"/{path}": self._prepare("application/json", answer) for path, answer in answers},
            STATE: self._state("", ()),
        }

    def tell(self, said: str, faults: Sequence[str]) -> None:
        """Go on with the page as it is, and have it say what is wrong with the document."""
        self._ready = {**self._ready, STATE: self._state(said, faults)}

    def _state(self, said: str, faults: Sequence[str]) -> Prepared:
        state = {"page": self._version, "said": said, "faults": faults}
        return self._prepare("application/json", json.dumps(state).encode())

    def _prepare(self, kind: str, body: bytes) -> Prepared:
        packed = gzip.compress(body, mtime=0)
        etag = f'W/"{hashlib.sha256(packed).hexdigest()[:32]}"'  # weak: it stands for the bytes packed and not packed
        lasting = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), ("ETag", etag), *self.headers]
        told = [("Content-Type", kind), *lasting]
        return Prepared(
            etag,
            _answer("200 OK", packed, *told, ("Content-Encoding", "gzip")),
            _answer("200 OK", body, *told),
            Answer("304 Not Modified", lasting, b""),
        )

    def _file(self, path: str) -> Prepared | None:
        """Return a file's answers, prepared when it is first asked for; Dash's names bear a mark of their version."""
        name: str = fingerprint.check_fingerprint(path)[0]  # type: ignore[no-untyped-call]
        if name not in self._read and name in self._files:
            file = self._files[name]
            self._read[name] = self._prepare(KINDS.get(file.suffix, TEXT), file.read_bytes())
        return self._read.get(name)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answered(environ)
        except Exception:
            logging.getLogger("timeline").exception("%s", environ["PATH_INFO"])
            answer = self._refusal("500 Internal Server Error", "This server has a fault; its terminal says which.")
        start_response(answer.status, answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _answered(self, environ: WSGIEnvironment) -> Answer:
        """Return what is prepared, or why there is none; callbacks run in the browser, so nothing is posted."""
        if _hostname(environ.get("HTTP_HOST", "")) not in self.hosts:
            return self._refusal("400 Bad Request", "This server does not answer to that host name.")
        if environ["REQUEST_METHOD"] not in READING:
            allowed = ("Allow", ", ".join(READING))
            return self._refusal("405 Method Not Allowed", "This server is only read from.", allowed)
        ready = self._ready.get(environ["PATH_INFO"]) or self._file(environ["PATH_INFO"])
        if ready is None:
            return self._refusal("404 Not Found", "There is no such page.")
        if {ready.etag, "*"} & set(re.split(r"\s*,\s*", environ.get("HTTP_IF_NONE_MATCH", "").strip())):
            return ready.known
        unpacks = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"))["gzip"] > 0
        return ready.packed if unpacks else ready.plain

    def _refusal(self, status: str, reason: str, *headers: tuple[str, str]) -> Answer:
        return _answer(status, f"{reason}\n".encode(), ("Content-Type", TEXT), *headers, *self.headers)


def serve(site: Site, *, host: str = "127.0.0.1", port: int = PORT, browser: bool = False) -> None:
    """Serve a site until interrupted.

    Raises ``ServerError`` for a port that is taken or not allowed, and a host that is not of this machine.
    """
    import waitress  # noqa: PLC0415 - only a server needs it

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    head, body = LONGEST
    sockets: dict[int, Any] = {}
    try:
        server = waitress.create_server(
            site, sockets, host=host, port=port, threads=8, ident="timeline", clear_untrusted_proxy_headers=True,
            max_request_header_size=head, max_request_body_size=body, asyncore_use_poll=True,
            connection_limit=CONNECTIONS, channel_timeout=IDLE, cleanup_interval=IDLE // 3,
        )  # fmt: skip
    except OSError as error:
        raise ServerError(_trouble(error, host, port)) from None
    except ValueError:  # of waitress, for a name that no address belongs to
        raise ServerError(f"cannot listen on {host}: there is no such host (write --host 127.0.0.1)") from None
    listening = [one for one in sockets.values() if hasattr(one, "channel_class")]  # a name may have two addresses
    for one in listening:
        one.channel_class = _channel(site)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening[0].effective_port}/"
    names = ", ".join(sorted(site.hosts.difference(LOOPBACK)))
    meaning = "" if host in LOOPBACK else f"\n{OPEN}\n{NAMED.format(names)}"
    print(f"Serving at {address} (stop with Ctrl+C){meaning}\n", end="", flush=True)  # noqa: T201 - what the command is for
    if browser:
        webbrowser.open(address)
    try:
        server.run()
    finally:
        server.close()


def _channel(site: Site) -> type:
    """Return what reads requests for waitress; its own answers, to what is no request, have the site's headers too."""
    from waitress.channel import HTTPChannel  # noqa: PLC0415 - as above
    from waitress.task import ErrorTask  # noqa: PLC0415 - as above

    class Refusal(ErrorTask):  # type: ignore[misc]
        def execute(self) -> None:
            self.response_headers.extend(site.headers)
            super().execute()

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = Refusal

    return Channel


def _files(app: dash.Dash) -> Iterator[tuple[str, Path]]:
    """Yield the path and the place on disk of all files that pages of Dash may ask for; no other is given out."""
    for package, names in app.registered_paths.items():
        folder = Path(sys.modules[package].__file__ or "").parent
        yield from ((f"/_dash-component-suites/{package}/{name}", folder / name) for name in names)
    assets = Path(app.config.assets_folder)
    yield from (
        (f"/assets/{file.relative_to(assets).as_posix()}", file) for file in assets.rglob("*") if file.is_file()
    )


def _watching(page: bytes, version: str) -> bytes:
    """Put into a page what watches for others, and for faults."""
    banner = _template().render(say=say, script=SCRIPT, version=version)
    return page.replace(b"</body>", banner.encode() + b"</body>")


@cache
def _template() -> Template:
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    return templates.get_template("watch.html")


def _answer(status: str, body: bytes, *headers: tuple[str, str]) -> Answer:
    return Answer(status, [*headers, ("Content-Length", str(len(body)))], body)


def _hostname(host: str) -> str:
    """Return the name in a Host header, without its port; nothing for what is no such header."""
    found = re.fullmatch(r"(?:\[([^\[\]]*)\]|([^\[\]:]*))(?::\d*)?", host)
    return (found[1] or found[2] or "").lower().rstrip(".") if found else ""


def _trouble(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else PORT  # noqa: PLR2004 - the last port there is
        return f"port {port} is taken (write --port {other}, or stop the program that uses it)"
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that this user does not have (write --port {PORT})"
    return f"cannot listen on {host}, port {port}: {error.strerror or error} (write --host 127.0.0.1)"
