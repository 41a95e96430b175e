"""A real Chromium under the real Content-Security-Policy. What it complains of fails the test."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from members.models import Person

CHROMIUM = os.environ.get('CHROMIUM') or shutil.which('chromium') or shutil.which('google-chrome') or ''
QUIET = (
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
)


@pytest.fixture(scope='session')
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if not CHROMIUM:
        refuse = pytest.fail if os.environ.get('CI') == 'true' else pytest.skip
        refuse('there is no Chromium here: set CHROMIUM to its path')
    return {**browser_type_launch_args, 'executable_path': CHROMIUM, 'args': [*QUIET]}


@pytest.fixture(autouse=True)
def _async_unsafe(monkeypatch) -> None:
    monkeypatch.setenv('DJANGO_ALLOW_ASYNC_UNSAFE', 'true')


@pytest.fixture
def wrong() -> list[str]:
    """What pages complained of. A test that provokes a complaint takes it out again."""
    return []


@pytest.fixture
def opened(browser: Browser, live_server, signed_in, wrong: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a browser of somebody's own: `opened()` for a visitor, `opened(editor)` signed in, with a second
    factor. At the end of the test no page may have complained on the console or thrown an error."""
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ('error', 'warning'):
            wrong.append(f'{message.location.get("url")}: {message.text}')

    def open_for(person: Person | None = None, *, scripts: bool = True) -> Page:
        context = browser.new_context(base_url=live_server.url, locale='en-GB', java_script_enabled=scripts)
        contexts.append(context)
        if person:
            value = signed_in(person).cookies['sessionid'].value
            context.add_cookies([{'name': 'sessionid', 'value': value, 'url': live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on('console', note)
        page.on('pageerror', lambda error: wrong.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        context.close()
    # The server's threads share the test's database, which must not be emptied under them.
    for thread in threading.enumerate():
        if 'process_request_thread' in thread.name:
            thread.join(timeout=5)
    assert wrong == []
