"""The desk's calendar: months, what comes out and what is due, clashes, holidays, and what is ready without a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.desk import calendar as months
from blog.models import Post, State, Submission
from tests.commissions import brought_to
from tests.conftest import make_post, make_submission
from ukis import days
from ukis.clock.models import DayOff

CALENDAR = reverse('admin:desk_calendar')


def cell(page, day: date):
    return next(one for week in page.context['weeks'] for one in week if one.day.day == day)


def titles(page, day: date) -> list[str]:
    return [
        one.entry.submission.title if one.entry.submission else one.entry.commission.working_title
        for one in cell(page, day).lines
    ]


def month(day: date) -> dict[str, str]:
    return {'month': f'{day:%Y-%m}'}


def scheduled(author, editor, at: datetime, title: str = 'Careful change') -> Submission:
    submission = make_submission(author, 'scheduled', editor=editor, words={'title': title})
    Post.objects.filter(submission=submission).update(published_at=at)
    Submission.objects.filter(pk=submission.pk).update(due_on=days.london_day(at))
    return submission


# --- Months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('year', 'number', 'first', 'last', 'count'),
    [
        (2026, 11, date(2026, 10, 26), date(2026, 12, 6), 6),  # over a clock change, from a Sunday
        (2027, 3, date(2027, 3, 1), date(2027, 4, 4), 5),  # from a Monday, over the other
        (2027, 2, date(2027, 2, 1), date(2027, 2, 28), 4),  # no day beside it
        (2028, 2, date(2028, 1, 31), date(2028, 3, 5), 5),  # 29 days
        (2026, 12, date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_a_month_is_whole_weeks_from_monday(year, number, first, last, count):
    weeks = months.weeks(year, number)

    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (first, last, count)
    flat = [day for week in weeks for day in week]
    assert flat == [first + timedelta(days=one) for one in range(7 * count)]


@pytest.mark.parametrize(
    ('shown', 'before', 'after'),
    [('2026-12', '2026-11', '2027-01'), ('2027-01', '2026-12', '2027-02'), ('2028-02', '2028-01', '2028-03')],
)
def test_one_leafs_to_the_months_beside_it(shown, before, after, editor, signed_in, society):
    page = signed_in(editor).get(CALENDAR, {'month': shown})

    assert page.context['before'] == f'?month={before}&by=publish'
    assert page.context['after'] == f'?month={after}&by=publish'


@pytest.mark.parametrize(('shown', 'missing'), [('1900-01', 'before'), ('2999-12', 'after')])
def test_the_calendar_has_two_ends(shown, missing, editor, signed_in, society):
    page = signed_in(editor).get(CALENDAR, {'month': shown})

    assert (page.status_code, page.context[missing]) == (200, '')


@pytest.mark.parametrize(
    'given',
    [
        *({'month': one} for one in ('2026-13', '2026-00', 'x', '0001-01', '3000-01', '٢٠٢٦-١١', '2026-1')),
        {'by': 'colour'},
    ],
)
def test_what_is_no_month_and_no_kind_is_404(given, editor, signed_in, society):
    assert signed_in(editor).get(CALENDAR, given).status_code == 404


@pytest.mark.parametrize(
    ('at', 'day'),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29)),  # summer time already
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2027, 10, 31)),  # summer time still
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31)),  # the first 01:30
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), date(2027, 10, 31)),  # the second
        (datetime(2027, 10, 31, 23, 59, tzinfo=UTC), date(2027, 10, 31)),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_a_post_stands_on_its_day_in_london_alone(at, day, author, editor, signed_in, society):
    scheduled(author, editor, at)

    page = signed_in(editor).get(CALENDAR, month(day))

    found = [one.day.day for week in page.context['weeks'] for one in week if one.lines]
    assert found == [day]


# --- What comes out -----------------------------------------------------------------------------------


def test_it_shows_what_is_scheduled_and_what_was_published(author, editor, signed_in, society):
    out, ahead = days.today() - timedelta(days=1), timezone.now() + timedelta(days=1)
    make_post('Out already', published_at=timezone.now() - timedelta(days=1), people=(author,))
    scheduled(author, editor, ahead, 'Still to come')
    client = signed_in(editor)

    was, will = client.get(CALENDAR, month(out)), client.get(CALENDAR, month(days.london_day(ahead)))

    assert titles(was, out) == ['Out already']
    assert titles(will, days.london_day(ahead)) == ['Still to come']
    assert 'Published</span>' in was.text
    assert f'Goes out at {timezone.localtime(ahead, days.LONDON):%H:%M}' in will.text


def test_what_was_taken_down_or_is_ones_own_is_not_there(author, editor, chief, signed_in, society):
    at = timezone.now() + timedelta(days=2)
    down = scheduled(author, editor, at)
    Post.objects.filter(submission=down).update(taken_down_at=timezone.now(), taken_down_why='It was wrong.')
    own = make_submission(author, 'scheduled', editor=chief, coauthors=(editor,))
    Post.objects.filter(submission=own).update(published_at=at)
    day = days.london_day(at)

    page = signed_in(editor).get(CALENDAR, month(day))

    assert (titles(page, day), cell(page, day).day.count, page.context['clashes']) == ([], 0, [])


def test_two_that_come_out_on_one_day_are_said_to(author, editor, signed_in, society):
    at = timezone.now() + timedelta(days=3)
    noon = days.in_london(datetime.combine(days.london_day(at), datetime.min.time())) + timedelta(hours=12)
    for hours in (0, 2):
        scheduled(author, editor, noon + timedelta(hours=hours))
    day = days.london_day(noon)

    page = signed_in(editor).get(CALENDAR, month(day))

    assert [(one.day, one.clash) for one in page.context['clashes']] == [(day, 2)]
    assert '<strong>2 come out on this day</strong>' in page.text
    assert f'2 on {day:%A}, {day.day} {day:%B}</a>' in page.text


def test_two_that_came_out_on_one_day_are_no_clash_any_more(author, editor, signed_in, society):
    at = timezone.now() - timedelta(days=2)
    for title in ('One', 'Another'):
        make_post(title, published_at=at, people=(author,))
    day = days.london_day(at)

    page = signed_in(editor).get(CALENDAR, month(day))

    assert (cell(page, day).day.count, page.context['clashes']) == (2, [])


def test_a_day_shows_so_many_and_says_how_many_more_and_one_that_is_chosen_shows_all(
    author, editor, signed_in, society
):
    at = timezone.now() + timedelta(days=1)
    for _ in range(months.A_DAY + 2):
        cache.clear()
        scheduled(author, editor, at)
    day, client = days.london_day(at), signed_in(editor)

    page = client.get(CALENDAR, month(day))
    chosen = client.get(CALENDAR, {**month(day), 'day': day.isoformat()})

    assert (len(cell(page, day).lines), cell(page, day).day.more) == (months.A_DAY, 2)
    assert 'and 2 more' in page.text
    assert len(cell(chosen, day).lines) == months.A_DAY + 2


# --- What is due --------------------------------------------------------------------------------------


def test_by_deadline_it_shows_what_is_due_and_what_was_asked(author, editor, signed_in, society):
    day = days.today() + timedelta(days=1)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=submission.pk).update(due_on=day)
    brought_to('sent', editor, answer_by=day, working_title='To answer')
    brought_to(
        'accepted', editor, answer_by=day, deadline=day, working_title='To write', email='x@far.example'
    )
    brought_to('declined', editor, answer_by=day, deadline=day, email='y@far.example')
    scheduled(author, editor, timezone.now() + timedelta(days=1))

    page = signed_in(editor).get(CALENDAR, {**month(day), 'by': 'deadline'})

    assert sorted(titles(page, day)) == ['Careful change takes time', 'To answer', 'To write']
    for words in ('Reading', 'Ivo Invitee answers', 'Ivo Invitee writes it'):
        assert f'<span class="month-words">{words}' in page.text


def test_what_is_late_says_by_how_much(author, editor, signed_in, society):
    day = days.today() - timedelta(days=3)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=submission.pk).update(due_on=day)

    page = signed_in(editor).get(CALENDAR, {**month(day), 'by': 'deadline'})

    assert '<strong class="board-late">3 days late</strong>' in page.text


def test_the_words_of_what_is_promised_are_not_read_from_its_title(author, editor, signed_in, society):
    submission = make_submission(author, 'promised', editor=editor)

    page = signed_in(editor).get(CALENDAR, {**month(submission.due_on), 'by': 'deadline'})

    assert titles(page, submission.due_on) == ['Careful change']


# --- Holidays -----------------------------------------------------------------------------------------


def test_holidays_of_the_society_are_named(editor, signed_in, society):
    page = signed_in(editor).get(CALENDAR, {'month': '2027-03'})

    assert cell(page, date(2027, 3, 26)).day.holiday == 'Good Friday'
    assert cell(page, date(2027, 3, 29)).day.holiday == 'Easter Monday'
    assert cell(page, date(2027, 3, 25)).day.holiday == ''


def test_staff_put_the_list_right(society, db):
    DayOff.objects.create(day=date(2027, 3, 24), name='The Society is closed')
    DayOff.objects.create(day=date(2027, 3, 29), name='Moved', nation='england', is_off=False)
    DayOff.objects.create(day=date(2027, 3, 17), name='Saint Patrick', nation='northern-ireland')

    found = months.holidays(date(2027, 3, 1), date(2027, 3, 31))

    assert found == {date(2027, 3, 24): 'The Society is closed', date(2027, 3, 26): 'Good Friday'}


# --- What is ready and has no day -----------------------------------------------------------------------


def test_the_tray_holds_what_is_ready_and_has_no_day(author, editor, signed_in, society):
    ready = make_submission(author, State.READY, editor=editor)
    make_submission(author, 'scheduled', editor=editor)
    make_submission(author, State.EDITING, editor=editor)

    page = signed_in(editor).get(CALENDAR)

    assert [one.submission for one in page.context['waiting']] == [ready]
    assert 'Nothing is published by moving it here' in page.text


def test_a_day_that_was_chosen_stands_on_the_page_that_sets_it(author, editor, signed_in, society):
    ready = make_submission(author, State.READY, editor=editor)
    day = days.today() + timedelta(days=5)
    client = signed_in(editor)

    page = client.get(CALENDAR, {**month(day), 'day': day.isoformat()})
    schedule = page.context['waiting'][0].schedule
    form = client.get(schedule)

    address = reverse('admin:desk_move', args=[ready.pk, 'release'])
    assert schedule == f'{address}?from=calendar&month={day:%Y-%m}&day={day}'
    assert f'Schedule for {day.day} {day:%B %Y}' in page.text
    assert f'name="day" value="{day.day} {day:%B %Y}"' in form.text


def test_the_date_of_what_is_scheduled_is_moved_on_its_own_page(author, editor, signed_in, society):
    submission = make_submission(author, 'scheduled', editor=editor)
    was = days.today() + timedelta(days=1)
    chosen = days.today() + timedelta(days=2)
    client = signed_in(editor)

    page = client.get(CALENDAR, {**month(was), 'day': chosen.isoformat()})
    line = cell(page, was).lines[0]

    address = reverse('admin:desk_move', args=[submission.pk, 'reschedule'])
    assert line.move == f'{address}?from=calendar&month={was:%Y-%m}&day={chosen}'
    assert f'name="day" value="{chosen.day} {chosen:%B %Y}"' in client.get(line.move).text
    plain = cell(client.get(CALENDAR, month(was)), was).lines[0].move
    assert f'name="day" value="{was.day} {was:%B %Y}"' in client.get(plain).text


def test_once_it_has_a_day_one_is_back_in_its_month_at_it(author, editor, signed_in, society):
    ready = make_submission(author, State.READY, editor=editor)
    day = days.today() + timedelta(days=70)
    address = reverse('admin:desk_move', args=[ready.pk, 'release']) + '?from=calendar&month=2026-01'
    client = signed_in(editor)
    back = f'href="{CALENDAR}?month=2026-01#card-{ready.pk}">Back to the calendar'
    assert back in client.get(address).text

    response = client.post(
        address,
        {
            'when': 'later',
            'day': days.in_words(day),
            'time': '09:00',
            'tags': ['leadership', 'scaling'],
            'views': 'own',
        },
    )

    assert response.url == f'{CALENDAR}?month={day:%Y-%m}&moved={ready.pk}#card-{ready.pk}'
    assert f'id="card-{ready.pk}" tabindex="-1" class="moved"' in client.get(response.url.split('#')[0]).text


def test_a_day_that_is_past_cannot_be_chosen_and_is_refused_by_the_move(author, editor, signed_in, society):
    ready = make_submission(author, State.READY, editor=editor)
    past = days.today() - timedelta(days=1)
    client = signed_in(editor)

    page = client.get(CALENDAR, {'day': past.isoformat()})
    form = client.post(
        reverse('admin:desk_move', args=[ready.pk, 'release']) + f'?day={past}',
        {
            'when': 'later',
            'day': days.in_words(past),
            'time': '09:00',
            'tags': ['leadership', 'scaling'],
            'views': 'own',
        },
    )

    assert f'{days.in_words(past)} is past. Choose a day that is to come.' in page.text
    assert page.context['chosen'] is None
    assert 'This time is past. Choose one that is to come.' in form.text
    assert Submission.objects.get(pk=ready.pk).state == State.READY


@pytest.mark.parametrize('day', ['x', '2026-02-30', '٢٠٢٦-١١-٢٠', '9' * 40])
def test_what_is_no_day_chooses_none(day, editor, signed_in, society):
    page = signed_in(editor).get(CALENDAR, {'day': day})

    assert (page.status_code, page.context['chosen']) == (200, None)


def test_who_may_not_set_the_day_is_told_who_does(author, editor, chief, signed_in, society):
    make_submission(author, State.READY, editor=chief)
    day = days.london_day(timezone.now() + timedelta(days=1))
    make_submission(author, 'scheduled', editor=chief)

    page = signed_in(editor).get(CALENDAR, month(day))

    assert page.context['waiting'][0].schedule == ''
    assert 'Its editor gives it a day: Cora Chief.' in page.text
    assert cell(page, day).lines[0].move == ''


def test_a_day_of_today_can_be_chosen_until_midnight_in_london(editor, signed_in, society):
    with time_machine.travel(datetime(2027, 6, 30, 22, 30, tzinfo=UTC), tick=False):  # 23:30 there
        page = signed_in(editor).get(CALENDAR)

    assert page.context['month'] == date(2027, 6, 1)
    assert cell(page, date(2027, 6, 30)).choose == '?month=2027-06&by=publish&day=2027-06-30#tray'
    assert cell(page, date(2027, 6, 29)).choose == ''


def test_the_calendar_asks_as_much_for_five_as_for_one(author, editor, chief, signed_in, society):
    client, asked = signed_in(chief), []
    for number in range(5):
        cache.clear()
        make_submission(author, 'scheduled', editor=editor)
        make_submission(author, State.READY, editor=editor)
        submission = make_submission(author, State.IN_REVIEW, editor=editor)
        Submission.objects.filter(pk=submission.pk).update(due_on=days.today())
        brought_to('sent', editor, answer_by=days.today(), email=f'{number}@far.example')
        if number in (0, 4):
            for by in ('publish', 'deadline'):
                given = {**month(days.london_day(timezone.now() + timedelta(days=1))), 'by': by}
                client.get(CALENDAR, given)
                with CaptureQueriesContext(connection) as questions:
                    client.get(CALENDAR, given)
                asked.append(len(questions))

    assert asked == [14, 15] * 2
