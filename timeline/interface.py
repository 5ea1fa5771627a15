"""The Dash app in the page: controls, chart and details, connected by callbacks that run in the browser."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import dash
from dash import ClientsideFunction, Input, dcc, html
from markupsafe import Markup, escape

from timeline import chart
from timeline.dates import civil
from timeline.files import write
from timeline.garbage import uncollected
from timeline.overview import overview
from timeline.page import HERE, Page
from timeline.panels import FIRST, panels
from timeline.picture import svg
from timeline.plan import symbol
from timeline.prerender import prerendered
from timeline.snapshot import freeze
from timeline.still import Still
from timeline.words import say

if TYPE_CHECKING:
    import os

    from timeline.document import Timeline

PLOTLY = "plotly-basic.min.js"
"""The script that draws a chart that rests."""
POLYFILL = re.compile(r'<script src="([^"]*/deps/polyfill@[^"]*)"></script>')
"""What Dash brings for old browsers; of this page its graph alone needs a part of it."""
LATER = '<script type="text/plain" data-later="{}"></script>'
"""An inert element: the page asks for the script once it is live."""


@uncollected()
def dashboard(timeline: Timeline) -> dash.Dash:
    """Return the interactive page of a document as a Dash app, all of whose callbacks run in the browser."""
    page = Page(timeline)
    app = Dashboard(page)
    app.layout = layout(page)
    connect(app)
    return app


def export(timeline: Timeline, path: str | os.PathLike[str], **view: Any) -> int:  # noqa: ANN401 - as figure takes them
    """Write the interactive page of a document as one HTML file, or its chart as a picture; return the size in bytes.

    A name that ends in ``.svg`` asks for a picture, of which ``view`` says what :func:`timeline.figure` is told of a
    figure: ``themes``, ``measures``, ``window``, ``width``, ``style``. The file is whole or, with an ``OSError``, what
    it was before.
    """
    if Path(path).suffix.lower() == ".svg":
        words = say("chart_of", title=timeline.title)
        return write(svg(chart.described(timeline, **view), timeline.title, timeline.summary or words), path)
    if view:
        raise ValueError(f"{next(iter(view))}: is for pictures (write a name that ends in .svg)")
    return write(freeze(dashboard(timeline)), path)


def frame(timeline: Timeline) -> str:
    """Return the interactive page of a document as a frame to stand in another page, such as a notebook's output."""
    # Links within a framed text would otherwise lead to the address of the page around it.
    page = freeze(dashboard(timeline)).replace("<head>", '<head><base href="about:srcdoc">', 1)
    return f'<iframe srcdoc="{escape(page)}" title="{escape(timeline.title)}" width="100%" height="720"></iframe>'


class Dashboard(dash.Dash):
    """A Dash app whose index is a document's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        super().__init__(
            "timeline",
            assets_folder=str(HERE / "assets"),
            assets_ignore=PLOTLY,
            title=page.timeline.title,
            update_title="",
            enable_mcp=False,
        )

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Return the page around Dash's entry; called by Dash with more parts than the page uses."""
        named = {name: parts[name] for name in ("css", "config", "renderer", "app_entry")}
        at_once = POLYFILL.sub("", parts["scripts"])
        later = [*POLYFILL.findall(parts["scripts"]), self.get_asset_url(PLOTLY)]
        scripts = "\n".join([at_once, *map(LATER.format, later)])
        return self.page.html(**named, scripts=scripts, still=self._still)

    @cached_property
    def _still(self) -> str:
        """The layout as it is seen before any script runs, with the opening view drawn."""
        still = Still(self.page.drawn)
        seen = prerendered(layout(self.page), opening(self.page, still))
        return Markup("<style>{}</style>{}").format(still.rules(), seen)


def layout(page: Page) -> html.Div:
    """Return the controls, the chart and the frame of the details."""
    return html.Div(
        className="interactive",
        lang="en",  # of the interface's words, whatever the record's
        children=[
            html.Div(className="toolbar", children=[_themes(page), _search(), _years(page), _zoom()]),
            html.Div(
                className="chart",
                children=[
                    html.Div(
                        className="count",
                        children=[
                            html.P(id="ui_count"),
                            _button("ui_clear", say("clear"), hidden=True),
                            _button("ui_how", say("how_to_read")),
                            html.Div(id="ui_menu"),
                        ],
                    ),
                    html.P(say("none"), id="ui_none", className="empty", hidden=True),
                    html.Div(id="ui_overview"),
                    html.Div(
                        id="ui_chart",
                        tabIndex="0",
                        role="application",
                        children=[
                            html.Div(
                                [html.Div(id="ui_years"), html.P(id="ui_moment", hidden=True)],
                                className="years-above",
                                **aria(hidden="true"),
                            ),
                            html.Div(_graph()),
                            html.Div(id="ui_cross", hidden=True, **aria(hidden="true")),
                            html.Div([html.P(), html.P()], id="ui_tip", hidden=True, **aria(hidden="true")),
                        ],
                        **aria(label=say("chart")),
                    ),
                ],
            ),
            _details(page),
            html.P(id="ui_spoken", className="spoken", **aria(live="polite")),  # outside what a view hides
        ],
    )


def _graph() -> dcc.Graph:
    return dcc.Graph(id="ui_graph", config=cast("Any", chart.CONFIG), figure=chart.EMPTY, responsive=False)


def opening(page: Page, still: Still) -> dict[str, Markup]:
    """Return what scripts put into the layout for the opening view, by the id of what holds it."""
    plan = page.drawn
    counts = Counter(chain.from_iterable(plan.columns["themes"]))
    total = len(plan.events)
    every = panels(plan, "light")
    menu = say("figures_shown", shown=min(len(every), FIRST), total=len(every))
    return {
        "ui_graph": still.html(say("chart_of", title=page.timeline.title)),
        "ui_years": still.years(),
        "ui_overview": overview(still),
        "ui_count": escape(say("events_shown", shown=total, total=total)),
        "ui_menu": Markup("<details><summary>{}</summary></details>").format(menu) if every else Markup(),
        **{f"ui_theme_{theme}_count": escape(f"{counts[theme]:,}") for theme in range(len(page.timeline.themes))},
    }


def connect(app: dash.Dash) -> None:
    """Begin, in page.js, once Dash has laid out the page: the scripts hear and show the rest."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("timeline", "begin"), Input("ui_chart", "id")
    )


def _themes(page: Page) -> html.Div:
    return html.Div(
        role="group",
        className="themes",
        children=[
            html.Button(
                id=f"ui_theme_{index}",
                type="button",
                title=theme.summary or "",
                lang=page.timeline.language,
                style=_properties(page, theme.id),
                children=[
                    html.Span(className=f"symbol {symbol(theme, index)}", **aria(hidden="true")),
                    theme.label,
                    " ",
                    html.Span(id=f"ui_theme_{index}_count", className="number"),
                ],
                **aria(pressed="false"),
            )
            for index, theme in enumerate(page.timeline.themes)
        ],
        **aria(label=say("themes")),
    )


def _search() -> html.Div:
    hint = say("search_hint")
    field = dcc.Input(id="ui_q", type="search", value="", placeholder=hint, autoComplete="off", debounce=False)
    return html.Div([html.Label(say("search"), htmlFor="ui_q"), field], className="field search", role="search")


def _years(page: Page) -> html.Div:
    first, last = page.drawn.period
    hints = {"from": str(civil(first)[0]), "to": str(civil(last - 1)[0])}
    return html.Div(
        className="field years",
        role="group",
        children=[
            part
            for end in ("from", "to")
            for part in (
                html.Label(say(end), htmlFor=f"ui_{end}"),
                dcc.Input(
                    id=f"ui_{end}", type="text", value="", debounce=True, autoComplete="off", placeholder=hints[end]
                ),
            )
        ],
        **aria(label=say("years")),
    )


def _zoom() -> html.Div:
    return html.Div(
        className="zoom",
        children=[
            _button("ui_zoom_out", "−", say("zoom_out")),
            _button("ui_zoom_in", "+", say("zoom_in")),
            _button("ui_fit", say("fit")),
        ],
    )


def _details(page: Page) -> html.Aside:
    return html.Aside(
        id="ui_details",
        className="details",
        tabIndex="0",
        children=[
            html.Div(
                className="steps",
                children=[
                    _button("ui_earlier", "← " + say("earlier")),
                    _button("ui_later", say("later") + " →"),
                    _button("ui_cite_button", say("cite"), say("cite_this_event"), hidden=True),
                    _button("ui_close", "×", say("close"), hidden=True),
                ],
            ),
            html.H2(say("details"), className="spoken"),
            html.Div(id="ui_article"),
            html.Div(
                id="ui_legend",
                className="legend",
                tabIndex="-1",
                children=[html.P(say("choose")), *_welcome(page), *_legend(page)],
            ),
        ],
        **aria(label=say("details")),
    )


def _welcome(page: Page) -> list[Any]:
    """Return the tours, for a reader who does not know where to start."""
    tours = page.timeline.tours
    if not tours:
        return []
    links = [html.Li(html.A(tour.title, href=f"#tour={tour.id}&step=1")) for tour in tours]
    return [html.H2(say("start_here")), html.Ul(links, role="list", className="start-here")]


def _legend(page: Page) -> list[Any]:
    keys = ["point", "soft", "firm", "fading", "by", "open"]
    keys += ["observation", "claim", "corrected", "unsure"] if page.timeline.measures else []
    signs = {key: html.Span(className=f"key {key}", **aria(hidden="true")) for key in keys}
    entries = [html.Li([sign, say(f"legend_{key}")]) for key, sign in signs.items()]
    return [
        html.H2(say("how_to_read")),
        html.Ul(entries, role="list", style=_properties(page, page.timeline.themes[0].id)),
    ]


def _properties(page: Page, theme: str) -> dict[str, str]:
    """Return a theme's colours as Dash takes a style."""
    return dict(entry.split(":") for entry in page.style(theme).split(";"))


def _button(name: str, text: str, label: str | None = None, *, hidden: bool = False) -> html.Button:
    named = {"title": label, **aria(label=label)} if label else {}
    return html.Button(text, id=name, type="button", hidden=hidden, **named)


def aria(**states: str) -> dict[str, Any]:
    """Return states and names for a screen reader, as Dash takes them."""
    return {f"aria-{name}": state for name, state in states.items()}
