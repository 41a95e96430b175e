"""PostgreSQL goes under a running site and comes back: nothing typed is lost, and nobody starts anything anew."""

import html
import re
import time
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, transaction
from django.urls import reverse

from blog.models import Message, Submission
from tests.conftest import make_submission
from tests.processes import cookie_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != 'postgresql', reason='needs PostgreSQL'),
]


@pytest.fixture
def line(site, database_url, line_to):
    given = urlsplit(database_url)
    line = line_to(given.hostname, given.port)
    site.environ['DATABASE_URL'] = database_url.replace(f':{given.port}/', f':{line.port}/')
    return line


def test_words_sent_while_it_is_away_come_back_and_are_taken_once_it_is_there_again(
    site, line, society, author, signed_in
):
    submission = make_submission(author)
    cookie = cookie_of(signed_in(author))
    path = reverse('submission_message', args=[submission.pk])
    web = site.web()
    words = 'Twenty minutes’ words, <b>not</b> lost'
    assert web.ask('GET', reverse('submission', args=[submission.pk]), cookie=cookie)[0] == 200

    line.cut()
    for _ in range(3):
        status, page = web.ask('POST', path, cookie=cookie, form={'text': words})
        assert status == 503
    assert web.ask('GET', '/health/')[0] == 503
    back = html.unescape(
        re.search(r'<textarea[^>]* name="text"[^>]*>&#10;(.*?)</textarea>', page, re.DOTALL)[1]
    )
    assert back == words
    line.mend()

    assert web.ask('POST', path, cookie=cookie, form={'text': back})[0] == 302
    assert Message.objects.get().text == words


def test_a_server_that_accepts_and_says_nothing_costs_three_seconds_and_not_for_ever(site, line, society):
    web = site.web()
    assert web.ask('GET', '/health/')[0] == 200
    line.silence(drop=True)
    since = time.monotonic()
    assert web.ask('GET', '/health/')[0] == 503
    assert 2 < time.monotonic() - since < 15


def test_a_statement_a_wait_for_a_lock_and_a_forgotten_transaction_are_ended_by_the_server(society):
    limits = {}
    with connection.cursor() as cursor:
        for name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'):
            cursor.execute(f'SHOW {name}')
            [limits[name]] = cursor.fetchone()
    assert limits == {
        'statement_timeout': '15s',
        'lock_timeout': '5s',
        'idle_in_transaction_session_timeout': '1min',
    }


def test_a_row_that_somebody_holds_too_long_gives_the_words_back_too(site, society, author, signed_in):
    submission = make_submission(author)
    cookie, path = cookie_of(signed_in(author)), reverse('submission_edit', args=[submission.pk])
    web = site.web()
    form = {'base': submission.current.number, 'title': 'A title under way', 'body': '<p>Words</p>'}
    with transaction.atomic():
        Submission.objects.select_for_update().get(pk=submission.pk)
        status, page = web.ask('POST', path, cookie=cookie, form=form)
    assert status == 503
    assert 'A title under way</textarea>' in page


def test_one_that_stands_still_in_the_middle_is_waited_for_no_longer_than_was_said(database_url, line_to):
    """Neither the server nor the network says anything: the process that asked gives up, and asks on a new line."""
    from ukis.postgresql.base import Connection

    given = urlsplit(database_url)
    line = line_to(given.hostname, given.port)
    with Connection.connect(database_url.replace(f':{given.port}/', f':{line.port}/')) as asking:
        asking.patience = 0.5
        assert asking.execute('SELECT 1').fetchone() == (1,)
        line.silence()
        since = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            asking.execute('SELECT 2')
        assert time.monotonic() - since < 3
        assert asking.closed


def test_every_connection_of_the_site_has_such_patience(society):
    assert connection.connection.patience == 20
