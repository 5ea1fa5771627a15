"""Any Dash app whose callbacks run in the browser, as one HTML file: the dashboard, frozen.

The page is the one that Dash would serve, with its scripts and styles inside and with the answers to the two questions
that it asks its server. It makes no request of any kind and opens from a disk. The same app gives the same bytes.
"""

from __future__ import annotations

import copy
import json
import re
import sys
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import flask
from dash import _callback, exceptions, fingerprint
from dash.development.base_component import ComponentRegistry
from werkzeug.security import safe_join

from timeline.garbage import uncollected
from timeline.pieces import FreezeError, Piece, json_block
from timeline.standalone import Inliner, assembled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import dash

__all__ = ["FreezeError", "freeze"]

Json = Any  # what json.loads gives: the layout as the browser is told it

# Dash's own packages share one namespace of files; each component namespace has a folder there.
_FOLDERS = {"dash_core_components": "dcc", "dash_html_components": "html", "dash_table": "dash_table"}
# Parts of dcc that are only fetched by certain components.
_PARTS = {
    "async-datepicker": {"DatePickerRange", "DatePickerSingle"},
    "async-dropdown": {"Dropdown"},
    "async-graph": {"Graph"},
    "async-highlight": {"Markdown"},
    "async-markdown": {"Markdown"},
    "async-mathjax": {"mathjax"},
    "async-slider": {"RangeSlider", "Slider"},
    "async-upload": {"Upload"},
}
_PARTS["dash_core_components-shared"] = set().union(*_PARTS.values())
# Traces on a map, which Plotly fetches from elsewhere while it draws.
_MAP_TRACE = re.compile(r"scattergeo|choropleth|(scatter|choropleth|density)map(box)?")
_REFUSED_COMPONENTS = {"Base", "Embed", "ObjectEl"}
# What Dash tells its page about this process and this moment, and what only a server can do.
_PASSING = ("end_id", "python_version", "dash_version_url", "hot_reload", "dev_tools", "websocket", "validation_layout")
_PLOTLY_BANNER = re.compile(rb"/\*[!*\s]*plotly\.js")


@uncollected()
def freeze(app: dash.Dash) -> str:
    """Return the app as one HTML page that needs no server, no network and no other file.

    The app is not changed. Components that only clientside functions make must be named in ``app.validation_layout``,
    so that their scripts are taken along. Raises FreezeError, which names what cannot be frozen.
    """
    _refuse_server_side(app)
    with _registrations_kept():
        page, layout, dependencies, own_plotly = copy_context().run(_asked, app)
    prefix = app.config.requests_pathname_prefix
    used = _components([layout, _plain(app.validation_layout)])
    inliner = Inliner(
        locate=lambda address: _locate(app, address),
        left_out=lambda piece: _left_out(piece, used, own_plotly=own_plotly),
        root=prefix,
    )
    page = inliner.page(_settled(page, used))
    answers = {
        f"{prefix}_dash-layout": _inlined(layout, inliner),
        f"{prefix}_dash-dependencies": dependencies,
    }
    return assembled(page, answers, inliner)


def _refuse_server_side(app: dash.Dash) -> None:
    if not isinstance(app.server, flask.Flask):
        raise FreezeError(f"app.server: {type(app.server).__name__} is not supported (use Flask, Dash's own choice)")
    if not app.scripts.config.serve_locally:
        raise FreezeError("serve_locally: scripts from elsewhere cannot be taken along (leave it True)")
    if app.use_pages:
        raise FreezeError("use_pages: pages are put together on the server (freeze each page as an app of its own)")
    if getattr(app, "_websocket_callbacks", False):
        raise FreezeError("websocket_callbacks: a file has no server to talk to (leave it out)")
    specs = [*app._callback_list, *_callback.GLOBAL_CALLBACK_LIST]  # noqa: SLF001
    named = [_outputs(spec) for spec in specs if spec["clientside_function"] is None]
    if named:
        raise FreezeError(
            f"callback of {'; callback of '.join(named)}: runs on the server (write it with app.clientside_callback)"
        )


def _outputs(spec: dict[str, Any]) -> str:
    """Return a callback's outputs as people write them: ``table.children, count.children``."""
    if spec.get("no_output"):
        inputs = ", ".join(f"{entry['id']}.{entry['property']}" for entry in spec["inputs"])
        return f"no output, with input {inputs}"
    outputs = spec["output"].removeprefix("..").removesuffix("..").split("...")
    return ", ".join(re.sub(r"@[0-9a-f]+$", "", output).replace("\\.", ".") for output in outputs)


@contextmanager
def _registrations_kept() -> Iterator[None]:
    """Give ``@dash.callback`` its waiting list back: the first page of any app empties it."""
    lists = (_callback.GLOBAL_CALLBACK_LIST, _callback.GLOBAL_INLINE_SCRIPTS)
    before, by_id = [list(waiting) for waiting in lists], dict(_callback.GLOBAL_CALLBACK_MAP)
    try:
        yield
    finally:
        for waiting, kept in zip(lists, before, strict=True):
            waiting[:] = kept
        _callback.GLOBAL_CALLBACK_MAP.update(by_id)


def _asked(app: dash.Dash) -> tuple[str, Json, Json, bool]:
    """Return what a browser would get: page, layout, dependencies; and whether the app brings a Plotly of its own."""
    twin: Any = _twin(app)
    try:
        with app.server.test_request_context(app.config.routes_pathname_prefix):
            twin._setup_server()  # noqa: SLF001
            twin.scripts.config.eager_loading = True  # or the parts of components would be fetched when first used
            page = twin.index()
            layout = json.loads(twin.serve_layout().get_data(as_text=True))
            dependencies = json.loads(twin.dependencies().get_data(as_text=True))
    except exceptions.DashException as fault:
        raise FreezeError(f"app: Dash cannot serve it ({' '.join(str(fault).split())})") from fault
    own = any(map(_is_plotly, Path(app.config.assets_folder).rglob("*.js")))
    return page, layout, dependencies, own


def _is_plotly(script: Path) -> bool:
    with script.open("rb") as file:
        return _PLOTLY_BANNER.match(file.read(80)) is not None


def _twin(app: dash.Dash) -> Any:  # noqa: ANN401
    """Return a copy of the app whose first request leaves the app as it is."""
    twin: Any = copy.copy(app)
    for name in ("scripts", "css", "registered_paths", "_got_first_request"):
        setattr(twin, name, copy.deepcopy(getattr(app, name)))
    for name in ("_inline_scripts", "_callback_list", "callback_map", "_assets_files", "_dev_tools"):
        setattr(twin, name, copy.copy(getattr(app, name)))
    twin._dev_tools.update(ui=False, props_check=False, serve_dev_bundles=False, hot_reload=False)  # noqa: SLF001
    return twin


def _plain(component: object) -> Json:
    """Return a component tree as the browser would be told it."""
    from plotly.io.json import to_json_plotly  # noqa: PLC0415

    return json.loads(to_json_plotly(component))


def _walk(value: Json) -> Iterator[dict[str, Any]]:
    """Yield every component in a layout, wherever a property holds it."""
    if isinstance(value, dict):
        if {"namespace", "type", "props"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from _walk(child)


def _components(layout: Json) -> dict[str, set[str]]:
    """Return the names of the components in use, by their namespace."""
    used: dict[str, set[str]] = {}
    for component in _walk(layout):
        names = used.setdefault(component["namespace"], set())
        names.add(component["type"])
        if component["props"].get("mathjax"):
            names.add("mathjax")
    return used


def _locate(app: dash.Dash, address: str) -> Piece | None:
    """Return the file behind an address of the app: an asset, or a script of a component package."""
    prefix = app.config.requests_pathname_prefix
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path.startswith(prefix):
        return None
    for start, folder, package in _shelves(app, path.removeprefix(prefix)):
        name = fingerprint.check_fingerprint(path)[0] if package else path  # type: ignore[no-untyped-call]
        inside = safe_join(str(folder), name.removeprefix(prefix).removeprefix(start))
        return Piece(name, Path(inside), package) if inside else None
    return None


def _shelves(app: dash.Dash, path: str) -> Iterator[tuple[str, Path, str]]:
    """Yield the folder that serves a path: the path's beginning, the folder, the package that it belongs to."""
    assets = f"{app.config.assets_url_path.strip('/')}/"
    if path.startswith(assets):
        yield assets, Path(app.config.assets_folder), ""
    elif (found := re.match(r"_dash-component-suites/([^/]+)/", path)) and found[1] in sys.modules:
        yield found[0], Path(sys.modules[found[1]].__file__ or "").parent, found[1]


def _left_out(piece: Piece, used: dict[str, set[str]], *, own_plotly: bool) -> bool:
    """Say whether the page can do without a script, because no component in it needs it."""
    if piece.package == "plotly":
        return own_plotly or "Graph" not in used.get("dash_core_components", set())
    if piece.package != "dash":
        namespaces = {
            name for name, package in ComponentRegistry.namespace_to_package.items() if package == piece.package
        }
        return bool(namespaces) and not namespaces & used.keys()
    for namespace, folder in _FOLDERS.items():
        if f"/dash/{folder}/" in piece.address:
            parts = _PARTS.get(piece.path.stem) if folder == "dcc" else None
            return namespace not in used or (parts is not None and not parts & used[namespace])
    return False


def _settled(page: str, used: dict[str, set[str]]) -> str:
    """Return the page without what belongs to this moment and this process, or promises to load something."""

    def lasting(found: re.Match[str]) -> str:
        told = {name: value for name, value in json.loads(found[2]).items() if name not in _PASSING}
        told["children_props"] = {name: told["children_props"].get(name, {}) for name in sorted(used)}
        return f"{found[1]}{json_block(told)}"

    page = re.sub(r'(<link [^>]*href=")[^"]*/_favicon\.ico\?v=[^"]*"', r'\1data:,"', page)
    page = re.sub(
        r'(<script id="_dash-config" type="application/json">)(.*?)(?=</script>)', lasting, page, flags=re.DOTALL
    )
    return re.sub(r'<div class="_dash-loading">\s*Loading\.\.\.\s*</div>', "", page, count=1)


def _inlined(layout: Json, inliner: Inliner) -> Json:
    """Return the layout with the pictures in it that its components would have asked for."""
    for component in _walk(layout):
        props = component["props"]
        where = f"layout, {component['type']}{' ' + str(props['id']) if 'id' in props else ''}"
        if component["type"] in _REFUSED_COMPONENTS or "srcSet" in props:
            raise FreezeError(
                f"{where}: shows another file (use an html.Img whose src is one file of the assets folder)"
            )
        for name in ("src", "poster"):
            if isinstance(props.get(name), str):
                props[name] = inliner.picture(props[name], f"{where}.{name}")
        style = props.get("style")
        for name, value in style.items() if isinstance(style, dict) else ():
            style[name] = inliner.css(value, inliner.root, f"{where}.style") if isinstance(value, str) else value
        if component["type"] == "Graph":
            _inline_figure(props.get("figure") or {}, inliner, f"{where}.figure")
    return layout


def _inline_figure(figure: dict[str, Any], inliner: Inliner, where: str) -> None:
    for trace in figure.get("data") or ():
        if _MAP_TRACE.fullmatch(trace.get("type", "scatter")):
            raise FreezeError(f"{where}: a {trace['type']} trace fetches its map (draw it with scatter lines)")
    for image in (figure.get("layout") or {}).get("images") or ():
        if "source" in image:
            image["source"] = inliner.picture(image["source"], f"{where}.layout.images")
