"""The files that a page is made of, and the forms in which they may stand inside it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# A table of our own: Python's differs from version to version, and the same page must give the same bytes.
_MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_NOTICE = re.compile(r"/\*[!*][^*]*\*+(?:[^/*][^*]*\*+)*/")
_SOURCE_MAP = re.compile(r"^//[#@] sourceMappingURL=.*$", re.MULTILINE)


class FreezeError(ValueError):
    """What keeps an app from being one file: where it is, what is wrong, and what to do instead."""


@dataclass(frozen=True)
class Piece:
    """A file that the page asks for: its address without version marks, its place on disk, the package it is from."""

    address: str
    path: Path
    package: str = ""

    def text(self) -> str:
        """Return the file's text, with LF at its line ends and without the address of its source map."""
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise FreezeError(f"{self.address}: is not UTF-8 (save it as UTF-8)") from fault
        return _SOURCE_MAP.sub("", as_parsed(text))

    def data_address(self) -> str:
        """Return the file as a ``data:`` address; only pictures and fonts have one."""
        media_type = _MEDIA_TYPES.get(self.path.suffix.lower())
        if media_type is None:
            raise FreezeError(f"{self.address}: is neither a picture nor a font (leave it out, or link to it)")
        return f"data:{media_type};base64,{base64.b64encode(self.path.read_bytes()).decode()}"


def as_parsed(text: str) -> str:
    """Return ``text`` as an HTML parser reads it, which is how it is hashed: CR and CRLF are LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def json_block(value: object) -> str:
    r"""Return ``value`` as JSON that may stand in a script element.

    >>> json_block({"title": "</script> \ud800"})
    '{"title":"\\u003c/script> \\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", text)


@lru_cache(maxsize=64)  # an app frozen again has the same scripts, and Plotly alone takes half a second
def packed(text: str) -> str:
    """Return ``text`` compressed, in base64. The zlib format has no clock and no name of a system in its header."""
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode()


def digest(text: str) -> str:
    """Return the source expression of a content security policy that lets in ``text``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8', 'replace')).digest()).decode()}'"


def _notices(piece: Piece) -> list[str]:
    """Return the licence notices that come with a script: in a file beside it, and in its own comments."""
    beside = piece.path.with_name(f"{piece.path.name}.LICENSE.txt")
    found = [beside.read_text("utf-8").strip()] if beside.is_file() else []
    own = [comment.strip() for comment in _NOTICE.findall(piece.text())]
    return found + [comment for comment in own if re.search(r"licen[cs]e|copyright|\(c\)", comment, re.IGNORECASE)]


def licences(pieces: Iterable[Piece]) -> str:
    """Return the licences of the packages that the pieces are from, and the pieces' own notices, each once."""
    pieces = list(pieces)
    found: dict[str, None] = {}
    for package in sorted({piece.package for piece in pieces} - {""}):
        try:
            files = distribution(package).files or []
        except PackageNotFoundError:
            continue
        for file in sorted(files):
            if re.match(r"licen[cs]e|copying|notice", file.name, re.IGNORECASE) and "dist-info" in file.parts[0]:
                found[f"{package}\n\n{file.read_text().strip()}"] = None
    for piece in pieces:
        found |= dict.fromkeys(_notices(piece))
    return inert("\n\n".join(found))


def inert(text: str) -> str:
    """Return ``text`` so that it cannot end the script element that it stands in, or open another."""
    return re.sub(r"<(?=/?script|!--)", "< ", text, flags=re.IGNORECASE)
