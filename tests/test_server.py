"""What the server answers, asked as a browser asks and as one that it should not trust."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from conftest import serving
from werkzeug.test import Client

import timeline
from timeline.reader import read
from timeline.server import HEADERS, NAMED, OPEN, SCRIPT, STATE, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

DOCUMENT = b"""{"title": "A village", "themes": [{"id": "life", "label": "Life"}],
 "events": [{"id": "founded", "date": "1890", "title": "Founded", "themes": ["life"]}]}"""
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
PLAIN = "/_dash-component-suites/dash/dcc/async-graph.js"
"""A file that the page's scripts ask for later: it is prepared then."""
MARKED = PLAIN.replace(".js", ".v4_4_1m1795611310.js")
PREPARED = [
    "/", "/_dash-layout", "/_dash-dependencies", STATE, SCRIPT, "/assets/style.css", "/assets/page.js", PLAIN, MARKED,
]  # fmt: skip


def site(*hosts: str, frames: tuple[str, ...] = ()) -> Client:
    return Client(Site(timeline.dashboard(read(DOCUMENT, "events.json")), hosts, frames))


@pytest.fixture(scope="module")
def client() -> Client:
    return site("Museum.example", "0.0.0.0")


@pytest.mark.parametrize("path", PREPARED)
def test_what_is_prepared_is_sent_packed_and_again_only_if_it_has_changed(client: Client, path: str) -> None:
    answer = client.get(path, headers=GZIP)
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert len(answer.data) == int(answer.headers["Content-Length"])
    assert gzip.decompress(answer.data) == client.get(path).data
    assert client.get(path, headers=GZIP).data == answer.data
    tag = answer.headers["ETag"]
    for known in (tag, f'"other", {tag}', "*"):
        again = client.get(path, headers={**GZIP, "If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert again.headers[name] == answer.headers[name]
    assert client.get(path, headers={**GZIP, "If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_nothing_is_packed_or_unpacked_for_a_visitor(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    client = site()
    client.get(PLAIN)
    monkeypatch.setattr("timeline.server.gzip", None)
    monkeypatch.setattr("flask.Flask.wsgi_app", None)
    for path in PREPARED:
        answer, again = client.get(path, headers=headers), client.get(path, headers=headers)
        assert (answer.status_code, answer.data) == (200, again.data)
        assert answer.headers.get("Content-Encoding") == ("gzip" if headers else None)


def test_two_servers_prepare_the_same_bytes() -> None:
    one, other = site(), site()
    for path in PREPARED:
        assert one.get(path, headers=GZIP).data == other.get(path, headers=GZIP).data, path


@pytest.mark.parametrize("path", ["/", PLAIN, "/nope"])
@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_head_answers_as_get_without_a_body(client: Client, path: str, headers: dict[str, str]) -> None:
    head, get = client.head(path, headers=headers), client.get(path, headers=headers)
    assert (head.status_code, head.data) == (get.status_code, b"")
    for name in ("Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "br, gzip; q=0.0"])
def test_a_client_that_cannot_unpack_gets_plain_bytes(client: Client, accepted: str) -> None:
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


NOWHERE = [
    "/nope", "/_nope", "/index.html", "/events.json", "/assets/nope.js", "/%2e%2e/x", "/assets", "/assets/",
    "/assets/.", "/assets/..", "/assets/../words.py", "/assets/%2e%2e/words.py", "/assets/..%2fwords.py",
    "/assets/..%5cwords.py",
    "/assets/page.js/", "/assets//page.js", "//assets/page.js", "/assets/%00", "/assets/page.js%00", "/assets/%zz",
    "/assets/%E0%A4%A", "/assets/%FF", "/_watch/", "/_watch.json", "/_dash-update-component", "/_reload-hash",
    "/_dash-component-suites/", "/_dash-component-suites/dash/", "/_dash-component-suites/dash/dash.py",
    "/_dash-component-suites/dash/../../x.py", "/_dash-component-suites/dash/dcc/%00.js",
    "/_dash-component-suites/os/path.py", "/_favicon.ico", "/" + "a" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_what_does_not_exist_is_not_found(client: Client, path: str, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers, environ_overrides={"PATH_INFO": unquote(path, "latin-1")})
    assert (answer.status_code, answer.text) == (404, "There is no such page.\n")


HOSTS = {
    "127.0.0.1": 200, "127.0.0.1:8050": 200, "localhost": 200, "LOCALHOST:1": 200, "localhost.": 200,
    "[::1]": 200, "[::1]:8050": 200, "museum.example": 200, "MUSEUM.example:80": 200, "0.0.0.0:8050": 200,
    "": 400, "evil.example": 400, "evil.example:8050": 400, "localhost.evil.example": 400, "::1": 400, "[::2]": 400,
    "[::1": 400, "[::1]evil.example": 400, "localhost:8050.evil.example": 400,
    "127.0.0.1.evil.example": 400, "evil.example#localhost": 400, "museum.example@evil.example": 400,
}  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
def test_only_trusted_host_names_are_answered(client: Client, host: str, status: int) -> None:
    for path in ("/", PLAIN, "/nope"):
        answer = client.get(path, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code == (status if path != "/nope" or status == 400 else 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/_dash-update-component", "/nope"])
def test_nothing_can_be_written_to(client: Client, method: str, path: str) -> None:
    answer = client.open(path, method=method, json={"output": "ui_graph.figure"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert b"Traceback" not in answer.data


def answers(client: Client) -> dict[str, TestResponse]:
    tag = client.get("/", headers=GZIP).headers["ETag"]
    return {
        "prepared": client.get("/", headers=GZIP),
        "unchanged": client.get("/", headers={**GZIP, "If-None-Match": tag}),
        "not packed": client.get("/"),
        "later": client.get(PLAIN, headers=GZIP),
        "the document's state": client.get(STATE),
        "not found": client.get("/nope"),
        "no such file": client.get("/assets/nope.js"),
        "no such host": client.get("/", headers={"Host": "evil.example"}),
        "a post": client.post("/"),
    }


def test_every_kind_of_answer_has_the_security_headers(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    found = answers(client)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("timeline.server.parse_accept_header", None)
        found["a fault of ours"] = client.get("/")
    assert "TypeError" in caplog.text
    assert "TypeError" not in found["a fault of ours"].text
    assert {kind: answer.status_code for kind, answer in found.items()} == {
        "prepared": 200, "unchanged": 304, "not packed": 200, "later": 200, "the document's state": 200,
        "not found": 404, "no such file": 404, "no such host": 400, "a post": 405, "a fault of ours": 500,
    }  # fmt: skip
    for kind, answer in found.items():
        for name, value in HEADERS:
            assert answer.headers.getlist(name) == [value], (kind, name)
        assert len(answer.headers.getlist("Content-Security-Policy")) == 1, kind
        assert "Set-Cookie" not in answer.headers, kind
        assert "Access-Control-Allow-Origin" not in answer.headers, kind


def test_the_policy_lets_in_own_scripts_and_known_inline_ones_only(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["script-src"][0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in rules["script-src"][1:])
    assert not any(":" in source and source not in ("data:", "blob:") for all_ in rules.values() for source in all_)


def test_another_site_may_frame_the_page_only_where_it_is_let() -> None:
    school = "https://school.example"
    policy = site(frames=(school, "http://127.0.0.1:8000")).get("/nope").headers["Content-Security-Policy"]
    assert policy.endswith(f"; frame-ancestors {school} http://127.0.0.1:8000")


@pytest.mark.parametrize("frame", ["*", "school.example", "https://a.example; script-src *", "https://a.example/x", ""])
def test_what_is_no_origin_is_refused_as_a_frame(frame: str, tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(DOCUMENT)
    command = [sys.executable, "-m", "timeline", "serve", str(path), "--allow-frame", frame]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no origin (write it as https://school.example)" in done.stderr


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    path = tmp_path_factory.mktemp("served") / "events.json"
    path.write_bytes(DOCUMENT)
    with serving(path) as address:
        yield int(address.rpartition(":")[2].strip("/"))


HOST = b"Host: localhost\r\nConnection: close\r\n"
REQUESTS = {
    "a plain one": (b"GET / HTTP/1.1\r\n" + HOST, 200),
    "one with a query": (b"GET /?x=%00%zz&<script> HTTP/1.1\r\n" + HOST, 200),
    "half an escape": (b"GET /assets/%E0%A4%A%zz HTTP/1.1\r\n" + HOST, 404),
    "an escaped zero": (b"GET /assets/%00 HTTP/1.1\r\n" + HOST, 404),
    "a way out": (b"GET /assets/../../../../etc/passwd HTTP/1.1\r\n" + HOST, 404),
    "two slashes": (b"GET //evil.example/ HTTP/1.1\r\n" + HOST, 404),
    "bytes beyond ASCII": (b"GET /assets/\xff\xc3\xa9 HTTP/1.1\r\n" + HOST, 400),
    "a host that is not ours": (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + HOST, 400),
    "no host": (b"GET / HTTP/1.1\r\nConnection: close\r\n", 400),
    "an old version": (b"GET / HTTP/1.0\r\n", 400),
    "a method in lower case": (b"get / HTTP/1.1\r\n" + HOST, 400),
    "a method of nobody's": (b"FOO / HTTP/1.1\r\n" + HOST, 405),
    "a way through": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST, 405),
    "a question to the whole server": (b"OPTIONS * HTTP/1.1\r\n" + HOST, 405),
    "a small body": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n", 405),
    "a huge body": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n", 413),
    "a length that is none": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n", 400),
    "two ways to end": (b"GET / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, identity\r\n", 501),
    "a huge header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 70_000 + b"\r\n", 431),
    "a huge address": (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n" + HOST, 431),
    "a header without a colon": (b"GET / HTTP/1.1\r\n" + HOST + b"XXXX\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\r\n", 400),
}


@pytest.mark.parametrize(("request_", "status"), REQUESTS.values(), ids=REQUESTS)
def test_whatever_is_asked_gets_a_clean_answer(port: int, request_: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request_ + b"\r\n" + (b"{}" if status == 405 else b""))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert int(first.split()[1]) == status
    assert b"Traceback" not in answer
    assert dict(HEADERS).items() <= headers.items()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_very_many_open_pages_leave_room_for_another(port: int) -> None:
    pages = []
    try:
        for _ in range(150):
            pages.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            pages[-1].sendall(b"GET " + STATE.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert pages[-1].recv(15) == b"HTTP/1.1 200 OK"
    finally:
        for page in pages:
            page.close()


def test_what_was_asked_leaves_nothing_in_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(DOCUMENT)
    command = [sys.executable, "-m", "timeline", "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[2]
        try:
            for request_, status in REQUESTS.values():
                test_whatever_is_asked_gets_a_clean_answer(int(address.rpartition(":")[2].strip("/")), request_, status)
        finally:
            process.terminate()
        assert process.stderr is not None
        assert process.stderr.read() == ""


BINDINGS = {"127.0.0.1": False, "localhost": False, "0.0.0.0": True}


@pytest.mark.parametrize(("host", "opens"), BINDINGS.items())
def test_listening_beyond_this_machine_is_asked_for_and_told(host: str, opens: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path = tmp_path / "events.json"
    path.write_bytes(DOCUMENT)
    command = [sys.executable, "-m", "timeline", "serve", str(path), "--port", "0", "--allow-host", "town.example"]
    command += [] if host == "127.0.0.1" else ["--host", host]  # unasked it is this machine alone
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.terminate()
        assert first.startswith(f"Serving at http://{host}:")
        told = f"{OPEN}\n{NAMED.format('0.0.0.0, town.example')}\n"
        assert process.stdout.read() == (told if opens else "")
