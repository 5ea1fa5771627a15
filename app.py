"""The dashboard on ``events.json``: ``python app.py``, or ``python app.py --port 8051 --open``."""

import sys
from pathlib import Path

from timeline.cli import main

if __name__ == "__main__":
    main(["serve", str(Path(__file__).with_name("events.json")), *sys.argv[1:]], prog_name="app.py")
