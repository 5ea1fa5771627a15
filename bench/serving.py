"""Requests a second of the production server, against the same server sending a constant of the same size."""

from __future__ import annotations

import multiprocessing
import socket
import statistics
import time
from typing import TYPE_CHECKING, Self

import waitress

import timeline
from timeline.server import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECONDS = 3.0
ROUNDS = 3
CLIENTS = 2
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"


def serving(document: Path) -> dict[str, float]:
    """Return medians of the requests a second that site and constant answer, by turns, and the size of an answer."""
    context = multiprocessing.get_context("spawn")
    with _Server(context, _site, document) as site:
        size = _fetched(site.port)
        with _Server(context, _constant, size) as constant:
            rounds = [(_rate(context, site.port), _rate(context, constant.port)) for _ in range(ROUNDS)]
    ours, floor = (statistics.median(one) for one in zip(*rounds, strict=True))
    return {"site": ours, "constant": floor, "size": size}


def _site(document: Path) -> WSGIApplication:
    return Site(timeline.dashboard(timeline.load(document)))


def _constant(size: int) -> WSGIApplication:
    body, headers = b"x" * size, [("Content-Type", "text/html"), ("Content-Length", str(size))]

    def answer(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", headers)
        return [body]

    return answer


class _Server:
    """A server in a process of its own, on a free port."""

    def __init__(self, context: SpawnContext, make: Callable[..., WSGIApplication], of: object) -> None:
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(make, of, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.port: int = self._ours.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _serve(make: Callable[..., WSGIApplication], of: object, port: Connection) -> None:
    server = waitress.create_server(make(of), host="127.0.0.1", port=0, threads=8)
    port.send(server.effective_port)
    server.run()


def _rate(context: SpawnContext, port: int) -> float:
    """Return the requests a second that several clients get answered, each asking again once it has its answer."""
    counts = context.Queue()
    clients = [context.Process(target=_ask, args=(port, counts)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    total = sum(counts.get() for _ in clients)
    for client in clients:
        client.join()
    return total


def _ask(port: int, counts: multiprocessing.Queue[float]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        buffer = bytearray(1 << 20)
        _answer(connection, buffer)
        began, answered = time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            _answer(connection, buffer)
            answered += 1
        counts.put(answered / (time.perf_counter() - began))


def _answer(connection: socket.socket, buffer: bytearray) -> int:
    """Ask, and take the whole answer; return the size of its body."""
    connection.sendall(REQUEST)
    head, most = b"", 0
    while b"\r\n\r\n" not in head:
        head += connection.recv(65536)
    size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    most = len(head.partition(b"\r\n\r\n")[2])
    while most < size:
        most += connection.recv_into(buffer, min(len(buffer), size - most))
    return size


def _fetched(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return _answer(connection, bytearray(1 << 20))
