"""The cache may be dead or hang: pages wait a moment at most, limits are counted in memory, and it comes back."""

import os
import shutil
import socket
import subprocess
import time

import pytest

from tests.processes import wait_until
from ukis import cache as cache_module
from ukis import limits
from ukis.cache import RedisOrMemory
from ukis.limits import HOUR, Limit


@pytest.fixture(autouse=True)
def _as_if_new(monkeypatch):
    monkeypatch.setattr(RedisOrMemory, '_away_until', {})


@pytest.fixture
def port() -> int:
    with socket.create_server(('127.0.0.1', 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def server(port):
    """Starts a Redis at `port` when called; ended with the test."""
    program = shutil.which('redis-server')
    if program is None:
        if os.environ.get('CI'):
            pytest.fail('There is no redis-server')
        pytest.skip('There is no redis-server: the cache that comes back is not tried')
    started = []

    def start():
        command = [program, '--port', str(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        wait_until(lambda: listens(port))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def made(port: int, **options) -> RedisOrMemory:
    return RedisOrMemory(f'redis://127.0.0.1:{port}/0', {'OPTIONS': options})


def test_everything_that_is_asked_of_a_dead_server_is_answered_from_memory(port):
    cache = made(port)

    assert cache.get('a', 'nothing') == 'nothing'
    assert cache.add('a', 1) is True
    assert cache.add('a', 2) is False
    assert cache.incr('a') == 2
    cache.set('b', ['x'])
    cache.set_many({'c': 3, 'd': 4})
    assert cache.get_many(['a', 'b', 'c']) == {'a': 2, 'b': ['x'], 'c': 3}
    assert cache.touch('a', 60) is True
    assert 'b' in cache
    assert cache.delete('b') is True
    cache.delete_many(['c', 'd'])
    assert cache.get_or_set('e', 5) == 5
    assert (cache.get('c'), cache.get('d')) == (None, None)
    cache.clear()
    assert cache.get('e') is None


def test_a_server_that_hangs_costs_one_request_a_moment_and_the_next_ones_nothing():
    with socket.create_server(('127.0.0.1', 0)) as silent:
        cache = made(silent.getsockname()[1], socket_timeout=0.2, socket_connect_timeout=0.2)
        started = time.monotonic()
        for number in range(100):
            assert cache.add(f'key-{number}', 1) is True

        assert time.monotonic() - started < 2


def test_all_threads_know_that_the_server_is_away(port, monkeypatch):
    made(port).get('a')
    asked = []
    monkeypatch.setattr(cache_module.RedisCache, 'get', lambda *args: asked.append(args))

    assert made(port).get('a') is None
    assert asked == []


def test_a_server_that_comes_back_is_asked_again(port, server, monkeypatch, caplog):
    monkeypatch.setattr(cache_module, 'PAUSE', 0.1)
    cache = made(port)
    cache.set('kept', 'in memory')
    assert cache.is_away() is True

    process = server()
    wait_until(lambda: not cache.is_away())
    cache.set('kept', 'by the server')
    assert made(port).get('kept') == 'by the server'
    process.kill()
    process.wait()

    assert cache.get('kept') == 'in memory'
    assert [record.message.split(';')[0] for record in caplog.records if 'cache' in record.message] == [
        'The cache is away',
        'The cache is back',
        'The cache is away',
    ]


def test_whether_the_cache_is_away_is_asked_of_the_server(port):
    assert RedisOrMemory(f'redis://127.0.0.1:{port}/0', {}).is_away() is True


def test_a_limit_is_counted_a_person_and_starts_anew(monkeypatch):
    limit = Limit('trial', 2, HOUR)

    assert [limit.take('one') for _ in range(3)] == [True, True, False]
    assert limit.take('two') is True
    limit.forget('one')
    assert limit.take('one') is True
    assert Limit('never', 0, HOUR).take('one') is False


def test_a_limit_whose_time_ends_while_it_is_counted_still_ends(monkeypatch):
    limit = Limit('trial', 2, HOUR)
    limit.take('one')
    touched = []
    # As where the server made the counter anew: it has no end of its own.
    monkeypatch.setattr(limits.cache, 'incr', lambda key: 1)
    monkeypatch.setattr(limits.cache, 'touch', lambda key, seconds: touched.append(seconds))

    assert limit.take('one') is True
    assert touched == [3600]


@pytest.mark.parametrize(
    ('given', 'network'),
    [
        ('192.0.2.7', '192.0.2.7'),
        ('2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'),
    ],
)
def test_an_address_is_that_of_a_household(rf, given, network):
    assert limits.network_of(rf.get('/', REMOTE_ADDR=given)) == network
