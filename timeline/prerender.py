"""A Dash layout as plain HTML: what the page shows in its place until scripts have made it live.

It has no ids, since the live one has them, but classes of the same names; its controls can neither be pressed nor
focused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

LEFT_OUT = {"aria-label", "aria-live", "children", "htmlFor", "id", "n_clicks", "tabIndex"}
INERT = {"count", "start-here", "steps", "toolbar", "ui_overview"}
"""Classes of what answers to a reader only once scripts run."""
INPUT = Markup(
    '<div class="dash-input-container dash-input"><input class="dash-input-element" type="{}" placeholder="{}"></div>'
)


def prerendered(component: Any, filled: Mapping[str, Markup]) -> Markup:  # noqa: ANN401 - what Dash takes for a child
    """Return a component and all in it as HTML; ``filled`` has the content of some, by their ids."""
    if component is None:
        return Markup()
    if isinstance(component, (list, tuple)):
        return Markup().join(prerendered(one, filled) for one in component)
    if not hasattr(component, "to_plotly_json"):
        return escape(str(component))
    told = component.to_plotly_json()
    name, given = told["type"], told["props"]
    if given.get("id") in filled and name == "Graph":
        return filled[given["id"]]
    if told["namespace"] == "dash_core_components":
        return INPUT.format(given["type"], given["placeholder"]) if name == "Input" else Markup()
    attributes = Markup().join(Markup(' {}="{}"').format(*one) for one in _attributes(given))
    inside = filled.get(given.get("id", "")) or prerendered(given.get("children"), filled)
    tag = name.lower()
    return Markup("<{}{}>{}</{}>").format(tag, attributes, inside, tag)


def _attributes(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = {name: value for name, value in given.items() if name not in LEFT_OUT and value not in (None, False)}
    if "style" in found:
        found["style"] = ";".join(f"{name}:{value}" for name, value in found["style"].items())
    if found.get("role") != "list":  # whose style depends on it
        found.pop("role", None)
    classes = " ".join(str(given[name]) for name in ("className", "id") if given.get(name))
    if classes:
        found["className"] = classes
    if INERT & {*classes.split()}:
        found["inert"] = True
    return [(name.replace("className", "class"), "" if value is True else value) for name, value in found.items()]
