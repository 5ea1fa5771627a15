"""A web page that asks for nothing: whatever stands behind an address in it is put in its place.

Scripts become inert blocks, compressed, which ``snapshot.js`` unpacks and runs in their order after the first frame,
but for an inert one whose ``data-later`` is an address: it runs when the page appends a script of that address to its
head. Where they cannot start, ``fallback.js`` says so. Style sheets become ``<style>``; pictures and fonts become
``data:`` addresses. What cannot be inlined is refused by name. A content security policy lets in exactly these scripts
and styles, by their hashes. The rest of the page is kept to the letter.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from timeline.pieces import FreezeError, Piece, as_parsed, digest, json_block, licences, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

START_SCRIPTS = [Path(__file__).with_name(name) for name in ("fallback.js", "snapshot.js")]

_SCRIPT_TYPES = {"", "text/javascript", "application/javascript", "module"}
_REQUESTING_LINKS = {"dns-prefetch", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "prerender"}
_REFUSED_ELEMENTS = {"base", "embed", "frame", "object"}
_CSS_ADDRESS = re.compile(
    r"""/\*.*?\*/|(?P<sheet>@import[^;]*)|url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^)"'\s]*))\s*\)""",
    re.DOTALL | re.IGNORECASE,
)

# Tags that ask for nothing, with their text: most of a long page, and taken in one stretch 20 times as fast.
_TAGS = (
    "a|abbr|article|b|br|button|caption|cite|code|dd|details|div|dl|dt|em|figcaption|figure|footer|g|h[1-6]|header|hr|i"
    "|kbd|li|main|nav|ol|p|path|section|small|span|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
_NAMES = "aria-[a-z]+|class|colspan|d|data-[a-z-]+|hidden|href|id|lang|rel|role|scope|tabindex|title|type|viewBox"
_ATTRIBUTES = rf"""(?:[ \n](?:(?:{_NAMES})(?![\w-])(?:="[^"]*")?|style="[^"(@&\\]*"))*+"""
_PLAIN = re.compile(rf"(?>(?:<(?:/(?:{_TAGS})|(?:{_TAGS}){_ATTRIBUTES})[ \n]?/?>[^<]*+)++)")


@dataclass(frozen=True)
class Element:
    """A start tag: its name, its attributes, where it begins and ends, and where the text of a script or style ends."""

    name: str
    attributes: Mapping[str, str]
    start: int
    body: int
    end: int


class _Tags(HTMLParser):
    """Finds the elements of a page together with their places in its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.feed(page)
        self.close()

    def parse_starttag(self, i: int) -> int:
        """Read a start tag; called by the parser where one may begin, for the place from which it reads on."""
        plain = _PLAIN.match(self.rawdata, i)
        return plain.end() if plain else super().parse_starttag(i)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        body = start + len(self.get_starttag_text() or "")
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, start, body, body))
        if tag in {"textarea", "title"}:
            self.set_cdata_mode(tag)  # what looks like a tag there is text

    def handle_endtag(self, tag: str) -> None:
        if self.elements and tag in {"script", "style"} and self.elements[-1].name == tag:
            last = self.elements.pop()
            self.elements.append(Element(tag, last.attributes, last.start, last.body, self._here()))


@dataclass
class Inliner:
    """Puts the pieces of a page in their places and keeps the hashes and licence notices of what it let in.

    ``locate`` finds the piece behind an address, None where it is elsewhere; ``left_out`` says whether the page can do
    without a script; ``root`` is the address that relative addresses of the page start from.
    """

    locate: Callable[[str], Piece | None]
    left_out: Callable[[Piece], bool]
    root: str = "/"
    script_hashes: dict[str, None] = field(default_factory=dict)
    style_hashes: dict[str, None] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    deferred: bool = False

    def page(self, text: str) -> str:
        """Return the page with everything in it that it would have asked for."""
        edits: list[tuple[int, int, str]] = []
        for element in _Tags(text).elements:
            edits += self._edits(element, text)
        parts, done = [], 0
        for start, end, new in edits:
            parts += [text[done:start], new]
            done = end
        return "".join([*parts, text[done:]])

    def picture(self, address: str, where: str) -> str:
        """Return the ``data:`` address of a picture or font."""
        if address.startswith(("data:", "blob:", "#")) or not address:
            return address
        return self._piece(address, where).data_address()

    def css(self, text: str, address: str, where: str) -> str:
        """Return a style sheet from ``address`` with its pictures and fonts inside."""

        def inlined(found: re.Match[str]) -> str:
            if found["sheet"]:
                raise FreezeError(f"{where}: {found['sheet']} asks for another file (write its rules here)")
            named = found["double"] or found["single"] or found["bare"]
            if not named or named.startswith(("data:", "#")):
                return found[0]
            return f'url("{self.picture(urljoin(address, named), where)}")'

        return _CSS_ADDRESS.sub(inlined, text)

    def _piece(self, address: str, where: str) -> Piece:
        piece = self.locate(urljoin(self.root, address))
        if piece is None:
            raise FreezeError(f"{where}: {address} is not in the app (put the file into the assets folder)")
        if not piece.path.is_file():
            raise FreezeError(f"{where}: {address} is missing (there is no file {piece.path})")
        return piece

    def _edits(self, element: Element, page: str) -> Iterable[tuple[int, int, str]]:
        where = f"page, {page[element.start : element.body]}"
        if element.name in _REFUSED_ELEMENTS:
            raise FreezeError(f"{where}: a file cannot hold what it shows (leave it out)")
        if any(name.startswith("on") for name in element.attributes):
            raise FreezeError(f"{where}: runs a script from an attribute (listen in a script of the assets folder)")
        if element.name == "meta" and element.attributes.get("http-equiv", "").lower() == "refresh":
            raise FreezeError(f"{where}: leads away from the page (leave it out)")
        if element.name == "script":
            return self._script(element, page, where)
        if element.name == "style":
            return [(element.body, element.end, self._style(page[element.body : element.end], self.root, where))]
        if element.name == "link":
            return self._link(element, where)
        return self._attributes(element, page, where)

    def _script(self, element: Element, page: str, where: str) -> Iterable[tuple[int, int, str]]:
        later = "data-later" in element.attributes
        if element.attributes.get("type", "").lower() not in _SCRIPT_TYPES and not later:
            return []
        if element.attributes.get("type", "").lower() == "module":
            raise FreezeError(f"{where}: browsers refuse modules in an opened file (write a classic script)")
        address, tag = "", page[element.body : element.end]
        close = page.index(">", element.end) + 1
        if asked := element.attributes.get("data-later" if later else "src"):
            self.deferred = True
            piece = self._piece(asked, where)
            if piece.address in self.pieces or self.left_out(piece):
                return [(_before(element.start, page), close, "")]
            self.pieces[piece.address] = piece
            address, tag = piece.address, piece.text()
        self.script_hashes[digest(as_parsed(tag))] = None
        if not self.deferred:  # it stands before every script with an address: it runs where it stands
            return []
        kept = f'data-{"later" if later else "script"}="{html.escape(address)}"'
        block = f'<script type="text/plain" {kept}>{packed(as_parsed(tag))}</script>'
        return [(element.start, close, block)]

    def _link(self, element: Element, where: str) -> Iterable[tuple[int, int, str]]:
        kinds = set(element.attributes.get("rel", "").lower().split())
        address = element.attributes.get("href", "")
        if "stylesheet" in kinds:
            piece = self._piece(address, where)
            media = element.attributes.get("media")
            tag = f'<style media="{html.escape(media)}">' if media else "<style>"
            sheet = self._style(piece.text().replace("</", "<\\/"), piece.address, piece.address)
            return [(element.start, element.body, f"{tag}{sheet}</style>")]
        if kinds & _REQUESTING_LINKS:
            raise FreezeError(f"{where}: asks for something before it is used (leave it out)")
        if kinds & {"icon", "apple-touch-icon"}:
            icon = self.picture(address, where)
            return [(element.start, element.body, f'<link rel="{html.escape(" ".join(sorted(kinds)))}" href="{icon}">')]
        return []

    def _style(self, sheet: str, address: str, where: str) -> str:
        inlined = self.css(sheet, address, where)
        self.style_hashes[digest(as_parsed(inlined))] = None
        return inlined

    def _attributes(self, element: Element, page: str, where: str) -> Iterable[tuple[int, int, str]]:
        tag = page[element.start : element.body]
        changed = tag
        for name, value in element.attributes.items():
            if name in {"src", "poster"} or (name.endswith("href") and element.name in {"image", "use"}):
                new = self.picture(value, where)
            elif name == "srcset":
                raise FreezeError(f"{where}: names several pictures (name one, as src)")
            elif name == "style":
                new = self.css(value, self.root, where)
            else:
                continue
            if new != value:
                written = f'"{html.escape(new)}"'
                attribute = re.compile(rf"""(\s{re.escape(name)}\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
                found = attribute.search(changed)
                changed = f"{changed[: found.start(2)]}{written}{changed[found.end(2) :]}" if found else changed
        return [(element.start, element.body, changed)] if changed != tag else []


def _before(place: int, page: str) -> int:
    """Return where the white space before ``place`` begins: how many tags were left out must leave no trace."""
    while page[place - 1 : place].isspace():
        place -= 1
    return place


def assembled(page: str, answers: Mapping[str, object], inliner: Inliner) -> str:
    """Return the page with its policy at the top and, at its end, what it needs to start."""
    fallback, start = (as_parsed(script.read_text("utf-8")) for script in START_SCRIPTS)
    blocks = [
        f'<script type="application/json" data-answer="{html.escape(address)}">{json_block(answer)}</script>'
        for address, answer in answers.items()
    ]
    blocks.append(f'<script type="text/plain" id="licences">\n{licences(inliner.pieces.values())}\n</script>')
    # A text in the page cannot hold the hash of the page, so it cannot name this nonce.
    seal = hashlib.sha256("\n".join([page, *blocks]).encode("utf-8", "replace")).digest()
    nonce = base64.urlsafe_b64encode(seal[:18]).decode()
    hashes = [*inliner.script_hashes, digest(fallback), digest(start)]
    policy = _policy(hashes, [*inliner.style_hashes, f"'nonce-{nonce}'"])
    top = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    if not re.search(r"<link\b[^>]*\bicon\b", page, re.IGNORECASE):
        top += '<link rel="icon" href="data:,">'
    place = _top(page)
    tail = page.lower().rfind("</body")
    tail = len(page) if tail < 0 else tail
    blocks.append(f'<script>{fallback}</script><script data-style-nonce="{nonce}">{start}</script>')
    whole = "".join([page[:place], top, page[place:tail], *blocks, page[tail:]])
    try:
        whole.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", whole)
    return whole


def _top(page: str) -> int:
    """Return where a page's head begins, whether or not it is written out."""
    head = re.search(r"<head\b[^>]*>", page, re.IGNORECASE)
    head = head or re.match(r"(\s*<!doctype[^>]*>)?(\s*<html\b[^>]*>)?", page, re.IGNORECASE)
    return head.end() if head else 0


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the content security policy that lets in these scripts and style sheets, and no request."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", *scripts]),
            "style-src 'unsafe-inline'",
            " ".join(["style-src-elem", *styles]),
            "style-src-attr 'unsafe-inline'",
            "img-src data: blob:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
