"""How much a document may hold: beyond each of these it is refused, with a message that says the limit."""

from __future__ import annotations

LARGEST = 256 * 2**20
"""Bytes of a file, and of the document in an exported page: ten times what 100,000 plain events take."""

DEEPEST = 50
"""Lists and objects in each other; a document needs no more than 9."""

EVENTS = 200_000
"""Events of one document: twice as many as the page is measured with."""

LONGEST = 2**20
"""Characters of one text."""

GREATEST, SMALLEST = 1e100, 1e-100
"""The sizes of numbers other than 0: a chart adds and multiplies them, and beyond 1e308 a float has no room."""

EDGE = 9999
"""The last year, before and after the first, of Plotly's date axis."""
