"""The site as processes of its own: web servers and workers on one database, to be killed at will."""

import contextlib
import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client

CSRF = 'c' * 32


@pytest.fixture
def database_url(tmp_path, monkeypatch):
    """The test's database as another process reaches it, and every thread of the test: on SQLite a file of its own."""
    old = connections['default']
    if old.vendor != 'sqlite':
        given = old.settings_dict
        login = quote(given['USER']) + (f':{quote(given["PASSWORD"])}' if given['PASSWORD'] else '')
        host = quote(given['HOST'] or '', safe='')
        yield f'postgres://{login}@{host}:{given["PORT"]}/{given["NAME"]}'
        return
    file = tmp_path / 'killed.sqlite3'
    old.ensure_connection()
    with sqlite3.connect(file) as copy:
        old.connection.backup(copy)
    copy.close()
    there = {**old.settings_dict, 'NAME': str(file)}
    monkeypatch.setitem(connections.settings, 'default', there)
    connections['default'] = DatabaseWrapper(there, alias='default')
    yield f'sqlite:///{file}'
    connections['default'].close()
    connections['default'] = old


def wait_until(true, seconds=60):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, 'it took too long'
        time.sleep(0.05)


class Site:
    """Starts web servers and workers; whatever still runs at the end is ended."""

    def __init__(self, database_url: str, data: Path) -> None:
        self.environ = os.environ | {
            'DATABASE_URL': database_url,
            'EMAIL_URL': 'memory:',
            'DATA_DIR': str(data),
            'SECRET_KEY': settings.SECRET_KEY,
            'DJANGO_SETTINGS_MODULE': 'tests.plain_static',
        }
        self.started: list[subprocess.Popen] = []

    def _start(self, *command: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, *command], cwd=settings.BASE_DIR, env=self.environ)
        self.started.append(process)
        return process

    def web(self, application: str = 'ukis.wsgi') -> 'Web':
        with socket.create_server(('127.0.0.1', 0)) as probe:
            port = probe.getsockname()[1]
        command = [
            '-m',
            'gunicorn',
            application,
            '-k',
            'gthread',
            '--threads',
            '4',
            '-b',
            f'127.0.0.1:{port}',
        ]
        web = Web(self._start(*command, '--no-control-socket', '--log-level', 'error'), port)
        wait_until(lambda: web.answers('/robots.txt'))
        return web

    def worker(self) -> subprocess.Popen:
        return self._start('manage.py', 'work')

    def stop(self) -> None:
        for process in self.started:
            process.kill()
        for process in self.started:
            process.wait()


class Web:
    """One web server, and how to speak to it as somebody."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port

    def answers(self, path: str) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask('GET', path)[0] == 200
        return False

    def ask(self, method: str, path: str, *, cookie: str = '', form: dict | None = None) -> tuple[int, str]:
        """Status and text; a form is posted with a token that fits. Raises where the server dies meanwhile."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        headers = {'Cookie': f'csrftoken={CSRF}; {cookie}', 'Origin': f'http://127.0.0.1:{self.port}'}
        body = None
        if form is not None:
            body = urlencode({**form, 'csrfmiddlewaretoken': CSRF})
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def upload(self, path: str, field: str, content: bytes, *, cookie: str = '') -> tuple[int, str]:
        """A file posted as the editor does it."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        body = (
            f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="a.png"\r\n'
            'Content-Type: image/png\r\n\r\n'
        ).encode() + content + b'\r\n--b--\r\n'  # fmt: skip
        headers = {
            'Cookie': f'csrftoken={CSRF}; {cookie}',
            'Origin': f'http://127.0.0.1:{self.port}',
            'X-CSRFToken': CSRF,
            'Content-Type': 'multipart/form-data; boundary=b',
        }
        try:
            connection.request('POST', path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def cookie_of(client: Client) -> str:
    return f'sessionid={client.cookies["sessionid"].value}'


@pytest.fixture
def site(database_url, tmp_path):
    site = Site(database_url, tmp_path / 'data')
    yield site
    site.stop()
