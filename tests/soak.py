"""How long the long tests are: ``make soak`` runs the whole of them, ``make test`` a tenth."""

from __future__ import annotations

import os

from hypothesis import settings

WHOLE = "SOAK" in os.environ


def share(count: int) -> int:
    """Give how often to do what a soak does ``count`` times."""
    return count if WHOLE else count // 10


# Whatever does not say otherwise tries so many examples. Other programs share the machine: none is too late.
settings.register_profile("ours", deadline=None, max_examples=share(1000))
settings.load_profile("ours")
