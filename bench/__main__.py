"""Measure the timeline and its peers, print one table and write it to docs/performance.md.

- ``python -m bench``: everything, in less than 15 minutes on two cores
- ``python -m bench --sizes 60 1000 --ours``: our own page alone, printed and not written
- ``python -m bench --against HEAD~5``: our own page by turns with that of another commit
- ``python -m bench --again``: the page written anew from the numbers of the last run
"""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext

from bench import peers
from bench.documents import document
from bench.measuring import ROOT, SIZES, checkout, run
from bench.report import DOCUMENT, compared, peers_table, printed, written
from bench.serving import serving
from bench.window import windowed

LAST = peers.FOLDER / "last.json"


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=SIZES)
    parser.add_argument("--ours", action="store_true", help="leave out all peers but the empty page")
    parser.add_argument("--against", metavar="COMMIT", help="measure this commit's page as well, and no peers")
    parser.add_argument("--python", help="Python 3.12 or newer for the peers that are Python packages")
    parser.add_argument("--again", action="store_true", help="measure nothing")
    arguments = parser.parse_args()
    if arguments.again:
        result = json.loads(LAST.read_text(encoding="utf-8"))
    else:
        alone = arguments.ours or arguments.against
        names = ["empty"] if alone else peers.fetch(arguments.python)
        with checkout(arguments.against) if arguments.against else nullcontext() as other:
            result = run(arguments.sizes, names, other)
        if alone or tuple(arguments.sizes) != SIZES:
            print(compared(result) if alone else peers_table(result))
            return
        result |= {"serving": serving(ROOT / "events.json"), "window": windowed(document(int(SIZES[-1])))}
        LAST.write_text(json.dumps(result, indent=1), encoding="utf-8")
    DOCUMENT.write_text(written(result), encoding="utf-8")
    print(printed(result))


if __name__ == "__main__":
    main()
