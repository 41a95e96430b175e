"""Guest editors come and go: who hears of it, and what becomes of what they had in hand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import guests, workflow
from blog.models import Series, State
from members.roles import GUEST_EDITOR
from tests.commissions import brought_to
from tests.conftest import form_of, make_person, make_submission
from ukis import days
from ukis.letters.models import Letter

pytestmark = pytest.mark.usefixtures('society')


@pytest.fixture
def series(db) -> Series:
    return Series.objects.create(title='Ten years on')


@pytest.fixture
def guest(series):
    person = make_person('Gwen Guest', group=GUEST_EDITOR)
    series.guests.create(person=person)
    return person


@pytest.fixture
def in_hand(author, editor, guest, series):
    """Something that the guest has taken."""
    submission = make_submission(author, State.SUBMITTED)
    workflow.set_series(submission, by=editor, series=series)
    workflow.take(submission, by=guest)
    Letter.objects.all().delete()
    return submission


def letters() -> list[tuple[str, str]]:
    return sorted((letter.kind, letter.to.name) for letter in Letter.objects.all())


def end(series: Series, days_ago: int = 1) -> None:
    Series.objects.filter(pk=series.pk).update(ends_on=days.today() - timedelta(days=days_ago))


def test_whoever_is_made_a_guest_is_told_what_is_theirs_once(chief, stranger, series, signed_in):
    desk, address = signed_in(chief), reverse('admin:blog_series_change', args=[series.pk])
    named = {'guests-0-person': stranger.pk, 'guests-0-named': 'on'}

    desk.post(address, {**form_of(desk.get(address)), **named})
    desk.post(address, form_of(desk.get(address)))

    assert letters() == [('guest_named', stranger.name)]
    letter = Letter.objects.get()
    assert letter.subject == 'The series “Ten years on” is yours to look after'
    assert 'You are named on the page of the series' in letter.body
    assert '/admin/desk/' in letter.body


def test_whoever_is_a_guest_no_more_is_told_and_what_they_had_goes_on(
    author, chief, guest, series, in_hand, signed_in
):
    desk, address = signed_in(chief), reverse('admin:blog_series_change', args=[series.pk])

    desk.post(address, {**form_of(desk.get(address)), 'guests-0-DELETE': 'on'})

    in_hand.refresh_from_db()
    assert (in_hand.editor, in_hand.state) == (chief, State.IN_REVIEW)
    step = in_hand.steps.latest('pk')
    assert (step.move, step.by) == ('change_editor', chief)
    assert letters() == [('editor_changed', author.name), ('guest_over', 'Gwen Guest')]


def test_at_the_end_of_a_series_its_guests_are_told_once_and_nobody_waits_for_them(
    author, chief, guest, series, in_hand
):
    guests.over(timezone.now())
    assert (letters(), in_hand.editor) == ([], guest)
    end(series)

    for _ in range(2):
        guests.over(timezone.now())

    in_hand.refresh_from_db()
    assert in_hand.editor == chief
    assert letters() == [
        ('assigned', chief.name),
        ('editor_changed', author.name),
        ('guest_over', 'Gwen Guest'),
    ]
    assert in_hand.steps.filter(move='change_editor').count() == 1


def test_of_a_series_that_ended_long_ago_nobody_is_told_any_more(chief, guest, series, in_hand):
    end(series, days_ago=40)

    guests.over(timezone.now())

    in_hand.refresh_from_db()
    assert in_hand.editor == chief
    assert 'guest_over' not in {kind for kind, _ in letters()}


def test_what_is_closed_and_what_the_editors_have_stays_where_it_is(
    author, editor, chief, guest, series, in_hand
):
    workflow.decline(in_hand, by=guest, note='Not for us.')
    theirs = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.set_series(theirs, by=editor, series=series)
    end(series)

    guests.over(timezone.now())

    for submission, has in ((in_hand, guest), (theirs, editor)):
        submission.refresh_from_db()
        assert submission.editor == has


def test_who_looks_after_another_series_keeps_that(author, editor, chief, guest, series, in_hand):
    other = Series.objects.create(title='Another')
    other.guests.create(person=guest)
    kept = make_submission(author, State.SUBMITTED)
    workflow.set_series(kept, by=editor, series=other)
    workflow.take(kept, by=guest)
    end(series)

    guests.over(timezone.now())

    for submission, has in ((in_hand, chief), (kept, guest)):
        submission.refresh_from_db()
        assert submission.editor == has


def test_rule_eleven_holds_where_it_goes_on(author, editor, guest, series, organisation):
    """The Commissioning Editor writes it: another editor has it."""
    from members.roles import COMMISSIONING_EDITOR
    from tests.conftest import make_seat

    chief = make_person('Cleo Chief', group=COMMISSIONING_EDITOR)
    make_seat(chief, organisation)
    submission = make_submission(chief, State.SUBMITTED)
    workflow.set_series(submission, by=editor, series=series)
    workflow.take(submission, by=guest)
    end(series)

    guests.over(timezone.now())

    submission.refresh_from_db()
    assert submission.editor == editor


@pytest.mark.parametrize('how', ['not active', 'no role'])
def test_whoever_may_come_in_no_more_leaves_nothing_waiting(how, chief, guest, in_hand):
    if how == 'not active':
        type(guest).objects.filter(pk=guest.pk).update(is_active=False)
    else:
        guest.groups.clear()

    guests.over(timezone.now())

    in_hand.refresh_from_db()
    assert in_hand.editor == chief


def test_a_commission_of_theirs_goes_on_too_by_a_step_and_a_letter(chief, guest, series, signed_in):
    asked, answered = (
        brought_to(state, guest, series=series, email=f'{state}@far.example')
        for state in ('sent', 'declined')
    )
    Letter.objects.all().delete()
    end(series)

    guests.over(timezone.now())
    guests.over(timezone.now())

    for row in (asked, answered):
        row.refresh_from_db()
    assert (asked.editor, answered.editor) == (chief, guest)
    step = asked.steps.latest('pk')
    assert (step.move, step.by, step.note) == (
        'handed_on',
        None,
        f'from {guest.name} to {chief.printed_name}',
    )
    assert letters() == [('commission_handed_on', chief.name), ('guest_over', 'Gwen Guest')]
    page = signed_in(chief).get(reverse('admin:commission', args=[asked.pk])).text
    assert 'Another editor' in page


def test_to_an_editor_of_all_nothing_changes(chief, editor, series, signed_in):
    desk, address = signed_in(chief), reverse('admin:blog_series_change', args=[series.pk])

    desk.post(address, {**form_of(desk.get(address)), 'guests-0-person': editor.pk})

    assert series.guests.get().person == editor
    assert letters() == []
