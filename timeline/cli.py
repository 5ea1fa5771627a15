"""The ``timeline`` command: serve a document, export it, or check it."""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
import sys
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from timeline import __version__
from timeline.progress import doing

if TYPE_CHECKING:
    from timeline.document import Timeline

REFUSED = 2
"""Exit code for a document or an argument that is refused."""
FAILED = 1
"""Exit code for what the machine does not let us do."""
EVENTS = click.argument("events", type=click.Path(path_type=Path))
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


def _origins(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what is no origin: it becomes part of the page's policy."""
    for origin in given:
        if not ORIGIN.fullmatch(origin):
            raise click.BadParameter(f"{origin} is no origin (write it as https://school.example)")
    return given


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="timeline")
def main() -> None:
    """Turn dated, sourced events into an interactive timeline."""
    atexit.register(gc.freeze)  # or Python looks for garbage among all of a large document as it ends


@main.command()
@EVENTS
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8050, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A further name that browsers may ask for.")
@click.option(
    "--allow-frame", "frames", multiple=True, metavar="ORIGIN", callback=_origins,
    help="A site whose pages may show this one in a frame, as https://school.example.",
)  # fmt: skip
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
def serve(  # noqa: PLR0913, PLR0917 - its options
    events: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    frames: tuple[str, ...],
    browser: bool,  # noqa: FBT001 - a flag
) -> None:
    """Show EVENTS as a dashboard on this machine; open pages follow when the file changes."""
    from timeline.watch import Watch  # noqa: PLC0415 - it is not needed for help

    watch = Watch(events)
    record = _load(events)
    with doing("Placing the events"):
        from timeline import dashboard, server  # noqa: PLC0415 - Dash takes a second to import

        app = dashboard(record)
    with doing("Preparing the page"):
        site = server.Site(app, [host, *hosts], frames)
    del app, record  # the site keeps bytes alone
    watch.begin(site)
    try:
        server.serve(site, host=host, port=port, browser=browser)
    except server.ServerError as error:
        _stop(str(error), FAILED)


@main.command()
@EVENTS
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write: .html or .svg.")
@click.option("--width", type=int, help="Pixels of a picture's width.  [default: 1140]")
@click.option("--style", type=click.Choice(["light", "dark"]), help="Colours of a picture.  [default: light]")
def export(events: Path, output: Path, width: int | None, style: str | None) -> None:
    """Write EVENTS as one HTML file that does all that the dashboard does, without a network; or its chart as SVG."""
    if output.suffix.lower() not in {".html", ".htm", ".svg"}:
        _stop(f"{output}: cannot write this kind of file (write a name that ends in .html or .svg)", REFUSED)
    view = {name: value for name, value in (("width", width), ("style", style)) if value is not None}
    if output.is_dir():
        _stop(f"{output}: is a folder (write the name of a file in it)", REFUSED)
    if os.path.realpath(output) == os.path.realpath(events):
        _stop(f"{output}: is the document itself (write another name)", REFUSED)
    record = _load(events)
    try:
        size = _write(record, output, view)
    except ValueError as error:
        _stop(str(error), REFUSED)
    except OSError as error:
        full = error.errno in (EDQUOT, EFBIG, ENOSPC)
        write = (
            "make room, or write to another disk" if full else "write to a folder that exists and that you may write to"
        )
        _stop(f"{output}: {error.strerror or error} ({write})", FAILED)
    _tell(f"{output}: {_count(len(record.events), 'event')}, {size:,} bytes")


@main.command()
@EVENTS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
def check(events: Path, form: str) -> None:
    """Report everything that is wrong with EVENTS; exit code 2 if anything is."""
    from timeline.fault import DocumentError  # noqa: PLC0415 - as above

    try:
        record = _read(events)
    except DocumentError as error:
        if form == "json":
            click.echo(json.dumps([fault.record() for fault in error.faults], ensure_ascii=False, indent=2))
        else:
            click.echo(str(error), err=True)
        sys.exit(REFUSED)
    if form == "json":
        click.echo("[]")
    else:
        _tell(f"{events}: {_count(len(record.events), 'event')}, {_count(len(record.sources), 'source')}, no faults")


def _load(events: Path) -> Timeline:
    """Read a document, or report its faults and stop."""
    from timeline.fault import DocumentError  # noqa: PLC0415 - as above

    try:
        return _read(events)
    except DocumentError as error:
        _stop(str(error), REFUSED)


def _read(events: Path) -> Timeline:
    with doing("Reading the document"):
        from timeline.reader import load  # noqa: PLC0415 - as above

        return load(events)


def _write(record: Timeline, output: Path, view: dict[str, Any]) -> int:
    """Write what ``timeline.export`` does, in steps that can be told; return the size in bytes."""
    with doing("Placing the events"):
        from timeline import dashboard, export, freeze  # noqa: PLC0415 - as above
        from timeline.files import write  # noqa: PLC0415 - as above

        if view or output.suffix.lower() == ".svg":
            return export(record, output, **view)
        app = dashboard(record)
    with doing("Writing the page"):
        return write(freeze(app), output)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _stop(message: str, code: int) -> NoReturn:
    _tell(message, err=True)
    sys.exit(code)


def _tell(message: str, *, err: bool = False) -> None:
    """Print lines, with nothing in the name of a file that a terminal would obey."""
    from timeline.fault import visible  # noqa: PLC0415 - as above

    click.echo("\n".join(map(visible, message.split("\n"))), err=err)
