"""A real WebKitGTK, spoken to by plain WebDriver, on a screen that nobody sees."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.driven import Driven

DRIVER = shutil.which('WebKitWebDriver') or ''
SCREEN = shutil.which('Xvfb') or ''
# Nothing is drawn by the graphics card, and no service of a desktop is asked.
PLAIN = {'WEBKIT_DISABLE_COMPOSITING_MODE': '1', 'LIBGL_ALWAYS_SOFTWARE': '1', 'NO_AT_BRIDGE': '1'}


class Webkit(Driven):
    def __init__(self, folder: Path) -> None:
        screen = [SCREEN, '-displayfd', '1', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp']
        self.screen = subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.screen.stdout is not None
        display = f':{self.screen.stdout.readline().strip()}'
        with socket.create_server(('127.0.0.1', 0)) as free:
            port = free.getsockname()[1]
        self.address = f'http://127.0.0.1:{port}'
        homes = {name: str(folder) for name in ('HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR')}
        with (folder / 'webkit.log').open('wb') as log:
            self.driver = subprocess.Popen(
                [DRIVER, f'--port={port}'],
                env={**os.environ, **PLAIN, **homes, 'DISPLAY': display},
                stdout=log,
                stderr=log,
            )
        self._listening(port)
        self.session = ''
        self.session = '/session/' + self.ask('POST', '/session', capabilities={})['sessionId']

    def _listening(self, port: int) -> None:
        for _ in range(300):
            try:
                return socket.create_connection(('127.0.0.1', port)).close()
            except OSError:
                time.sleep(0.1)
        raise AssertionError('WebKitWebDriver did not open its port')

    def ask(self, method: str, path: str, **body: Any) -> Any:
        sent = json.dumps(body).encode() if method == 'POST' else None
        asked = urllib.request.Request(self.address + self.session + path, data=sent, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=90) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as refused:
            raise AssertionError((method, path, refused.read().decode()[:2_000])) from refused

    def sign_in(self, url: str, session: str) -> None:
        """A cookie can only be set on a page of its site."""
        self.go(f'{url}/robots.txt')
        self.ask('POST', '/cookie', cookie={'name': 'sessionid', 'value': session, 'path': '/'})

    def go(self, url: str) -> None:
        self.ask('POST', '/url', url=url)

    def run(self, script: str) -> Any:
        return self.ask('POST', '/execute/sync', script=script, args=[])

    def act(self, kind: str, *steps: dict[str, Any]) -> None:
        self.ask('POST', '/actions', actions=[{'type': kind, 'id': kind, 'actions': [*steps]}])

    def narrow(self) -> None:
        self.ask('POST', '/window/rect', width=320, height=640)
        self.until('innerWidth < 500')

    def close(self) -> None:
        try:
            self.ask('DELETE', '')
        finally:
            for process in (self.driver, self.screen):
                process.terminate()
                process.wait(20)


@pytest.fixture
def webkit(tmp_path: Path) -> Iterator[Webkit]:
    if not (DRIVER and SCREEN):
        refuse = pytest.fail if os.environ.get('CI') == 'true' else pytest.skip
        refuse('there is no WebKitGTK here: install webkit2gtk-driver and xvfb')
    browser = Webkit(tmp_path)
    yield browser
    browser.close()
