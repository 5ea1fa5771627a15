"""Any client-side Dash app, frozen: opened from a file it does all that it did, asks for nothing, says nothing."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import dash
import pytest
from dash import ClientsideFunction, Input, Output, _callback, dash_table, dcc, html
from playwright.sync_api import expect

from timeline.pieces import FreezeError
from timeline.snapshot import freeze
from timeline.standalone import START_SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Visit

Words = Any  # what Dash takes, which is not typed
HOSTILE = "</script><script>alert(1)</script><!-- <script> &amp; \u202e ' \" {%scripts%} \ud800 end"
PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 40
FIGURE = {"data": [{"type": "scatter", "x": [1, 2], "y": [1, 2]}], "layout": {"title": {"text": "drawn"}}}
COUNT = "function (clicks) { return `${clicks || 0} clicks`; }"


def client_side(app: Words, *words: object) -> None:
    app.clientside_callback(*words)


def new_app(layout: Words, assets: Path | str = "/nowhere", **words: Words) -> dash.Dash:
    app = dash.Dash("tested", assets_folder=str(assets), enable_mcp=False, **words)
    app.layout = layout
    return app


def counting(assets: Path | str = "/nowhere", **words: Words) -> dash.Dash:
    app = new_app(html.Div([html.Button("more", id="more"), html.P(id="count")]), assets, **words)
    client_side(app, COUNT, Output("count", "children"), Input("more", "n_clicks"))
    return app


def charting(assets: Path | str = "/nowhere") -> dash.Dash:
    children = [
        html.Button("more", id="more"),
        dcc.Graph(id="chart", figure=FIGURE),
        dcc.Store(id="store", data={"src": "https://example.org/kept", "says": HOSTILE}),
        html.P(id="said"),
    ]
    app = new_app(html.Div(children), assets)
    client_side(
        app,
        "function (n) { return n ? {data: [], layout: {title: {text: 'redrawn'}}} : dash_clientside.no_update; }",
        Output("chart", "figure"),
        Input("more", "n_clicks"),
    )
    client_side(app, "(stored) => stored.says", Output("said", "children"), Input("store", "data"))
    return app


def typing() -> dash.Dash:
    app = new_app([dcc.Input(id="words", type="search"), html.P(id="loud")])
    client_side(app, "(w) => (w || '').toUpperCase()", Output("loud", "children"), Input("words", "value"))
    return app


def with_assets(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def opened(visit: Callable[..., Visit], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Visit]:
    def from_disk(page: str, **words: Words) -> Visit:
        path = tmp_path_factory.mktemp("frozen") / "page.html"
        path.write_bytes(page.encode("utf-8", "replace"))
        return visit(**words).goto(path.as_uri())

    return from_disk


def quiet(seen: Visit) -> None:
    seen.page.wait_for_timeout(100)
    assert seen.said == []
    assert seen.asked == []


def scripts(page: str) -> list[str]:
    return [name.rpartition("/")[2] for name in re.findall(r'data-script="([^"]+)"', page)]


def test_a_chart_a_button_and_a_store_work_from_a_file(opened: Callable[..., Visit]) -> None:
    seen = opened(freeze(charting()))
    expect(seen.page.locator(".gtitle")).to_have_text("drawn")
    seen.page.get_by_role("button", name="more").click()
    expect(seen.page.locator(".gtitle")).to_have_text("redrawn")
    seen.page.locator(".js-plotly-plot").hover()
    quiet(seen)


def test_hostile_text_in_a_layout_is_shown_verbatim(opened: Callable[..., Visit]) -> None:
    seen = opened(freeze(charting()))
    expect(seen.page.locator("#said")).to_have_text(re.compile("end$"))
    assert seen.page.evaluate("document.querySelector('#said').textContent") == HOSTILE
    quiet(seen)


def test_plain_components_and_inputs_work_from_a_file(opened: Callable[..., Visit]) -> None:
    seen = opened(freeze(typing()))
    seen.page.get_by_role("searchbox").fill("quiet")
    expect(seen.page.locator("#loud")).to_have_text("QUIET")
    quiet(seen)


def test_a_function_in_an_asset_works_from_a_file(opened: Callable[..., Visit], tmp_path: Path) -> None:
    script = "\ufeffwindow.dash_clientside = {sums: {\r\n  twice: (n) => `</script>${2 * (n || 0)}`}};\r"
    late = "document.addEventListener('DOMContentLoaded', () => { document.title = 'told'; });"
    app = new_app([html.Button("more", id="more"), html.P(id="sum")], with_assets(tmp_path, a_dot_js=script))
    with_assets(tmp_path, b_dot_js=late)
    twice = ClientsideFunction("sums", "twice")
    client_side(app, twice, Output("sum", "children"), Input("more", "n_clicks"))
    seen = opened(freeze(app))
    seen.page.get_by_role("button").click()
    expect(seen.page.locator("#sum")).to_have_text("</script>2")
    expect(seen.page).to_have_title("told")
    quiet(seen)


def test_a_frozen_page_works_inside_a_frame(opened: Callable[..., Visit]) -> None:
    seen = opened("<!doctype html><iframe></iframe>")
    seen.page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", freeze(charting()))
    frame = seen.page.frame_locator("iframe")
    expect(frame.locator(".gtitle")).to_have_text("drawn")
    quiet(seen)


def test_a_saved_copy_of_the_running_page_starts_again(opened: Callable[..., Visit]) -> None:
    first = opened(freeze(charting()))
    expect(first.page.locator(".gtitle")).to_have_text("drawn")
    first.page.get_by_role("button", name="more").click()
    expect(first.page.locator(".gtitle")).to_have_text("redrawn")
    second = opened(first.page.content())
    expect(second.page.locator(".gtitle")).to_have_text("drawn")
    assert second.page.get_by_role("button", name="more").count() == 1
    quiet(second)


def test_without_scripts_the_page_itself_stands_and_promises_nothing(opened: Callable[..., Visit]) -> None:
    app = counting()
    app.index_string = app.index_string.replace("{%app_entry%}", "<h1>Read me</h1>{%app_entry%}")
    seen = opened(freeze(app), java_script_enabled=False)
    assert seen.page.locator("body").inner_text().strip() == "Read me"


def unread(page: str) -> str:
    """Give a page whose first script is beyond the browser."""
    return page.replace('"use strict";', "const ?? = 1;", 1)


def unguarded(page: str) -> str:
    """Give a page without its policy, which lets in no script that was changed."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page, count=1)


OTHER = base64.b64encode(zlib.compress(b"window.changed = 1")).decode()
COULD_NOT = "error: This page could not start: "
FAILING: dict[str, tuple[Callable[[str], str], str, list[str]]] = {
    "a browser that lacks what unpacks its scripts": (
        str, "delete window.DecompressionStream", [f"{COULD_NOT}the browser has no DecompressionStream"],
    ),
    "a browser that lacks what starts it": (
        str, "delete window.requestAnimationFrame",
        ["error: requestAnimationFrame is not defined", f"{COULD_NOT}the browser cannot run its scripts"],
    ),
    "a script that throws": (
        str, "Object.defineProperty(window, 'React', {set() { throw new Error('no'); }})",
        ["error: no", f"{COULD_NOT}/_dash-component-suites/dash/deps/react@18.3.1.min.js: Uncaught Error: no"],
    ),
    "a script that is beyond the browser": (
        lambda page: unguarded(unread(page)), "",
        ["error: Unexpected token '??'", f"{COULD_NOT}the browser cannot run its scripts"],
    ),
    "a script that was tampered with": (unread, "", ["violation", f"{COULD_NOT}the browser cannot run its scripts"]),
    "a packed script that was tampered with": (
        lambda page: re.sub(r'(data-script="[^"]*react@[^>]*>)[^<]*', rf"\1{OTHER}", page), "",
        ["violation", "error: Cannot read properties of undefined", COULD_NOT],
    ),
    "a packed script that is cut off": (
        lambda page: re.sub(r'(data-script="[^"]*react@[^>]*>)([^<]{999})[^<]*', r"\1\2", page), "", [COULD_NOT],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "poison", "told"), FAILING.values(), ids=FAILING)
def test_a_page_that_cannot_start_says_so_and_can_be_read(
    broken: Callable[[str], str], poison: str, told: list[str], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    app = counting()
    sentence = "<h1>Read me</h1><p data-start-failed hidden>This browser is too old.</p>{%app_entry%}"
    app.index_string = app.index_string.replace("{%app_entry%}", f"{sentence}<noscript><p>All of it.</p></noscript>")
    root = '<div id="react-entry-point">'
    page = freeze(app).replace(root, f"{root}<button>dead</button>")  # as in a saved copy
    (tmp_path / "page.html").write_bytes(broken(page).encode())
    seen = visit()
    seen.speaks = True
    seen.page.add_init_script(poison)
    seen.goto((tmp_path / "page.html").as_uri())
    for text in ("This browser is too old.", "Read me", "All of it."):
        expect(seen.page.get_by_text(text)).to_be_visible()
    expect(seen.page.get_by_role("button")).to_have_count(0)
    said = ["violation" if "violat" in line else line for line in seen.said]
    assert [line.startswith(start) for line, start in zip(dict.fromkeys(said), told, strict=True)] == [True] * len(told)
    assert seen.asked == []


def test_what_a_page_falls_back_on_is_written_for_browsers_of_any_age() -> None:
    text = re.sub("//.*", "", START_SCRIPTS[0].read_text("utf-8"))
    assert not re.findall(
        r"=>|`|\?\.\w|\?\?|\b(?:let|const|class|of|async|await|replaceChildren|forEach)\b|\.\.\.", text
    )


def test_a_page_is_always_text_that_can_be_written() -> None:
    app = counting(title="half a \ud83d pair")
    assert "<title>half a \ufffd pair</title>" in freeze(app).encode().decode()


def test_scripts_come_without_the_address_of_their_source_map(tmp_path: Path) -> None:
    app = counting(with_assets(tmp_path, own_dot_js="var own = 1;\n//# sourceMappingURL=own.js.map\n"))
    blocks = re.findall(r'data-script="[^"]*">([^<]*)<', freeze(app))
    texts = [zlib.decompress(base64.b64decode(block)).decode() for block in blocks]
    assert "var own = 1;\n\n" in texts
    assert not [text[:80] for text in texts if "sourceMappingURL=" in text[-200:]]


def test_the_sentence_for_old_browsers_stays_hidden_in_others(opened: Callable[..., Visit]) -> None:
    app = counting()
    app.index_string = app.index_string.replace("{%app_entry%}", "<p data-start-failed hidden>Old</p>{%app_entry%}")
    seen = opened(freeze(app))
    expect(seen.page.locator("#count")).to_have_text("0 clicks")
    expect(seen.page.get_by_text("Old")).to_be_hidden()


PAGE = """<!doctype html>
<html lang="ru"><head>{%metas%}<title>a &lt;b&gt; &amp; <script>alert(1)</script><img src=x></title>{%favicon%}
<meta name="description" content="of &quot;villages&quot;"><link rel="canonical" href="https://example.org/x">
<style>h1 { color: rgb(1, 2, 3) }
</style>{%css%}<script>
document.documentElement.dataset.early = "yes";</script>
</head><body><!-- <img src="https://example.org/no"> -->
<article id="one"><h1>Кулаки</h1>&lt;script&gt;alert(1)&lt;/script&gt; <a href='https://example.org/?a=1&b'>out</a>
<p style="color: red">5 < 6</p></article><template><p>later</p></template>
<script type="text/plain" id="texts">{"a": "<img src=x onerror=alert(1)>"}</script>
{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body></html>
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=repr)
def test_the_page_around_the_app_is_kept_to_the_letter(line_end: str, opened: Callable[..., Visit]) -> None:
    app = counting()
    app.index_string = written = PAGE.replace("\n", line_end)
    page = freeze(app)
    assert written[written.index("<body>") : written.index("{%app_entry%}")] in page
    assert written[written.index("<title>") : written.index("{%favicon%}")] in page
    assert page.startswith(f'<!doctype html>{line_end}<html lang="ru"><head><meta charset="utf-8">')
    seen = opened(page)
    expect(seen.page.locator("#count")).to_have_text("0 clicks")
    expect(seen.page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert seen.page.evaluate("document.documentElement.dataset.early") == "yes"
    assert seen.page.title() == "a <b> & <script>alert(1)</script><img src=x>"
    quiet(seen)


def test_the_policy_comes_first_and_lets_in_no_unknown_script(opened: Callable[..., Visit]) -> None:
    page = freeze(counting())
    assert len(page[: page.index("charset")].encode()) < 1024
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.replace("style-src 'unsafe-inline'", "").replace("attr 'unsafe-inline'", "")
    seen = opened(page.replace("<body>", "<body><script>document.title = 'in'</script><style>p {color: red}</style>"))
    seen.speaks = True
    expect(seen.page.locator("#count")).to_have_text("0 clicks")
    assert seen.page.title() == "Dash"
    assert {line.split()[2] for line in seen.said if "violation:" in line} == {"script-src-elem", "style-src-elem"}


def test_a_fetch_of_something_else_is_left_to_the_browser_which_refuses_it(opened: Callable[..., Visit]) -> None:
    seen = opened(freeze(counting()))
    seen.speaks = True
    expect(seen.page.locator("#count")).to_have_text("0 clicks")
    assert seen.page.evaluate("fetch('/_dash-layout').then((answer) => answer.ok)")
    assert seen.page.evaluate("fetch('https://example.org/').then(() => 'came', () => 'refused')") == "refused"


LEFT_OUT = {
    "words only": (html.P("words"), {"dash_html_components.min.js"}),
    "an input": (dcc.Input(), {"dash_core_components.js"}),
    "a chart": (
        dcc.Graph(),
        {"dash_core_components.js", "dash_core_components-shared.js", "async-graph.js", "plotly.min.js"},
    ),
    "a chart inside a list": (
        html.Div([dcc.Loading(children=dcc.Graph())]),
        {
            "dash_html_components.min.js",
            "dash_core_components.js",
            "dash_core_components-shared.js",
            "async-graph.js",
            "plotly.min.js",
        },
    ),
    "a text with formulas": (
        dcc.Markdown("x", mathjax=True),
        {
            "dash_core_components.js",
            "dash_core_components-shared.js",
            "async-markdown.js",
            "async-highlight.js",
            "async-mathjax.js",
        },
    ),
}
ALWAYS = {
    "polyfill@7.12.1.min.js",
    "react@18.3.1.min.js",
    "react-dom@18.3.1.min.js",
    "prop-types@15.8.1.min.js",
    "dash_renderer.min.js",
}


@pytest.mark.parametrize(("layout", "used"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_only_the_scripts_that_the_layout_uses_are_in_the_page(layout: Words, used: set[str]) -> None:
    new_app(html.P())  # each further app registers Plotly's script once more
    found = scripts(freeze(new_app(layout)))
    assert len(found) == len(set(found))
    assert set(found) == ALWAYS | used


@pytest.mark.parametrize(
    ("component", "selector"),
    [
        (dcc.Dropdown(["a", "b"], "a", id="x"), ".dash-dropdown"),
        (dcc.Slider(0, 5, 1, value=2, id="x"), ".dash-slider-root"),
        (dcc.DatePickerSingle(id="x"), ".dash-datepicker"),
        (dcc.Markdown("**bold**\n\n```python\nx = 1\n```"), "strong"),
        (dcc.Upload("put", id="x"), "text=put"),
        (dcc.Tabs([dcc.Tab(html.P("inside"), label="one")]), "text=inside"),
        (dcc.Checklist(["a"], id="x"), "input[type=checkbox]"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_components_that_fetch_their_parts_have_them(
    component: Words, selector: str, opened: Callable[..., Visit]
) -> None:
    seen = opened(freeze(new_app(html.Div([component]))))
    expect(seen.page.locator(selector).first).to_be_visible()
    quiet(seen)


def test_components_that_only_functions_make_are_named_in_the_validation_layout() -> None:
    app = counting()
    app.validation_layout = html.Div([dcc.Dropdown()])  # type: ignore[assignment]
    assert "async-dropdown.js" in scripts(freeze(app))


def test_an_app_with_a_plotly_of_its_own_gets_no_second_one(tmp_path: Path) -> None:
    assets = with_assets(tmp_path, small_dot_js="/**\n* plotly.js (basic - minified) v4.1.1\n*/\nwindow.Plotly = {};")
    assert [name for name in scripts(freeze(charting(assets))) if name in {"plotly.min.js", "small.js"}] == ["small.js"]


def test_style_sheets_pictures_and_the_icon_come_along(opened: Callable[..., Visit], tmp_path: Path) -> None:
    sheet = """/* url(https://example.org/comment.png) */ p { color: rgb(4, 5, 6); content: "</style>" }
    div { background: url( '../pictures/a%20b.png?v=1#x' ) } b { fill: url(#own) }"""
    files: dict[str, str | bytes] = {
        "css__look_dot_css": sheet,
        "pictures__a b_dot_png": PIXEL,
        "favicon_dot_ico": PIXEL,
    }
    app = counting(with_assets(tmp_path, **files))
    vars(app)["_layout"].children += [
        html.Img(src=app.get_asset_url("pictures/a b.png")),
        html.I(style={"backgroundImage": "url(/assets/pictures/a%20b.png)"}),
    ]
    app.index_string = app.index_string.replace("<body>", '<body><img alt="" src=/assets/pictures/a%20b.png>')
    page = freeze(app)
    assert page.count("data:image/png;base64,") == 4
    assert page.count('href="data:image/x-icon;base64,') == 1
    assert "/assets/" not in page
    seen = opened(page)
    expect(seen.page.locator("#count")).to_have_css("color", "rgb(4, 5, 6)")
    quiet(seen)


def server_side() -> dash.Dash:
    app = counting()
    outputs = [Output("count", "title"), Output({"part": 1}, "value")]
    app.callback(outputs, Input("more", "n_clicks"))(lambda _: None)
    app.callback(Output("more", "title", allow_duplicate=True), Input("count", "id"), prevent_initial_call=True)(print)
    return app


def with_page(tag: str) -> dash.Dash:
    app = counting()
    app.index_string = app.index_string.replace("<body>", f"<body>{tag}")
    return app


def with_sheet(tmp_path: Path, sheet: str) -> dash.Dash:
    return counting(with_assets(tmp_path, look_dot_css=sheet))


REFUSED: dict[str, tuple[Callable[[Path], dash.Dash], str]] = {
    "a callback on the server": (
        lambda _: server_side(),
        r'count\.title, {"part":1}\.value; callback of more\.title: runs on the server \(write it with app\.clientside',
    ),
    "pages": (lambda _: counting(use_pages=True, pages_folder=""), r"use_pages: .* \(freeze each page"),
    "a missing layout": (lambda _: dash.Dash("bare"), r"app: Dash cannot serve it \(.*layout"),
    "a style sheet from elsewhere": (
        lambda _: counting(external_stylesheets=["https://example.org/look.css"]),
        r"https://example\.org/look\.css is not in the app \(put the file into the assets folder",
    ),
    "a script from elsewhere": (
        lambda _: counting(external_scripts=[{"src": "https://example.org/x.js", "integrity": "sha256-x"}]),
        r"https://example\.org/x\.js is not in the app",
    ),
    "scripts from elsewhere": (lambda _: counting(serve_locally=False), r"serve_locally: .*\(leave it True\)"),
    "a picture from elsewhere in a sheet": (
        lambda folder: with_sheet(folder, "p { background: url(//example.org/x.png) }"),
        r"/assets/look\.css: //example\.org/x\.png is not in the app",
    ),
    "a missing font": (
        lambda folder: with_sheet(folder, "@font-face { src: url(gone.woff2) }"),
        r"/assets/look\.css: /assets/gone\.woff2 is missing",
    ),
    "a sheet that imports another": (
        lambda folder: with_sheet(folder, "@import 'more.css';"),
        r"look\.css: @import 'more\.css' asks for another file \(write its rules here\)",
    ),
    "a file outside the assets": (
        lambda _: with_page('<img src="/assets/../../etc/hostname.png">'),
        r"is not in the app",
    ),
    "a film": (lambda _: with_page('<video src="/assets/x.mp4"></video>'), r"/assets/x\.mp4 is missing"),
    "a frame": (lambda _: with_page('<iframe src="https://example.org/"></iframe>'), r"<iframe .* is not in the app"),
    "a script in an attribute": (lambda _: with_page("<p onclick=go()>"), r"<p onclick=go\(\)>: runs a script from an"),
    "a module": (lambda _: with_page('<script type="module">1</script>'), r"browsers refuse modules"),
    "a connection made early": (
        lambda _: with_page('<link rel="preconnect" href="https://example.org">'),
        r"preconnect.*asks for something before it is used",
    ),
    "a picture from elsewhere in the layout": (
        lambda _: new_app(html.Img(id="seal", src="https://example.org/x.png")),
        r"layout, Img seal\.src: https://example\.org/x\.png is not in the app",
    ),
    "a map": (
        lambda _: new_app(dcc.Graph(id="map", figure={"data": [{"type": "scattergeo"}]})),
        r"layout, Graph map\.figure: a scattergeo trace fetches its map",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_frozen_is_refused_by_name(
    make: Callable[[Path], dash.Dash], message: str, tmp_path: Path
) -> None:
    with pytest.raises(FreezeError, match=message):
        freeze(make(tmp_path))


def test_a_sheet_that_is_not_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    app = counting(with_assets(tmp_path, look_dot_css=b"p { content: '\xe9' }"))
    with pytest.raises(FreezeError, match=r"/assets/look\.css: is not UTF-8 \(save it as UTF-8\)"):
        freeze(app)


def state(app: dash.Dash) -> dict[str, str]:
    parts = {name: repr(value) for name, value in vars(app).items()}
    for name in ("scripts", "css"):
        resources = getattr(app, name)
        parts[f"{name}, inside"] = repr([vars(resources.config), resources._resources._resources])  # noqa: SLF001
    parts["dash.callback"] = repr([_callback.GLOBAL_CALLBACK_LIST, _callback.GLOBAL_INLINE_SCRIPTS])
    return parts


def test_freezing_leaves_the_app_as_it_was(tmp_path: Path) -> None:
    app = charting(with_assets(tmp_path, look_dot_css="p {}", own_dot_js="1", favicon_dot_ico=PIXEL))
    client_side(dash, "() => 1", Output("said", "title"), Input("more", "n_clicks"))
    before = state(app)
    assert "said.title" in freeze(app)
    assert state(app) == before
    app.server.before_request(lambda: None)  # Flask allows this only before the first request
    client = app.server.test_client()
    assert "async-graph" not in client.get("/").text
    assert "said.title" in client.get("/_dash-dependencies").text


def test_the_same_app_gives_the_same_bytes() -> None:
    app = charting()
    first = freeze(app)
    new_app(html.P())
    app.server.test_client().get("/")
    assert freeze(app) == first
    assert freeze(charting()) == first
    told = json.loads(re.findall(r'id="_dash-config" type="application/json">(.*?)</script>', first)[0])
    assert not {"end_id", "python_version", "hot_reload", "websocket"} & told.keys()
    assert not re.search(r"m\d{9,}|\?m=", re.sub(r"<script type=.text/plain. data-script.*?</script>", "", first))


def test_the_licences_of_what_is_inlined_are_in_the_page(tmp_path: Path) -> None:
    page = freeze(charting(with_assets(tmp_path, own_dot_js="/*! Copyright </script> */ 1 /* not said */")))
    licences = re.findall(r'<script type="text/plain" id="licences">(.*?)</script>', page, re.DOTALL)[0]
    for notice in ("@license React", "plotly.js v", "dash\n\n", "Copyright < /script>", "Permission is hereby granted"):
        assert notice in licences
    assert "not said" not in licences


def test_an_app_under_another_address_is_frozen_too(opened: Callable[..., Visit]) -> None:
    seen = opened(freeze(counting(url_base_pathname="/deep/down/")))
    expect(seen.page.locator("#count")).to_have_text("0 clicks")
    quiet(seen)


def test_a_table_works_from_a_file(opened: Callable[..., Visit]) -> None:
    with pytest.warns(DeprecationWarning, match="DataTable"):
        table = vars(dash_table)["DataTable"]([{"year": "1932"}])
    seen = opened(freeze(new_app(html.Div([table]))))
    expect(seen.page.get_by_text("1932")).to_be_visible()
    quiet(seen)


AMONG = '<section id="a" class="b"><p style="color: red">text &amp; more</p>\n{}<ul role="list"><li>end</li></ul>'
HIDDEN = [
    ("<p onclick='go()'>x</p>", "runs a script from an attribute"),
    ('<p title="a" onclick="go()">x</p>', "runs a script from an attribute"),
    ("<i/onclick=go()>x</i>", "runs a script from an attribute"),
    ('<b title=">" onclick="go()">x</b>', "runs a script from an attribute"),
    ('<p style="background: url(https://example.org/x.png)">x</p>', "is not in the app"),
    ("<p style='background: url(https://example.org/x.png)'>x</p>", "is not in the app"),
    ('<p style="background: &#117;rl(https://example.org/x.png)">x</p>', "is not in the app"),
    ('<svg><image href="https://example.org/x.png"></image></svg>', "is not in the app"),
    ('<embed src="x">', "a file cannot hold what it shows"),
]


@pytest.mark.parametrize(("hidden", "message"), HIDDEN)
def test_nothing_hides_among_plain_tags(hidden: str, message: str) -> None:
    with pytest.raises(FreezeError, match=message):
        freeze(with_page(AMONG.format(hidden)))
    freeze(with_page(AMONG.format("<textarea><p></textarea><!-- <p> --><p>x</p>")))
