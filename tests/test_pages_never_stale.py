"""Kept pages, on several processes and both databases: what was committed shows on the very next request."""

import re
import threading
import time

import pytest
from django.db import connection, transaction

from bench.soak import EACH, Soak, Subject
from bench.subjects import subjects
from blog.models import Byline, Post
from members.models import Person
from tests.conftest import make_organisation, make_person, make_post
from ukis.pagecache import triggers
from ukis.pagecache.models import Generation
from ukis.society.models import Page, Society

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writing(db):
    """The Society, and what is written in it."""
    triggers.install()  # what emptied the tables before took the row of the number with them
    Society.objects.create(pk=1)
    for number in range(4):
        make_post(f'Post {number}', people=(make_person(),), organisation=make_organisation())
    return subjects()


def quick(writing: list[Subject]) -> list[Subject]:
    """Those that change one row each: verbs hold up this process, and a control that looks too late finds nothing."""
    return [one for one in writing if one.mark <= 'zqj']


by_lease = pytest.mark.skipif(connection.vendor == 'sqlite', reason='SQLite is asked each time')


def lease(site, settings, milliseconds: int) -> None:
    settings.PAGE_CACHE_LEASE = milliseconds
    site.environ['PAGE_CACHE_LEASE'] = str(milliseconds)
    triggers.install()


@pytest.mark.parametrize('milliseconds', [0, pytest.param(5, marks=by_lease)])
def test_nobody_is_shown_what_is_no_longer_so(site, writing, settings, milliseconds):
    lease(site, settings, milliseconds)
    ports = [site.web().port for _ in range(3)]

    told = Soak(ports, writing, reads=600).run()

    assert (told.stale, told.lost) == ([], [])
    assert told.writes >= EACH * len(writing)


def test_without_the_check_these_races_show_it(site, writing):
    """The control: it must be found stale, or the test above finds nothing."""
    ports = [site.web('tests.unchecked').port for _ in range(2)]

    assert len(Soak(ports, quick(writing), reads=1_000).run().stale) > 50


on_postgresql = pytest.mark.skipif(connection.vendor == 'sqlite', reason='SQLite has one writer at a time')


@on_postgresql
def test_whoever_moves_the_number_waits_for_nobody(writing):
    """One transaction holds a row that the other needs only at its commit, for a foreign key; both change a page."""
    person, post = make_person(), Post.objects.first()
    held, met = threading.Event(), threading.Event()
    ended = []

    def holds_the_row():
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            held.set()
            met.wait(10)
            time.sleep(0.3)  # the other one has begun its commit
            Page.objects.update(title='One')
        ended.append('holds')
        connection.close()

    def needs_the_row():
        held.wait(10)
        with transaction.atomic():
            Society.objects.update(name='Other')
            post.bylines.create(person_id=person.pk, name='Late', order=9)
            met.set()
        ended.append('needs')
        connection.close()

    both = [threading.Thread(target=one) for one in (holds_the_row, needs_the_row)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)

    assert sorted(ended) == ['holds', 'needs']
    Byline.objects.filter(name='Late').delete()


@by_lease
def test_where_writers_do_not_wait_for_leases_these_races_show_it(site, writing, settings, monkeypatch):
    ours = triggers.made_for()
    monkeypatch.setattr(triggers, 'LAST', re.sub(r'PERFORM pg_sleep.*', '', triggers.LAST))
    lease(site, settings, 200)  # long enough that a machine with much else to do notices
    Generation.objects.update(installed=ours)  # or nobody would believe it
    ports = [site.web().port for _ in range(2)]

    assert len(Soak(ports, quick(writing), reads=600).run().stale) > 20


def test_a_change_by_hand_below_django_shows_too(site, writing):
    web = site.web()

    def write(words: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute('UPDATE ukis_society SET name = %s', [words])

    told = Soak([web.port], [Subject('zqe', ('/', '/blog/'), write)], reads=300).run()

    assert (told.stale, told.lost) == ([], [])
