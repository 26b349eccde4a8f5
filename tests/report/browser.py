"""A headless Chromium, driven over a pipe, for tests of pages as people see and use them."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

BINARY = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (path := shutil.which(name))
    ),
    None,
)
#: Pictures of pages are kept in this folder, where it is named.
ARTIFACTS = "FARGATE_LINT_ARTIFACTS"
SECONDS = 60
#: What each key is to a page: its code and the text that it types.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}


class Browser:
    """A browser of its own, with a profile in `folder`.

    https://chromedevtools.github.io/devtools-protocol/
    """

    def __init__(self, folder: Path) -> None:
        assert BINARY is not None
        self._folder = folder
        self._buffer = b""
        self._count = 0
        self.events: list[dict[str, Any]] = []
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()
        # The browser reads from its descriptor 3 and writes to 4.
        self._process = subprocess.Popen(
            [
                "bash", "-c", f'exec "$0" "$@" 3<&{commands} 4>&{answers}', BINARY,
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank",
            ],
            pass_fds=(commands, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(commands)
        os.close(answers)

    def close(self) -> None:
        """End the browser."""
        self.send("Browser.close")
        self._process.wait(SECONDS)
        os.close(self._out)
        os.close(self._in)

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The answer to a command; what happens in the meantime is added to `events`."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._count:
                assert "error" not in found, (method, found)
                result: dict[str, Any] = found["result"]
                return result
            self.events.append(found)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            ready = select.select([self._in], [], [], max(until - time.monotonic(), 0))[0]
            data = os.read(self._in, 1 << 20) if ready else b""
            assert data, "the browser does not answer"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, page: str, *, width: int = 1280, dark: bool = False, paper: bool = False) -> Tab:
        """A page of HTML in a tab of its own, `width` pixels wide."""
        file = self._folder / f"page-{self._count}.html"
        file.write_text(page, "utf-8")
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target)
        for domain in ("Page", "Runtime", "Log"):
            tab.send(f"{domain}.enable")
        tab.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        tab.send("Emulation.setEmulatedMedia", media="print" if paper else "", features=[scheme])
        tab.send("Page.navigate", url=file.as_uri())
        tab.run("new Promise(done => document.readyState === 'complete' ? done() : onload = done)")
        return tab


class Tab:
    """One page in a browser."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser = browser
        self._session = session
        self._target = target

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to a command about this page."""
        return self._browser.send(method, self._session, **parameters)

    def close(self) -> None:
        """Close the tab."""
        self._browser.send("Target.closeTarget", targetId=self._target)

    def run(self, expression: str) -> Any:
        """What a JavaScript expression comes to, awaited when it is a promise."""
        found = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str, times: int = 1) -> None:
        """Press a key of KEYS."""
        code, text = KEYS[key]
        name = " " if key == "Space" else key
        shape = {"key": name, "code": key, "windowsVirtualKeyCode": code}
        for _ in range(times):
            self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **shape)
            self.send("Input.dispatchKeyEvent", type="keyUp", **shape)

    def complaints(self) -> list[str]:
        """What the page's console has: errors of scripts, what a policy refused."""
        kinds = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [
            json.dumps(event["params"])
            for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] in kinds
        ]

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page as `name`.png, where pictures are kept."""
        folder = os.environ.get(ARTIFACTS)
        if folder:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            found = self.send(
                "Page.captureScreenshot", captureBeyondViewport=True, clip={**size, "scale": 1}
            )
            os.makedirs(folder, exist_ok=True)
            Path(folder, f"{name}.png").write_bytes(base64.b64decode(found["data"]))

    def printed(self, name: str) -> bytes:
        """The page as a PDF, which is kept as `name`.pdf like a picture."""
        data = base64.b64decode(self.send("Page.printToPDF", printBackground=False)["data"])
        folder = os.environ.get(ARTIFACTS)
        if folder:
            os.makedirs(folder, exist_ok=True)
            Path(folder, f"{name}.pdf").write_bytes(data)
        return data
