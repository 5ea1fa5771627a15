"""``python -m timeline`` is the ``timeline`` command."""

from timeline.cli import main

main(prog_name="timeline")
