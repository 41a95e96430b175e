"""`serve` as an operator has it: a process, its children, signals, a port."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from ukis.management.request_line import LONGEST
from ukis.management.watching import Child

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0


def free_port() -> int:
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


class Served:
    """One `manage.py serve` with a folder, a database and a port of its own."""

    def __init__(self, folder: Path, *arguments: str, port: int = 0, **given: str):
        self.port = port or free_port()
        self.log = folder / 'serve.log'
        own = (
            'DATABASE_URL',
            'CACHE_URL',
            'EMAIL_URL',
            'SITE_URL',
            'MEDIA_BUCKET',
            'HOST',
            'WEB_CONCURRENCY',
            'WEB_THREADS',
        )
        environment = {name: value for name, value in os.environ.items() if name not in own}
        environment |= {'DATA_DIR': str(folder / 'data'), 'PORT': str(self.port), **given}
        with self.log.open('a') as log:
            self.process = subprocess.Popen(
                [sys.executable, 'manage.py', 'serve', *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def children(self, name: str) -> list[int]:
        """Process ids of the web server or the worker, in the order in which they were started."""
        return [
            int(found)
            for found in re.findall(rf'^{name} started as process (\d+)', self.log.read_text(), re.MULTILINE)
        ]

    def wait_for_children(self, name: str, number: int) -> int:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if len(self.children(name)) >= number:
                return self.children(name)[number - 1]
            time.sleep(0.1)
        raise AssertionError(f'{name} was not started {number} times:\n{self.log.read_text()}')

    def answer(self, address: str = '/') -> int:
        try:
            with urllib.request.urlopen(f'http://127.0.0.1:{self.port}{address}', timeout=PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> int:
        """Asked twice, as a terminal and a supervisor do."""
        self.process.send_signal(signal.SIGTERM)
        time.sleep(0.05)
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


# What is prepared already, without the files that only the pages' looks need.
QUICK = {'DJANGO_SETTINGS_MODULE': 'tests.plain_static'}


@pytest.fixture(scope='module')
def prepared(tmp_path_factory):
    """A folder with a database that is up to date."""
    folder = tmp_path_factory.mktemp('prepared')
    subprocess.run(
        [sys.executable, 'manage.py', 'migrate', '--verbosity', '0'],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != 'DATABASE_URL'}
        | {'DATA_DIR': str(folder)},
        check=True,
    )
    return folder


@pytest.fixture
def quick(prepared, tmp_path):
    """Starts `serve` on one prepared folder as often as asked; whatever still runs at the end is ended."""
    shutil.copytree(prepared, tmp_path / 'data')
    started = []

    def start(**given):
        started.append(Served(tmp_path, '--no-prepare', **QUICK, **given))
        return started[-1]

    yield start
    for serving in started:
        if serving.process.poll() is None:
            serving.stop()


@pytest.fixture
def served(tmp_path):
    serving = Served(tmp_path)
    yield serving
    if serving.process.poll() is None:
        serving.process.kill()
        serving.process.wait()


def test_serve_prepares_answers_restarts_what_dies_and_stops_cleanly(served):
    web, worker = served.wait_for_children('Web server', 1), served.wait_for_children('Worker', 1)
    assert served.answer() == 200

    os.kill(web, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    # Asked while there is no web server: the connection waits in the queue instead of being refused.
    assert served.answer() == 200
    again = [served.wait_for_children('Web server', 2), served.wait_for_children('Worker', 2)]
    assert [is_running(process_id) for process_id in (web, worker, *again)] == [False, False, True, True]

    assert served.stop() == 0
    assert [is_running(process_id) for process_id in again] == [False, False]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(('127.0.0.1', served.port), timeout=5)


def test_what_watches_is_small_and_the_number_of_the_process_stays(quick):
    """It loads nothing of the site: the web server and the worker do that."""
    serving = quick()
    serving.wait_for_children('Web server', 1)
    status = Path(f'/proc/{serving.process.pid}/status')
    if not status.exists():
        pytest.skip('this machine tells no memory of a process')

    held = int(re.search(r'VmRSS:\s+(\d+) kB', status.read_text())[1]) / 1024

    assert held < 40, held
    assert serving.stop() == 0
    assert (serving.log.parent / 'data' / 'serve.lock').read_text() == ''


def test_a_search_for_ten_thousand_letters_is_answered_and_an_endless_address_refused(quick):
    serving = quick()
    serving.wait_for_children('Web server', 1)
    asked = [*(quote(letter * 10_000) for letter in '%ŵ字😀'), 'x' * 200_000]

    statuses = [serving.answer(f'/blog/search/?q={words}') for words in asked]

    assert statuses == [200, 200, 200, 200, 414]
    buffers = re.search(
        r'large_client_header_buffers 4 (\d+)k;', (ROOT / 'deploy/nginx.conf.example').read_text()
    )
    assert buffers is not None
    assert int(buffers[1]) * 1024 == LONGEST


def test_the_environment_says_how_many_requests_are_answered_at_once(quick):
    serving = quick(WEB_THREADS='3')
    command = Path(f'/proc/{serving.wait_for_children("Web server", 1)}/cmdline')
    if not command.exists():
        pytest.skip('this machine tells no command of a process')

    assert '\0--threads\x003\0' in command.read_text()


def test_what_a_web_server_killed_outright_leaves_behind_is_asked_to_stop():
    child = Child('Web server', ['sh', '-c', 'sleep 60 & echo $! >&2; wait'])
    child.start()
    group = child.process.pid
    time.sleep(0.3)
    os.kill(group, signal.SIGKILL)
    child.process.wait(PATIENCE)

    assert child.death() == -signal.SIGKILL
    until = time.monotonic() + 5
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(0.05)


def test_serve_says_when_its_port_is_taken(tmp_path):
    with socket.create_server(('127.0.0.1', 0)) as taken:
        refused = subprocess.run(
            [sys.executable, 'manage.py', 'serve', '--no-prepare'],
            cwd=ROOT,
            env=os.environ | {'DATA_DIR': str(tmp_path), 'PORT': str(taken.getsockname()[1])},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert refused.returncode == 1
    assert 'Address already in use' in refused.stderr
    assert 'Traceback' not in refused.stderr


def test_a_second_serve_on_one_folder_is_refused_with_a_sentence_and_does_the_first_no_harm(quick):
    first = quick()
    first.wait_for_children('Web server', 1)
    for port in (first.port, 0):
        second = quick(port=port)
        assert second.process.wait(PATIENCE) == 1
    said = first.log.read_text()  # they share the log
    assert (
        said.count(f'in use already: process {first.process.pid}, serving at http://127.0.0.1:{first.port}/')
        == 2
    )
    assert 'Traceback' not in said
    assert first.answer() == 200


def test_two_started_at_once_are_one_that_serves_and_one_that_says_why_not(quick):
    both = [quick(), quick()]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and all(one.process.poll() is None for one in both):
        time.sleep(0.1)
    [first] = [one for one in both if one.process.poll() is None]
    first.wait_for_children('Web server', 1)
    assert first.answer() == 200
    assert first.log.read_text().count('in use already') == 1


def test_one_that_was_killed_outright_is_followed_by_the_next_on_the_same_port(quick):
    first = quick()
    first.wait_for_children('Web server', 1)
    assert first.answer() == 200
    first.process.kill()
    first.process.wait()
    again = quick(port=first.port)
    again.wait_for_children('Web server', 2)
    assert again.answer() == 200
    assert again.stop() == 0


def test_a_database_that_is_not_there_yet_is_waited_for(tmp_path):
    nobody = free_port()
    serving = Served(tmp_path, **QUICK, DATABASE_URL=f'postgres://postgres@127.0.0.1:{nobody}/ukis')
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and serving.log.read_text().count('waiting for it') < 2:
        time.sleep(0.1)
    with pytest.raises(ConnectionRefusedError):  # rather than kept waiting: what stands in front can say so
        socket.create_connection(('127.0.0.1', serving.port), timeout=5)
    assert serving.stop() == 1
    assert 'Traceback' not in serving.log.read_text()
    assert 'Stopped before the database was there.' in serving.log.read_text()


def test_several_processes_without_a_cache_of_their_own_are_refused(tmp_path):
    refused = subprocess.run(
        [sys.executable, 'manage.py', 'serve'],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ('CACHE_URL', 'DATABASE_URL')}
        | {**QUICK, 'DATA_DIR': str(tmp_path), 'PORT': str(free_port()), 'WEB_CONCURRENCY': '2'},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert refused.returncode == 1
    assert 'ukis.E001' in refused.stderr
    assert 'Let CACHE_URL name a Redis or Valkey' in refused.stderr


INTERRUPTED = """
import sys
from ukis.management.stopping import Stopping
stopping = Stopping()
def interrupt(*_):
    stopping._ask()
    return interrupt
sys.settrace(interrupt)
stopping.pause(0.01)
stopping._ask()
sys.settrace(None)
print(stopping.asked())
"""


def test_being_asked_to_stop_at_any_line_and_twice_at_once_hangs_nothing():
    """A terminal, make and a supervisor each pass the signal on: one handler runs inside another."""
    asked = subprocess.run(
        [sys.executable, '-c', INTERRUPTED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert asked.stdout == 'True\n', asked.stderr
