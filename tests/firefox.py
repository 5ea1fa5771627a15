"""Firefox without a driver: what a test needs of WebDriver BiDi, the protocol that the browser speaks itself."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import VIOLATIONS
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

PATIENCE = 60
"""Seconds until what does not come is missed; other programs share the machine."""
EVENTS = ["log.entryAdded", "network.beforeRequestSent", "browsingContext.userPromptOpened"]
PREFERENCES = """user_pref("services.settings.server", "data:,");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""
"""What Firefox would ask of its makers' servers."""
KEYS = {
    "Shift": "\ue008", "Escape": "\ue00c", "Enter": "\ue007", "ArrowLeft": "\ue012", "ArrowRight": "\ue014",
}  # fmt: skip
"""The letters that stand for keys without one."""


class Firefox:
    """One tab of a running Firefox, and all that its pages said and asked for, themselves included."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.said: list[str] = []
        self.asked: list[str] = []
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=EVENTS)
        self._send("script.addPreloadScript", functionDeclaration=f"() => {{ {VIOLATIONS} }}")
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _send(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - what the protocol answers
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer["type"] == "event":
                self._hear(answer["method"], answer["params"])
            elif answer["id"] == self._number:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        if event == "network.beforeRequestSent":
            self.asked.append(told["request"]["url"])
        elif event == "log.entryAdded":
            self.said.append(f"{told['level']}: {told['text']}")
        else:
            self.said.append(f"dialog: {told['message']}")

    def _act(self, kind: str, *actions: dict[str, Any]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self._send("input.performActions", context=self._tab, actions=[source])

    def open(self, address: str) -> None:
        """Open an address in a tab of its own, in place of the last one, and forget what that said and asked for."""
        last, self._tab = self._tab, self._send("browsingContext.create", type="tab")["context"]
        self._send("browsingContext.close", context=last)
        self._send("browsingContext.setViewport", context=self._tab, viewport={"width": 1280, "height": 900})
        self.said, self.asked = [], []
        self._send("browsingContext.navigate", context=self._tab, url=address, wait="interactive")

    def reload(self) -> None:
        """Load the page again."""
        self._send("browsingContext.reload", context=self._tab, wait="interactive")

    def value(self, expression: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what an expression of the page's is, or becomes."""
        found = self._send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert found["type"] == "success", f"{expression}: {found}"
        return json.loads(found["result"].get("value", "null"))

    def run(self, script: str) -> None:
        """Run statements in the page."""
        self.value(f"(async () => {{ {script} }})()")

    def wait(self, expression: str, value: object = True) -> None:  # noqa: FBT002 - what most expressions come to
        """Wait until an expression of the page's has a value."""
        until = time.monotonic() + PATIENCE
        while (found := self.value(expression)) != value:
            assert time.monotonic() < until, f"{expression} is {found!r}, not {value!r}; said: {self.said}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press keys together, each by its name or its letter."""
        named = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": key} for key in named]
        self._act("key", *down, *({**one, "type": "keyUp"} for one in reversed(down)))

    def type(self, text: str) -> None:
        """Write a text where the focus is."""
        for letter in text:
            self.press(letter)

    def click(self, selector: str) -> None:
        """Click on the middle of the first element that a selector finds, as a mouse does."""
        box = self.value(
            f"((one) => {{ one.scrollIntoView({{ block: 'center', behavior: 'instant' }});"
            " const { x, y, width, height } = one.getBoundingClientRect();"
            f" return [x + width / 2, y + height / 2]; }})(document.querySelector({json.dumps(selector)}))"
        )
        x, y = map(round, box)
        move = {"type": "pointerMove", "x": x, "y": y}
        self._act("pointer", move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0})

    def printed(self) -> int:
        """Print the page; return how many sheets that takes."""
        paper = base64.b64decode(self._send("browsingContext.print", context=self._tab)["data"])
        streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
        objects = b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
        return len(re.findall(rb"/Type\s*/Page\b", paper + objects))


def _program() -> str:
    named = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    return named or pytest.fail("no Firefox to test with (apt-get install firefox-esr)", pytrace=False)


def _address(profile: Path) -> str:
    """Return where a Firefox listens that was started with a profile; it writes that down there."""
    note = profile / "WebDriverBiDiServer.json"
    until = time.monotonic() + PATIENCE
    while not note.exists():
        assert time.monotonic() < until, "Firefox did not start"
        time.sleep(0.05)
    return "ws://{ws_host}:{ws_port}/session".format(**json.loads(note.read_text("utf-8")))


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Give a Firefox with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        (profile / "user.js").write_text(PREFERENCES, "utf-8")
        command = [_program(), "--headless", "--remote-debugging-port", "0", "--profile", folder]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=quiet, stderr=quiet, env={**os.environ, "HOME": folder}) as process:
            try:
                with connect(_address(profile), max_size=None) as socket:
                    yield Firefox(socket)
            finally:
                process.kill()  # its profile is thrown away, and asked to end it may wait for something
