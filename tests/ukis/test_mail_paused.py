"""All mail paused: every letter waits, staff are told on every page, and nothing stale goes out afterwards."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import State as SubmissionState
from tests.conftest import letters_leave, make_organisation, make_person, make_seat, make_submission
from ukis import clock, letters
from ukis.clock.models import ClockRun
from ukis.letters import foreseeing, pausing
from ukis.letters.models import Letter
from ukis.letters.texts.models import Foreseen, MailPause
from ukis.letters.wording import fate
from ukis.refusals import NotNow
from ukis.site import warnings
from ukis.society.models import Society

State = Letter.State
PAGE, END = '/admin/mail-pause/', '/admin/mail-pause/end/'


@pytest.fixture
def warned(monkeypatch):
    """Staff's pages ask anew each time."""
    monkeypatch.setattr(warnings.standing_warnings, 'ask', warnings._ask)
    monkeypatch.setattr(pausing.known, 'ask', pausing.standing)
    monkeypatch.setattr('ukis.lately.SECONDS', -1)


def waiting(society, key='one', **fields):
    return letters.queue(
        kind='trial',
        key=key,
        about=society,
        to_name='Ada Author',
        to_address='ada@people.example',
        subject='A decision',
        body='Dear Ada,',
        **fields,
    )


@pytest.mark.django_db
def test_all_letters_wait_until_it_ends_and_then_go(society, administrator, mailoutbox):
    letter = waiting(society)
    pause = pausing.begin(by=administrator, reason='Wrong dates.')

    assert letters_leave() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, mailoutbox) == (State.WAITING, 0, [])

    pausing.end(pause, by=administrator)
    assert letters_leave() == 1
    assert [mail.subject for mail in mailoutbox] == ['A decision']


@pytest.mark.django_db
def test_a_pause_begins_once_and_ends_once(society, administrator):
    pause = pausing.begin(by=administrator, reason='Wrong dates.')
    with pytest.raises(NotNow, match='paused already, by Amir Administrator: Wrong dates'):
        pausing.begin(by=administrator, reason='Mine.')
    pausing.end(pause, by=administrator)
    with pytest.raises(NotNow, match='Amir Administrator has ended this pause already'):
        pausing.end(pause, by=administrator)
    assert MailPause.objects.count() == 1


@pytest.mark.django_db
def test_every_page_of_staff_says_so_and_those_who_may_are_led_there(
    society, administrator, editor, secretary, signed_in, warned
):
    letter = waiting(society)
    pausing.begin(by=administrator, reason='Wrong <dates>.')
    assert fate(letter) == 'Waits, for all mail is paused'
    pages = (reverse('admin:index'), reverse('admin:ukis_letter_changelist'))
    for person, more in (
        (administrator, PAGE),
        (editor, reverse('admin:desk')),
        (secretary, '/admin/mailings/'),
    ):
        for address in (*pages, more):
            text = signed_in(person).get(address).text
            assert 'All mail is paused since' in text, address
            assert 'by Amir Administrator: Wrong &lt;dates&gt;.' in text
            assert (f'<a href="{PAGE}">See to it</a>' in text) == (person == administrator)


@pytest.mark.django_db
def test_health_says_it_and_does_not_fail(society, administrator, client):
    clock.beat([clock.Pulse(loop) for loop in ('letters', *clock.lanes())])
    waiting(society)
    Letter.objects.update(send_after=timezone.now() - timedelta(hours=2))
    assert client.get('/health/').json()['parts']['letters']['state'] == 'trouble'

    pausing.begin(by=administrator, reason='Wrong dates.')

    answer = client.get('/health/?strict')
    assert answer.status_code == 200
    parts = answer.json()['parts']
    assert parts['mail'] == {
        'state': 'ok',
        'says': 'All mail is paused by staff: 1 letters wait.',
        'count': 1,
    }
    assert parts['letters']['state'] == 'ok'


@pytest.mark.django_db
def test_what_would_go_is_shown_and_what_is_true_no_more_does_not_go(
    society, administrator, author, editor, signed_in, monkeypatch
):
    submission = make_submission(author, SubmissionState.IN_REVIEW, editor=editor)
    stale = Letter.objects.about(submission).filter(kind='taken').get()
    monkeypatch.setattr(
        foreseeing, 'why_overtaken', lambda letter: 'It was answered.' if letter.pk == stale.pk else ''
    )
    pausing.begin(by=administrator, reason='Wrong dates.')
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    before = list(Letter.objects.order_by('pk').values())
    assert 'Not looked at yet' in signed_in(administrator).get(PAGE).text

    foreseeing.look_through(timezone.now())
    shown = signed_in(administrator).get(PAGE)

    would_go = shown.context['would_go']
    assert would_go.becoming == [('goes', Letter.objects.count() - 1), ('overtaken', 1)]
    assert would_go.not_asked == 0
    assert 'Does not go: it is true no more</strong>: It was answered.' in shown.text
    assert 'Editor found' in shown.text
    assert list(Letter.objects.order_by('pk').values()) == before


@pytest.mark.django_db
def test_all_are_counted_by_kind_and_each_is_shown_on_some_page(
    society, administrator, signed_in, monkeypatch
):
    monkeypatch.setattr(foreseeing, 'SHOWN', 2)
    for number in range(5):
        waiting(society, str(number))
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    pausing.begin(by=administrator, reason='Wrong dates.')
    client = signed_in(administrator)

    pages = [client.get(PAGE, {'page': number}) for number in (1, 2, 3, 'x', 99)]

    assert [sum(count for _, count in one.context['would_go'].by_kind) for one in pages] == [5] * 5
    shown = [[letter.pk for letter in page.context['would_go'].page] for page in pages]
    keys = list(Letter.objects.order_by('send_after', 'pk').values_list('pk', flat=True))
    assert shown == [keys[:2], keys[2:4], keys[4:], keys[:2], keys[4:]]
    assert 'Page 2 of 3' in pages[1].text


@pytest.mark.django_db
def test_the_clock_asks_each_again_while_it_lasts_and_forgets_it_at_the_end(
    society, administrator, monkeypatch
):
    one, other = waiting(society, 'one'), waiting(society, 'other')
    now, answers = timezone.now(), {one.pk: 'It was answered.', other.pk: ''}
    monkeypatch.setattr(foreseeing, 'why_overtaken', lambda letter: answers[letter.pk])
    assert foreseeing.look_through(now) == 0  # nothing waits for a pause to end

    pause = pausing.begin(by=administrator, reason='Wrong dates.')
    assert [foreseeing.look_through(now) for _ in range(2)] == [2, 0]
    answers[other.pk] = 'It was taken back.'
    assert foreseeing.look_through(timezone.now() + foreseeing.AGAIN) == 2
    assert foreseeing.would_go().becoming == [('overtaken', 2)]
    Letter.objects.filter(pk=other.pk).update(state=State.RECALLED)
    found = foreseeing.would_go()
    assert (found.count, found.becoming, found.page[0].foreseen.why) == (
        1,
        [('overtaken', 1)],
        'It was answered.',
    )

    pausing.end(pause, by=administrator)
    assert not Foreseen.objects.exists()


@pytest.mark.django_db
def test_a_run_of_the_clock_leaves_off_after_some_seconds_and_goes_on_with_the_next(
    society, administrator, monkeypatch
):
    for number in range(3):
        waiting(society, str(number))
    monkeypatch.setattr(foreseeing, 'SECONDS', -1.0)
    pausing.begin(by=administrator, reason='Wrong dates.')

    asked = [foreseeing.look_through(timezone.now()) for _ in range(4)]

    assert asked == [1, 1, 1, 0]
    assert foreseeing.would_go().not_asked == 0


@pytest.mark.django_db
def test_its_page_asks_fewer_than_twenty_however_many_letters_wait(
    society, administrator, author, editor, signed_in
):
    make_submission(author, SubmissionState.IN_REVIEW, editor=editor)
    for number in range(30):
        waiting(society, str(number))
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    pausing.begin(by=administrator, reason='Wrong dates.')
    foreseeing.look_through(timezone.now())
    client = signed_in(administrator)
    client.get(PAGE)

    with CaptureQueriesContext(connection) as asked:
        shown = client.get(PAGE)

    assert shown.context['would_go'].count > foreseeing.SHOWN
    assert len(asked) == 13


@pytest.mark.django_db
def test_of_letters_that_are_not_theirs_to_read_only_the_fate_is_shown(
    society, administrator, editor, signed_in
):
    make_seat(administrator, make_organisation('Theirs'))
    make_submission(
        administrator, SubmissionState.IN_REVIEW, editor=editor, words={'title': 'A secret of editors'}
    )
    Letter.objects.exclude(kind='arrived').delete()
    pausing.begin(by=administrator, reason='Wrong dates.')
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))

    text = signed_in(administrator).get(PAGE).text

    assert 'A letter that is not yours to read' in text
    assert 'A secret of editors' not in text


@pytest.mark.django_db
def test_by_its_page_it_is_begun_with_a_reason_and_ended_once_seen(society, administrator, signed_in):
    client = signed_in(administrator)
    assert client.post(PAGE, {'reason': ' '}).status_code == 422
    assert client.post(PAGE, {'reason': 'Wrong dates.'}).status_code == 302
    again = client.post(PAGE, {'reason': 'Another.'})
    assert again.status_code == 409
    pause = MailPause.objects.get()
    assert client.get(END).status_code == 405
    for wrong in ('', 'x', '9' * 30, '0'):
        assert client.post(END, {'pause': wrong}).status_code == 302
    pause.refresh_from_db()
    assert pause.is_on
    assert client.post(END, {'pause': pause.pk}, follow=True).status_code == 200
    pause.refresh_from_db()
    assert (pause.is_on, pause.ended_by) == (False, administrator)
    assert 'Wrong dates.' in client.get(PAGE).text


@pytest.mark.django_db
def test_none_but_an_administrator_pauses(society, editor, chief, secretary, signed_in):
    for person in (editor, chief, secretary):
        assert signed_in(person).get(PAGE).status_code == 403
        assert signed_in(person).post(PAGE, {'reason': 'Mine.'}).status_code == 403
        assert signed_in(person).post(END, {'pause': 1}).status_code == 403


@pytest.mark.django_db
def test_a_job_is_red_after_its_own_interval_and_a_quarter_of_an_hour(
    society, administrator, editor, signed_in, client, warned, monkeypatch
):
    monkeypatch.setattr('ukis.clock.running._jobs', {})
    clock.register('trial: hourly', timedelta(hours=1), lambda now: None)
    row = ClockRun.objects.create(name='trial: hourly')

    for minutes, red in ((0, False), (74, False), (76, True)):
        row.last_run_at = timezone.now() - timedelta(minutes=minutes)
        row.save()
        assert clock.late() == (['trial: hourly'] if red else [])
        assert ('jobs late' in client.get('/health/').json()['parts']) == red
        for address in (reverse('admin:desk'), reverse('admin:index')):
            said = 'What runs by the clock does not: trial: hourly.' in signed_in(editor).get(address).text
            assert said == red
        listed = signed_in(administrator).get(reverse('admin:ukis_clockrun_changelist')).text
        assert ('alt="No"' in listed) == red


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_meets_the_pause_takes_none_once_it_stands(database_url):
    society, administrator = Society.objects.create(pk=1), make_person('Amir Administrator')
    waiting(society)

    def work():
        try:
            return letters.send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            pausing.begin(by=administrator, reason='Wrong dates.')
            worker = pool.submit(work)  # it has asked before the pause was there, and waits at its claim
            time.sleep(0.4)
        assert worker.result() == 0

    assert Letter.objects.get().state == State.WAITING
