"""Load the production server, and print how it bears it: ``python -m bench.load``.

64 clients ask for the page of the shipped record for 60 s, each again once it has its answer; then a small document
changes 1,000 times under its server. ``--clients``, ``--seconds`` and ``--reloads`` ask for other numbers. Exit code 1
says that an answer was wrong, or that the page came late.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).parent.parent
LATE = 0.1
"""Seconds within which 95 of 100 answers come."""
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
QUICK = "from timeline import cli, watch; watch.PAUSE = 0.01; cli.main()"
"""The command, looking at its document more often, so that a thousand edits take minutes."""


@dataclass(frozen=True)
class Use:
    """What a process holds: memory in bytes, open files, threads."""

    memory: int
    files: int
    threads: int

    def __str__(self) -> str:
        return f"{self.memory / 1e6:.1f} MB, {self.files} open files, {self.threads} threads"


@dataclass
class Run:
    """What was answered: seconds of each right answer, the number of others, and the server's use meanwhile."""

    seconds: float
    took: list[float] = field(default_factory=list)
    errors: int = 0
    uses: list[Use] = field(default_factory=list)

    @property
    def shares(self) -> tuple[float, float, float]:
        """The seconds within which 50, 95 and 99 of 100 answers came."""
        hundredths = quantiles(self.took, n=100)
        return hundredths[49], hundredths[94], hundredths[98]


class Server:
    """The production server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        if not found:
            raise SystemExit("the server does not start")
        self.address, self.port, self._id = found[0], int(found[1]), process.pid

    @property
    def use(self) -> Use:
        """What the process holds now."""
        own = Path(f"/proc/{self._id}")
        pages, threads = (
            (own / "statm").read_text().split()[1],
            re.search(r"Threads:\s+(\d+)", (own / "status").read_text()),
        )
        return Use(
            int(pages) * os.sysconf("SC_PAGE_SIZE"), len([*(own / "fd").iterdir()]), int(threads[1]) if threads else 0
        )

    def rested(self, idle: Use) -> Use:
        """Return what the process holds once it has noticed that all clients have left, or after 10 s."""
        for _ in range(100):
            if self.use.files <= idle.files:
                break
            time.sleep(0.1)
        return self.use

    def get(self, path: str = "") -> bytes:
        """Return the bytes of an answer."""
        with urlopen(self.address + path, timeout=60) as answer:  # noqa: S310 - of our own server
            return bytes(answer.read())


@contextmanager
def served(document: Path) -> Iterator[Server]:
    """Serve a document meanwhile."""
    command = [sys.executable, "-c", QUICK, "serve", str(document), "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - all ours
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as process:
        try:
            yield Server(process)
        finally:
            process.terminate()


def loaded(document: Path, clients: int, seconds: float) -> Run:
    """Have many clients ask for a document's page at once, each on a connection of its own."""
    run = Run(seconds)
    with served(document) as server:
        idle = server.use
        asyncio.run(_asked(server, clients, 1, Run(1)))  # every thread has answered once, and every buffer is there
        run.uses.append(server.rested(idle))
        asyncio.run(_asked(server, clients, seconds, run))
        run.uses.append(server.rested(idle))
    return run


async def _asked(server: Server, clients: int, seconds: float, run: Run) -> None:
    async with _connected(server.port) as connection:
        expected = await _answer(*connection)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_client(server.port, until, expected, run) for _ in range(clients)))


async def _client(port: int, until: float, expected: tuple[str, bytes], run: Run) -> None:
    while time.perf_counter() < until:
        try:
            async with _connected(port) as connection:
                while (began := time.perf_counter()) < until:
                    right = await _answer(*connection) == expected
                    run.took.append(time.perf_counter() - began)
                    run.errors += not right
        except (OSError, EOFError):
            run.errors += 1


@asynccontextmanager
async def _connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, bytes]:
    """Ask for the page; return the answer's first line and its body."""
    writer.write(REQUEST)
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    size = re.search(r"(?im)^content-length: (\d+)", head)
    return head.partition("\r\n")[0], await reader.readexactly(int(size[1]) if size else 0)


def reloaded(folder: Path, count: int) -> Run:
    """Change a document again and again, and after each change wait until its page is served."""
    path = folder / "village.json"
    path.write_text(_village(0), encoding="utf-8")
    began, run = time.perf_counter(), Run(0)
    with served(path) as server:
        for number in range(1, count + 1):
            page = json.loads(server.get("_watch"))["page"]
            path.write_text(_village(number), encoding="utf-8")
            changed = time.perf_counter()
            while json.loads(server.get("_watch"))["page"] == page:
                time.sleep(0.01)
            run.took.append(time.perf_counter() - changed)
            run.errors += f"<title>Village {number}</title>".encode() not in server.get()
            if number in (max(count // 10, 1), count):
                run.uses.append(server.use)
    run.seconds = time.perf_counter() - began
    return run


def _village(number: int) -> str:
    event = {"id": "founded", "date": "1890", "title": "Founded", "themes": ["life"]}
    return json.dumps({"title": f"Village {number}", "themes": [{"id": "life", "label": "Life"}], "events": [event]})


def printed(run: Run, what: str, between: str) -> str:
    """Return a run in words."""
    half, most, nearly_all = (f"{share * 1000:.1f}" for share in run.shares)
    rate = f"{len(run.took) / run.seconds:,.0f} a second"
    lines = [
        f"{len(run.took):,} {what} in {run.seconds:.0f} s: {rate}, {run.errors} errors",
        f"  ms: p50 {half}, p95 {most}, p99 {nearly_all}",
        *(f"  {when}: {use}" for when, use in zip((between, "at the end"), run.uses, strict=True)),
    ]
    return "\n".join(lines)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reloads", type=int, default=1000)
    arguments = parser.parse_args()
    load = loaded(ROOT / "events.json", arguments.clients, arguments.seconds)
    print(printed(load, f"pages for {arguments.clients} clients", "before"), flush=True)
    with TemporaryDirectory() as folder:
        reloads = reloaded(Path(folder), arguments.reloads)
    print(printed(reloads, "reloads", "after a tenth"))
    sys.exit(bool(load.errors or reloads.errors or load.shares[1] > LATE))


if __name__ == "__main__":
    main()
