"""Every word that the interface says, in one table, and in another what the served page alone says.

Dates have theirs in :mod:`timeline.dates`.

``{name}`` is filled in by Python with :meth:`str.format` and in the browser by ``timeline.say``. A key that ends in
``_one`` is its neighbour for the number one.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\u2068", "\u2069"
"""Unicode's first strong isolate, and its end."""
TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters written from right to left, and signs that turn the direction."""


WORDS = {
    "after_period": "{count} after the period",
    "agree": "they agree",
    "all_sources": "Sources",
    "alone": "stands alone",
    "and": "{names} and {last}",
    "and_others": "{first} and {count} more",
    "at_least": "at least {number}",
    "attributed": "{by}:",
    "before_period": "{count} before the period",
    "chart": "Timeline chart. Arrow keys go through the events, Enter opens one, plus and minus zoom.",
    "chief": "Of {total} events, these are the {shown} most important. With scripts, this page shows them all.",
    "chart_of": "Chart of {title}: all of its events, each in the lane of its theme. The list below has them in words.",
    "choose": "Choose an event in the chart or the list to read what is said of it, and by whom.",
    "chosen_hidden": "The chosen event is hidden by the filters",
    "chosen_outside": "The chosen event lies outside the period shown",
    "cite": "Cite",
    "cite_event": "‘{title}’, {date}, in: {record}",
    "cite_read": "Read on {today}",
    "cite_search": "search for “{q}”",
    "cite_themes": "themes: {themes}",
    "cite_this_event": "Cite the chosen event",
    "cite_this_link": "Link to this view",
    "cite_this_view": "Cite this view",
    "cite_years": "{from} to {to}",
    "clear": "Clear filters",
    "close": "Close details",
    "close_dialog": "Close",
    "colophon": "About this record",
    "column_date": "Date",
    "column_event": "Event",
    "column_sources": "Sources",
    "column_theme": "Themes",
    "confirmed": "confirmed",
    "connections": "Connections",
    "contact": "Report a mistake",
    "contact_words": "Report a mistake: {contact}",
    "context": "Context added by the editors; not in the texts that the record is drawn from.",
    "contradicted": "contradicted",
    "contradicts": "Contradicts",
    "copied": "Copied.",
    "copy": "Copy",
    "copy_table": "Copy the table",
    "correction": "Corrected:",
    "corrects": "Correcting: {says}",
    "details": "Details of the chosen event",
    "differ": "they differ",
    "disagreements": (
        "Questions that historians answer differently, and numbers of the same thing at the same time that cannot "
        "all be right. Nothing here is averaged: numbers of different scope stand apart."
    ),
    "download": "Download",
    "drawn": "{drawn} of {total}",
    "earlier": "Earlier",
    "editors": "Editors: {names}",
    "et_al": "{name} et al.",
    "events": "{total} events",
    "events_one": "1 event",
    "events_shown": "{shown} of {total} events",
    "events_title": "Events in time order",
    "failed": (
        "The interactive chart could not start in this browser: it takes Chrome or Edge 125, Firefox 121, Safari 17.5, "
        "or a newer one. All events and sources can be read below."
    ),
    "figures_shown": "Figures below the lanes: {shown} of {total}",
    "file_bibtex": "Sources as BibTeX",
    "file_csl": "Sources as CSL-JSON",
    "file_csv": "Table as CSV",
    "file_json": "Events as JSON",
    "file_record": "Whole record as JSON",
    "fit": "Whole period",
    "from": "From",
    "from contradicts": "Contradicted by",
    "from led to": "Came from",
    "from part of": "Includes",
    "from response to": "Answered by",
    "gap": "{years}: no entries",
    "glossary": "Words to know",
    "heard": "Says {count} things here",
    "heard_alone": "{count} alone",
    "heard_both": "{count} of them both",
    "heard_confirmed": "{count} confirmed",
    "heard_contradicted": "{count} contradicted",
    "heard_one": "Says one thing here",
    "heard_rest": "and {count} more",
    "how_to_read": "How to read the chart",
    "in_version": "version {version}",
    "is_corrected": "corrected",
    "key_close": "close the details",
    "key_ends": "first and last event shown",
    "key_fit": "whole period",
    "key_keys": "this list",
    "key_lanes": "next lane up or down",
    "key_open": "open the event",
    "key_pan": "move the window",
    "key_search": "search",
    "key_walk": "earlier and later event",
    "key_zoom": "zoom in and out",
    "keys": "Keys",
    "keys_anywhere": "/ and ? answer anywhere on the page",
    "later": "Later",
    "led to": "Led to",
    "legend_by": "by this date at the latest; fades in before it",
    "legend_claim": "a figure that one claim gives; never joined",
    "legend_corrected": "a figure that is corrected",
    "legend_fading": "from … to …, an end that is approximate fades",
    "legend_firm": "from … to …, as dated",
    "legend_observation": "a figure of a series; its range is a bar",
    "legend_open": "still going on: runs to the edge",
    "legend_point": "on a known day",
    "legend_soft": "some time within this extent",
    "legend_unsure": "paler: not checked against the printed source",
    "licence": "Licence: {licence}",
    "list_before": "Show the {count} before",
    "list_for_rest": "or see the list",
    "list_more": "Show {count} more",
    "list_shows": "{first} to {last} of {total} events",
    "location": "{title}, {part}",
    "measures": "The figures",
    "no_entries": "no entries",
    "none": "No event passes these filters.",
    "noscript": "Without scripts this page is a still chart and the record in time order; with scripts it answers.",
    "not_a_date": "“{text}” is no date from {first} to {last}: write {year}, {month} or {day}.",
    "not_copied": "This browser does not let the page copy; select the text and copy it.",
    "one_source": "no other number",
    "open_article": "Who says so: sources ({count})",
    "overview": "Window of the period shown; arrow keys move it, up and down make it narrower and wider",
    "overview_shows": "{from} to {to}",
    "own_texts": "Hollow: given by one of the texts that this record is drawn from.",
    "pages": "pp. {pages}",
    "part of": "Part of",
    "place": "Place: {place}",
    "repeats": "repeats: {title}",
    "response to": "A response to",
    "said_of": "In:",
    "saved": "Saved as {name}.",
    "scopes": "Numbers of different scope stand apart and are not compared.",
    "search": "Search",
    "search_hint": "words, names, places",
    "see_disagreement": "Where the sources differ on it",
    "see_figures": "see the figures",
    "series_figures": "{measure}, {series}: {count} figures",
    "series_figures_one": "{measure}, {series}: one figure",
    "shut_article": "Close",
    "side_by_side": "Figures side by side",
    "skip": "Skip to the events",
    "skip_chart": "Skip to the chart",
    "skip_view": "Skip to: {view}",
    "sources_lead": (
        "Under each source stands all that it says here, in its own order. Confirmed: another independent source "
        "says the same, or gives a number that agrees. Contradicted: a correction, or another number of the same "
        "thing that cannot be right as well. Two texts that repeat one source count once."
    ),
    "span": "from {low} to {high}",
    "start_here": "Or take a tour",
    "style_dark": "Dark page",
    "style_light": "Light page",
    "themes": "Themes",
    "to": "to",
    "tour_back": "Back",
    "tour_leave": "Leave the tour",
    "tour_left": "The tour “{title}” is left; the timeline stays as it is.",
    "tour_next": "Next",
    "tour_place": "{title}: step {step} of {steps}",
    "tour_start": "Start this tour",
    "tour_steps": "Its {count} steps to read",
    "unsure": "not checked against the printed source",
    "up_to": "up to {number}",
    "version": "Version {version}",
    "view_disagreements": "Disagreements",
    "view_figures": "Figures",
    "view_sources": "Sources",
    "view_table": "Table",
    "view_timeline": "Timeline",
    "view_tours": "Tours",
    "view_words": "Words",
    "views": "Views",
    "who_says_so": "Who says so",
    "whole_record": "Whole record",
    "years": "Years shown",
    "zoom_for_rest": "drawn; zoom in,",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
}

SERVED = {
    "broken": "{file} has {count} faults now. The page shows it as it was before.",
    "broken_more": "and {count} more, which `timeline check` names",
    "broken_one": "{file} has a fault now. The page shows it as it was before.",
    "broken_region": "The state of the document",
    "broken_title": "What is wrong",
}
"""What no exported page says, so that none holds it."""


def say(key: str, **values: object) -> str:
    """Fill in one of the interface's sentences; ``KeyError`` names a word that neither table has.

    Counts have their thousands parted, and what turns a text's direction ends with it, in the browser as well.
    """
    sentence = SERVED[key] if key in SERVED else WORDS[key]
    return sentence.format(**{name: _filled(value) for name, value in values.items()})


def _filled(value: object) -> object:
    if isinstance(value, int):
        return f"{value:,}"
    return isolated(value) if isinstance(value, str) else value


def isolated(text: str) -> str:
    r"""Return a text so that, in a sentence, it does not turn the direction of what stands around it.

    Only what holds letters or signs that do so is put between marks of Unicode for that; ``assets/chart.js`` does the
    same. A text that closes more than it opens has as many marks more.

    >>> isolated("Ann"), isolated("\u202eAnn"), isolated("\u2069\u202eAnn")
    ('Ann', '\u2068\u202eAnn\u2069', '\u2068\u2068\u2069\u202eAnn\u2069')
    """
    if text.isascii() or not TURNING.search(text):
        return text
    depth = least = 0
    for sign in re.findall("[\u2066-\u2069]", text):
        depth += -1 if sign == CLOSE else 1
        least = min(least, depth)
    return OPEN * (1 - least) + text + CLOSE * (1 + depth - least)
