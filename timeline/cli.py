"""The ``timeline`` command: serve a document, export it, or check it."""

from __future__ import annotations

import atexit
import gc
import json
import os
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
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
def serve(events: Path, host: str, port: int, hosts: tuple[str, ...], browser: bool) -> None:  # noqa: FBT001 - a flag
    """Show EVENTS as a dashboard on this machine."""
    record = _load(events)
    with doing("Placing the events"):
        from timeline import dashboard, server  # noqa: PLC0415 - Dash takes a second to import

        app = dashboard(record)
    try:
        server.serve(app, host=host, port=port, hosts=hosts, browser=browser)
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
    click.echo(f"{output}: {_count(len(record.events), 'event')}, {size:,} bytes")


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
        click.echo(
            f"{events}: {_count(len(record.events), 'event')}, {_count(len(record.sources), 'source')}, no faults"
        )


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
    click.echo(message, err=True)
    sys.exit(code)
