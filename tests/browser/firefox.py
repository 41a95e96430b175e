"""A real Firefox, spoken to by WebDriver BiDi: what a person does with keyboard and mouse, and what stands on the page."""

import itertools
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

FIREFOX = os.environ.get('FIREFOX') or shutil.which('firefox-esr') or shutil.which('firefox') or ''
LISTENS = re.compile(r'WebDriver BiDi listening on (ws://\S+)')


class Firefox:
    """One window, signed in as whoever's cookie it is given. Raises AssertionError for what the page throws."""

    def __init__(self, profile: Path) -> None:
        self.log = profile.parent / 'firefox.log'
        command = [
            FIREFOX,
            '--headless',
            '--no-remote',
            '--profile',
            str(profile),
            '--remote-debugging-port',
            '0',
        ]
        with self.log.open('wb') as log:
            self.process = subprocess.Popen([*command, 'about:blank'], stdout=log, stderr=log)
        self.socket = self._connected()
        self.numbers = itertools.count(1)
        self.errors: list[str] = []
        self.ask('session.new', capabilities={})
        self.window = self.ask('browsingContext.getTree')['contexts'][0]['context']
        self.ask('session.subscribe', events=['log.entryAdded'])

    def _connected(self) -> ClientConnection:
        for _ in range(600):
            if found := LISTENS.search(self.log.read_text(errors='replace')):
                return connect(f'{found[1]}/session', max_size=None)
            assert self.process.poll() is None, self.log.read_text(errors='replace')
            time.sleep(0.1)
        raise AssertionError('Firefox did not open its socket')

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.socket.send(json.dumps({'id': number, 'method': method, 'params': params}))
        while True:
            answer = json.loads(self.socket.recv(timeout=90))
            if answer.get('id') == number:
                assert answer['type'] == 'success', (method, answer)
                return answer['result']
            entry = answer.get('params', {})
            if entry.get('level') == 'error' and entry.get('type') == 'javascript':
                self.errors.append(entry.get('text') or '')

    def sign_in(self, url: str, session: str) -> None:
        host = url.removeprefix('http://').partition(':')[0]
        cookie = {
            'name': 'sessionid',
            'value': {'type': 'string', 'value': session},
            'domain': host,
            'path': '/',
        }
        self.ask('storage.setCookie', cookie=cookie)

    def go(self, url: str) -> None:
        self.ask('browsingContext.navigate', context=self.window, url=url, wait='complete')

    def run(self, script: str) -> Any:
        """What the body of a function gives back, as JSON."""
        done = self.ask(
            'script.evaluate',
            expression=f'(async () => JSON.stringify(await (async () => {{ {script} }})() ?? null))()',
            target={'context': self.window},
            awaitPromise=True,
            userActivation=True,
        )
        assert done['type'] == 'success', done
        return json.loads(done['result']['value'])

    def until(self, script: str, seconds: float = 20) -> Any:
        """Asks until the answer is true."""
        deadline = time.monotonic() + seconds
        while not (answer := self.run(f'return {script}')):
            assert time.monotonic() < deadline, (script, self.text()[:600])
            time.sleep(0.1)
        return answer

    def text(self) -> str:
        return self.run('return document.body?.innerText ?? ""')

    def type(self, text: str) -> None:
        keys = [{'type': kind, 'value': letter} for letter in text for kind in ('keyDown', 'keyUp')]
        self.ask(
            'input.performActions',
            context=self.window,
            actions=[{'type': 'key', 'id': 'keyboard', 'actions': keys}],
        )

    def click(self, selector: str) -> None:
        """With the mouse, in the middle of what the selector finds first."""
        x, y = self.until(
            f"""(() => {{
                const found = document.querySelector({json.dumps(selector)})
                if (!found) return null
                found.scrollIntoView({{block: 'center'}})
                const box = found.getBoundingClientRect()
                return box.width ? [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] : null
            }})()"""
        )
        steps = [
            {'type': 'pointerMove', 'x': x, 'y': y},
            {'type': 'pointerDown', 'button': 0},
            {'type': 'pointerUp', 'button': 0},
        ]
        self.ask(
            'input.performActions',
            context=self.window,
            actions=[{'type': 'pointer', 'id': 'mouse', 'actions': steps}],
        )

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    if not FIREFOX:
        refuse = pytest.fail if os.environ.get('CI') == 'true' else pytest.skip
        refuse('there is no Firefox here: set FIREFOX to its path')
    profile = tmp_path / 'profile'
    profile.mkdir()
    browser = Firefox(profile)
    yield browser
    browser.close()
    assert browser.errors == []
