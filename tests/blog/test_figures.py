"""The desk's figures: what counts, by which date, that each number leads to just its rows, and how long is measured."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.desk import figures
from blog.desk.figures.placed import Epoch
from blog.models import Post, State, Submission
from tests.conftest import DECLARED, make_organisation, make_post, make_seat, make_submission

PAGE = reverse('admin:desk_figures')
DAY = 86_400

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def put(submission, **columns):
    Submission.objects.filter(pk=submission.pk).update(**columns)
    submission.refresh_from_db()
    return submission


def ago(**span):
    return timezone.now() - timedelta(**span)


def latest(person):
    return figures.by_month(person)[-1]


# --- How long ---------------------------------------------------------------------------------------


def test_an_editors_first_decision_is_the_first_answer_and_a_later_one_is_not(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    put(submission, first_submitted_at=ago(days=5))

    workflow.request_changes(submission, by=editor, note='Shorter.')
    first = submission.first_answered_at
    workflow.decline(submission, by=editor, note='No.')

    assert first is not None
    assert submission.first_answered_at == first
    assert submission.seconds_to_answer == pytest.approx(5 * DAY, abs=60)


def test_an_editors_word_to_the_author_is_an_answer_and_taking_it_is_not(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    taken = submission.first_answered_at

    workflow.say(submission, by=author, text='Have you read it?')
    workflow.say(submission, by=editor, text='Among us.', audience='editors')
    submission.refresh_from_db()
    before = submission.first_answered_at
    workflow.say(submission, by=editor, text='I have.')
    submission.refresh_from_db()

    assert (taken, before) == (None, None)
    assert submission.first_answered_at is not None


def test_the_time_with_its_author_is_left_out(author, editor):
    submission = make_submission(author, State.SUBMITTED)
    put(submission, first_submitted_at=ago(days=10), held_since=ago(days=10))
    workflow.take_back(submission, by=author)
    put(submission, held_since=ago(days=7))
    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)
    workflow.take(submission, by=editor)

    workflow.decline(submission, by=editor, note='No.')

    assert submission.seconds_with_author == pytest.approx(7 * DAY, abs=60)
    assert submission.seconds_to_answer == pytest.approx(3 * DAY, abs=60)


def test_what_lay_closed_until_it_came_back_is_no_time_of_the_editors(author, editor):
    submission = make_submission(author, State.SUBMITTED)
    put(submission, first_submitted_at=ago(days=25))
    workflow.withdraw(submission, by=author, reason='Not now.')
    put(submission, held_since=ago(days=20))

    workflow.reopen(submission, by=author)
    workflow.take(submission, by=editor)
    workflow.decline(submission, by=editor, note='No.')

    assert submission.seconds_with_author == pytest.approx(20 * DAY, abs=60)
    assert submission.seconds_to_answer == pytest.approx(5 * DAY, abs=60)


def test_writing_before_it_is_handed_in_is_no_time_of_its_authors(author):
    submission = make_submission(author)
    put(submission, held_since=ago(days=30))

    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)

    assert submission.seconds_with_author == 0


def test_a_decision_that_was_taken_back_unheard_was_no_answer(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.request_changes(submission, by=editor, note='Shorter.')
    assert submission.first_answered_at is not None

    workflow.send_back(submission, by=editor, note='A slip of mine.')

    assert (submission.first_answered_at, submission.seconds_to_answer) == (None, None)


# --- What counts ------------------------------------------------------------------------------------


def test_by_month_of_handing_in_and_what_became_of_it(author, editor, chief):
    states = (
        State.SUBMITTED,
        State.IN_REVIEW,
        State.DECLINED,
        'live',
        'scheduled',
        State.DRAFTING,
        State.PITCH,
    )
    for state in states:
        make_submission(author, state, editor=editor)
    make_post()  # imported

    line = latest(chief)

    assert (line.handed_in, line.published, line.closed, line.open) == (5, 1, 1, 3)
    assert len(line.answer.took) == 3
    assert len(line.answer.waiting) == 2
    assert len(line.publication.waiting) == 3


@pytest.mark.parametrize('fraction', [0, 499_999, 500_000, 999_999])
def test_the_fraction_of_a_second_puts_no_moment_ahead_of_now(author, fraction):
    moment = timezone.now().replace(microsecond=fraction)
    submission = put(make_submission(author, State.SUBMITTED), first_submitted_at=moment)

    [seconds] = Submission.objects.values_list(Epoch('first_submitted_at'), flat=True)

    assert (submission.first_submitted_at, seconds) == (moment, int(moment.timestamp()))


def test_what_was_withdrawn_within_a_day_is_left_out_and_later_is_not(author, chief):
    at_once, later = (make_submission(author, State.SUBMITTED) for _ in range(2))
    put(later, first_submitted_at=ago(days=2))
    for submission in (at_once, later):
        workflow.withdraw(submission, by=author, reason='Not now.')

    withdrawn = list(figures.rows('withdrawn', chief))

    assert withdrawn == [later]
    assert sum(line.closed for line in figures.by_month(chief)) == 1


def test_what_was_handed_in_long_ago_shows_where_it_is_still_open(author, editor, chief):
    waits, over = (make_submission(author, State.SUBMITTED) for _ in range(2))
    workflow.take(over, by=editor)
    workflow.decline(over, by=editor, note='No.')
    for submission in (waits, over):
        put(submission, first_submitted_at=ago(days=500))

    earlier, *twelve = figures.by_month(chief)

    assert (earlier.month.label, earlier.handed_in, round(earlier.answer.oldest)) == ('Earlier', 1, 500)
    assert sum(line.handed_in for line in twelve) == 0
    assert list(figures.rows('unanswered', chief, figures.month_at('earlier'))) == [waits]


def test_the_middle_and_the_worst(author, editor, chief):
    for count in (1, 2, 9):
        submission = make_submission(author, State.IN_REVIEW, editor=editor)
        workflow.decline(submission, by=editor, note='No.')
        put(submission, seconds_to_answer=count * DAY)

    answer = latest(chief).answer

    assert (answer.middle, answer.worst) == (2, 9)


def test_spread_counts_a_post_once_for_each_place_and_no_import(author, editor, chief, organisation):
    organisation.nations = ['scotland', 'wales']
    organisation.save()
    make_submission(author, 'live', editor=editor)
    make_post(organisation=make_organisation('Elsewhere', nations=['england']))

    found = figures.spread(figures.published(chief))

    assert [(one.name, number) for one, number in found.organisations] == [(organisation.name, 1)]
    assert {nation.value: number for nation, number in found.nations} == {
        'england': 0,
        'scotland': 1,
        'wales': 1,
        'northern-ireland': 0,
    }
    assert (found.posts, found.nowhere) == (1, 0)


# --- The page ---------------------------------------------------------------------------------------


def test_each_number_leads_to_as_many_rows(author, editor, chief, organisation, signed_in):
    organisation.nations = ['scotland']
    organisation.save()
    for state in (
        State.SUBMITTED,
        State.IN_REVIEW,
        State.DECLINED,
        State.DECLINED,
        'live',
        'live',
        State.READY,
    ):
        make_submission(author, state, editor=editor)
    put(make_submission(author, State.SUBMITTED), first_submitted_at=ago(days=500))
    Post.objects.filter(pk=Post.objects.filter(published_at__isnull=False).first().pk).update(
        published_at=ago(days=40)
    )
    client = signed_in(chief)

    page = client.get(PAGE)
    led = [
        (cell.words, cell.url)
        for figure in page.context['figures']
        for row in (*figure.rows, figure.foot)
        for place, cell in enumerate(row)
        if cell.url and 'days' not in figure.head[place]
    ]

    assert len(led) > 20
    for number, url in led:
        assert client.get(url).context['page'].paginator.how_many == number, url
    assert page.content.decode().count('<svg class="plot"') == len(page.context['figures'])
    assert re.search(r'\d+ still open, the oldest for \d+ days', page.content.decode())


def test_an_editors_own_are_left_out_and_that_is_said(editor, chief, organisation, signed_in):
    make_seat(editor, organisation)
    own = make_submission(editor, State.SUBMITTED)

    page = signed_in(editor).get(PAGE).content.decode()
    rows = signed_in(editor).get(reverse('admin:desk_figure_rows', args=['still-open'])).content.decode()

    assert latest(editor).handed_in == 0
    assert latest(chief).handed_in == 1
    assert 'Your own submissions are left out.' in page
    assert own.title not in page + rows


def test_an_address_that_names_no_number_is_not_there(chief, signed_in):
    wrong = (
        'nothing/',
        'spread/',
        'spread/?organisation=nowhere',
        'handed-in/?month=2001-01',
        'handed-in/?month=x',
    )

    assert {signed_in(chief).get(PAGE + address).status_code for address in wrong} == {404}


def test_with_nothing_to_count_it_says_so(chief, signed_in):
    assert 'There is nothing to count yet.' in signed_in(chief).get(PAGE).content.decode()


def test_the_page_costs_the_same_for_one_and_for_five(author, editor, chief, signed_in):
    client = signed_in(chief)
    asked = []
    for count in (1, 4):
        for _ in range(count):
            make_submission(author, 'live', editor=editor)
            make_submission(author, State.IN_REVIEW, editor=editor)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        asked.append(len(seen))

    assert asked == [16, 16]
