"""A real Firefox, spoken to by WebDriver BiDi."""

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

from tests.browser.driven import Driven

FIREFOX = os.environ.get('FIREFOX') or shutil.which('firefox-esr') or shutil.which('firefox') or ''
LISTENS = re.compile(r'WebDriver BiDi listening on (ws://\S+)')


class Firefox(Driven):
    """Raises AssertionError for what the page throws."""

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
        done = self.ask(
            'script.evaluate',
            expression=f'(async () => JSON.stringify(await (async () => {{ {script} }})() ?? null))()',
            target={'context': self.window},
            awaitPromise=True,
            userActivation=True,
        )
        assert done['type'] == 'success', done
        return json.loads(done['result']['value'])

    def act(self, kind: str, *steps: dict[str, Any]) -> None:
        actions = [{'type': kind, 'id': kind, 'actions': [*steps]}]
        self.ask('input.performActions', context=self.window, actions=actions)

    def narrow(self) -> None:
        self.ask('browsingContext.setViewport', context=self.window, viewport={'width': 320, 'height': 640})

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
