"""Kept pages, on several processes and both databases: what was committed shows on the very next request."""

import re

import pytest
from django.db import connection

from bench.soak import Soak, Subject, subjects
from tests.conftest import make_organisation, make_person, make_post
from ukis.pagecache import triggers
from ukis.society.models import Society

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writing(db):
    """The Society, and what is written in it."""
    triggers.install()  # what emptied the tables before took the row of the number with them
    Society.objects.create(pk=1)
    for number in range(4):
        make_post(f'Post {number}', people=(make_person(),), organisation=make_organisation())
    return subjects()


by_lease = pytest.mark.skipif(connection.vendor == 'sqlite', reason='SQLite is asked each time')


def lease(site, settings, milliseconds: int) -> None:
    settings.PAGE_CACHE_LEASE = milliseconds
    site.environ['PAGE_CACHE_LEASE'] = str(milliseconds)
    triggers.install()


@pytest.mark.parametrize('milliseconds', [0, pytest.param(5, marks=by_lease)])
def test_nobody_is_shown_what_is_no_longer_so(site, writing, settings, milliseconds):
    lease(site, settings, milliseconds)
    ports = [site.web().port for _ in range(3)]

    told = Soak(ports, writing, reads=1_000).run()

    assert (told.stale, told.lost) == ([], [])
    assert told.writes > 50


def test_without_the_check_these_races_show_it(site, writing):
    """The control: it must be found stale, or the test above finds nothing."""
    ports = [site.web('tests.unchecked').port for _ in range(2)]

    assert len(Soak(ports, writing, reads=300).run().stale) > 50


@by_lease
def test_where_writers_do_not_wait_for_leases_these_races_show_it(site, writing, settings, monkeypatch):
    monkeypatch.setattr(triggers, 'FUNCTION', re.sub(r'PERFORM pg_sleep.*', '', triggers.FUNCTION))
    lease(site, settings, 40)
    ports = [site.web().port for _ in range(2)]

    assert len(Soak(ports, writing, reads=600).run().stale) > 20


def test_a_change_by_hand_below_django_shows_too(site, writing):
    web = site.web()

    def write(words: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute('UPDATE ukis_society SET name = %s', [words])

    told = Soak([web.port], [Subject('zqe', ('/', '/blog/'), write)], reads=300).run()

    assert (told.stale, told.lost) == ([], [])
