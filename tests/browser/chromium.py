# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium, driven over a pipe by the DevTools protocol: the standard library is enough."""

import base64
import collections
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe")
ANSWER_TIMEOUT_S = 120


class Browser:
    """A browser of its own, with an empty profile. One thread."""

    def __init__(self):
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None:
            raise FileNotFoundError(f"none of {', '.join(PROGRAMS)} is installed: run ./dev browser, which installs it")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        # The shell puts the pipe where the browser looks for it: it reads from 3 and writes to 4.
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        command = [program, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"]
        self._process = subprocess.Popen(["bash", "-c", script, "bash", *command], pass_fds=(to_browser, from_browser),
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._last_id = 0
        self._buffer = b""
        self.events = collections.deque()

    def close(self):
        try:
            self.call("Browser.close")
            self._process.wait(timeout=20)
        except (OSError, EOFError, subprocess.TimeoutExpired):
            self._process.kill()
        os.close(self._out)
        os.close(self._in)
        self._profile.cleanup()

    def call(self, method, session=None, **parameters):
        """The result of a command; events that come before it are kept."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") != self._last_id:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def receive(self):
        """The next message."""
        timer = threading.Timer(ANSWER_TIMEOUT_S, self._process.kill)
        timer.start()
        try:
            while b"\0" not in self._buffer:
                piece = os.read(self._in, 1 << 20)
                if not piece:
                    raise EOFError("the browser ended")
                self._buffer += piece
        finally:
            timer.cancel()
        text, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(text)


class Page:
    """A tab. `width` and `height` in CSS pixels."""

    def __init__(self, browser, width=1100, height=900, dark=False):
        self._browser = browser
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def call(self, method, **parameters):
        return self._browser.call(method, session=self._session, **parameters)

    def open(self, path):
        """Opens a file and waits until its pictures are drawn."""
        self._browser.events.clear()
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        self._wait_for("Page.loadEventFired")
        self.settle()

    def settle(self):
        """Waits until what the page put off to its next frames is done."""
        frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
        self.evaluate(frames, awaitPromise=True)

    def _wait_for(self, method):
        if any(event.get("method") == method and event.get("sessionId") == self._session for event in self._browser.events):
            return
        while True:
            event = self._browser.receive()
            self._browser.events.append(event)
            if event.get("method") == method and event.get("sessionId") == self._session:
                return

    def evaluate(self, expression, **options):
        """The value of a JavaScript expression. The page's policy does not hold for it."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, **options)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def _events(self, *methods):
        self.evaluate("0")  # what came before has come
        return [event["params"] for event in self._browser.events
                if event.get("sessionId") == self._session and event.get("method") in methods]

    def complaints(self):
        """What the console says: errors, warnings, and whatever a script logs."""
        logged = [entry["entry"]["text"] for entry in self._events("Log.entryAdded")]
        thrown = [str(thrown["exceptionDetails"]) for thrown in self._events("Runtime.exceptionThrown")]
        return logged + thrown + [str(call["args"]) for call in self._events("Runtime.consoleAPICalled")]

    def dialogs(self):
        return self._events("Page.javascriptDialogOpening")

    def fetched(self):
        """The addresses that were asked for, data: addresses aside."""
        addresses = [sent["request"]["url"] for sent in self._events("Network.requestWillBeSent")]
        return [address for address in addresses if not address.startswith("data:")]

    def screenshot(self, path, whole=True):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=whole, **({"clip": clip} if whole else {}))
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, path):
        printed = self.call("Page.printToPDF", preferCSSPageSize=False, printBackground=True, paperWidth=8.27, paperHeight=11.69)
        pathlib.Path(path).write_bytes(base64.b64decode(printed["data"]))
