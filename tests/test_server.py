"""What the server answers, asked as a browser asks and as one that it should not trust."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

import timeline
from timeline.reader import read
from timeline.server import HEADERS, Site

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

DOCUMENT = b"""{"title": "A village", "themes": [{"id": "life", "label": "Life"}],
 "events": [{"id": "founded", "date": "1890", "title": "Founded", "themes": ["life"]}]}"""
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
PREPARED = ["/", "/_dash-layout", "/_dash-dependencies", "/assets/style.css", "/assets/page.js"]
PLAIN = "/_dash-component-suites/dash/dcc/async-graph.js"
"""A file that the page's scripts ask for later: Dash itself answers."""


def site(*hosts: str) -> Client:
    return Client(Site(timeline.dashboard(read(DOCUMENT, "events.json")), hosts))


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
    for known in (tag, f'"other", {tag}'):
        again = client.get(path, headers={**GZIP, "If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert again.headers[name] == answer.headers[name]
    assert client.get(path, headers={**GZIP, "If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_nothing_is_packed_or_unpacked_for_a_visitor(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    client = site()
    monkeypatch.setattr("timeline.server.gzip", None)
    answer, again = client.get("/", headers=headers), client.get("/", headers=headers)
    assert (answer.status_code, answer.data) == (200, again.data)
    assert answer.headers.get("Content-Encoding") == ("gzip" if headers else None)


def test_two_servers_prepare_the_same_bytes() -> None:
    one, other = site(), site()
    for path in PREPARED[1:]:  # in the page itself Dash tells every process's own secret
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


@pytest.mark.parametrize("path", ["/nope", "/_nope", "/index.html", "/events.json", "/assets/nope.js", "/%2e%2e/x"])
@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_what_does_not_exist_is_not_found(client: Client, path: str, headers: dict[str, str]) -> None:
    assert client.get(path, headers=headers).status_code == 404


HOSTS = {
    "127.0.0.1": 200, "127.0.0.1:8050": 200, "localhost": 200, "LOCALHOST:1": 200, "localhost.": 200,
    "[::1]": 200, "[::1]:8050": 200, "museum.example": 200, "MUSEUM.example:80": 200, "0.0.0.0:8050": 200,
    "": 400, "evil.example": 400, "evil.example:8050": 400, "localhost.evil.example": 400, "::1": 400, "[::2]": 400,
    "[::1": 400, "127.0.0.1.evil.example": 400, "evil.example#localhost": 400, "museum.example@evil.example": 400,
}  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
def test_only_trusted_host_names_are_answered(client: Client, host: str, status: int) -> None:
    for path in ("/", PLAIN, "/nope"):
        answer = client.get(path, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code == (status if path != "/nope" or status == 400 else 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
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
        "by Dash": client.get(PLAIN, headers=GZIP),
        "not found": client.get("/nope"),
        "not found by Dash": client.get("/assets/nope.js"),
        "no such host": client.get("/", headers={"Host": "evil.example"}),
        "a post": client.post("/"),
    }


def test_every_kind_of_answer_has_the_security_headers(client: Client) -> None:
    found = answers(client)
    assert {kind: answer.status_code for kind, answer in found.items()} == {
        "prepared": 200, "unchanged": 304, "not packed": 200, "by Dash": 200,
        "not found": 404, "not found by Dash": 404, "no such host": 400, "a post": 405,
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
