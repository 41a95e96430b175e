"""An idea before it is written: pitched by a member, taken up with a date or declined with a note."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog import workflow
from blog.desk import queues
from blog.models import Holder, Message, Series, State, Submission
from members.roles import GUEST_EDITOR
from tests.conftest import PITCH, letters_leave, make_person, make_seat, make_submission
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

DAY = timedelta(days=1)
PAGE = reverse('write_pitch')


def words(count: int) -> str:
    return ' '.join(['word'] * count)


def pitched(author) -> Submission:
    return workflow.pitch(by=author, title='Small surgeries', note=PITCH)


def test_it_is_with_the_editors_for_five_working_days_and_its_words_are_the_first_message(author, chief):
    submission = pitched(author)

    assert (submission.state, submission.holder) == (State.PITCH, Holder.EDITORS)
    assert submission.due_on == days.add_working_days(days.today(), 5)
    [message] = Message.objects.filter(submission=submission)
    assert (message.by, message.text, message.step.move) == (author, PITCH, 'pitch')
    assert submission.current.body == ''


@pytest.mark.parametrize(
    ('count', 'said'),
    [(1, 'It has 1 word. Say'), (49, 'at least 50'), (50, ''), (150, ''), (151, '150 at most')],
)
def test_it_has_50_to_150_words_as_the_house_counts_them(count, said):
    assert said in workflow.why_not_so_long(f'{words(count)} – …')
    assert bool(said) == bool(workflow.why_not_so_long(words(count)))


def test_only_who_may_start_a_blog_pitches_one(stranger):
    with pytest.raises(NotAllowed):
        workflow.pitch(by=stranger, title='Small surgeries', note=PITCH)


def test_the_form_sends_it_and_says_by_when_it_is_answered(author, chief, signed_in, society):
    answer = signed_in(author).post(PAGE, {'title': '  Small   surgeries ', 'note': PITCH}, follow=True)

    submission = Submission.objects.get()
    assert submission.working_title == 'Small surgeries'
    assert answer.redirect_chain == [(submission.get_absolute_url(), 302)]
    page = answer.content.decode()
    due = days.in_words(submission.due_on)
    assert f'Your idea is with the editors. They answer by {due}' in page
    assert f'Your idea is with the editors, answer expected by {due}' in page
    assert 'Withdraw this submission' in page
    assert '0 words' not in page


def test_sent_twice_it_is_one_pitch(author, chief, signed_in, society):
    client = signed_in(author)

    for _ in range(2):
        client.post(PAGE, {'title': 'Small surgeries', 'note': PITCH})

    assert Submission.objects.count() == 1
    assert Letter.objects.filter(kind='pitched').count() == 1


def test_a_series_that_takes_ideas_is_offered_and_its_guests_hear_too(author, chief, signed_in, society):
    open_one, closed, over = (
        Series.objects.create(title=title, takes_ideas=takes, ends_on=ends)
        for title, takes, ends in (
            ('Ten years on', True, None),
            ('Not announced', False, None),
            ('Long over', True, days.today() - DAY),
        )
    )
    guest = make_person('Gwen Guest', group=GUEST_EDITOR)
    open_one.guests.create(person=guest)
    desk, typed = signed_in(author), {'title': 'Small surgeries', 'note': PITCH}

    page, refused = desk.get(PAGE).text, desk.post(PAGE, {**typed, 'series': closed.pk})
    desk.post(PAGE, {**typed, 'series': open_one.pk})

    assert [one.title in page for one in (open_one, closed, over)] == [True, False, False]
    assert (refused.status_code, 'takes no more ideas' in refused.text, PITCH in refused.text) == (
        422,
        True,
        True,
    )
    submission = Submission.objects.get()
    assert submission.series == open_one
    to = Letter.objects.filter(kind='pitched').values_list('to', flat=True)
    assert sorted(to) == sorted([chief.pk, guest.pk])
    assert 'for the series “Ten years on”' in Letter.objects.filter(kind='pitched')[0].text()
    assert 'It belongs to “Ten years on”.' in desk.get(submission.get_absolute_url()).text
    with pytest.raises(NotNow, match='takes no more ideas'):
        workflow.pitch(by=author, title='Another', note=PITCH, series=over)


def test_where_no_series_takes_ideas_none_is_asked_about(author, signed_in, society):
    assert 'series' not in signed_in(author).get(PAGE).context['form'].fields


def test_the_look_of_what_is_not_out_says_its_series(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.set_series(submission, by=editor, series=Series.objects.create(title='Ten years on'))

    page = signed_in(author).get(reverse('submission_preview', args=[submission.pk])).text

    assert 'Part of the series Ten years on' in page


def test_what_is_too_short_comes_back_as_it_was_typed(author, signed_in, society):
    answer = signed_in(author).post(PAGE, {'title': 'Small surgeries', 'note': 'Only a thought.'})

    assert answer.status_code == 422
    assert 'It has 3 words. Say a little more' in answer.content.decode()
    assert 'Only a thought.' in answer.content.decode()
    assert not Submission.objects.exists()


def test_who_has_no_place_is_told_so_and_keeps_what_they_typed(stranger, signed_in, society):
    answer = signed_in(stranger).post(PAGE, {'title': 'Small surgeries', 'note': PITCH})

    assert answer.status_code == 403
    assert PITCH in answer.content.decode()
    assert 'You cannot start a blog today' in answer.content.decode()


def test_the_letters_say_what_it_is_and_by_when(author, chief):
    submission = pitched(author)

    due = days.add_working_days(days.today(), 5)
    for kind in ('pitched', 'pitch_received'):
        letter = Letter.objects.get(kind=kind)
        assert PITCH in letter.text()
        assert f'{due.day} {due:%B %Y}' in letter.text()
    assert submission.title in Letter.objects.get(kind='pitched').subject


def test_it_waits_in_the_queue_of_what_needs_an_editor_with_reading_as_its_next_move(
    author, chief, signed_in, society
):
    submission = pitched(author)

    assert list(queues.rows('unassigned', chief)) == list(queues.rows('mine', chief)) == [submission]
    page = signed_in(chief).get(reverse('admin:desk')).content.decode()
    assert 'New pitch' in page
    assert 'Read and answer' in page


def test_its_page_on_the_desk_shows_the_idea_once_above_its_two_answers(author, editor, signed_in, society):
    submission = pitched(author)

    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).content.decode()

    top = page[: page.index('id="words"')]
    assert top.count(PITCH) == 1
    assert f'{author.printed_name} wrote to you' in top
    assert top.index('Take it up…') < top.index('Decline the pitch…')
    assert 'Nothing is written yet' in page


def test_taken_up_it_has_a_day_and_an_editor_and_its_author_hears_and_writes(
    author, editor, signed_in, society
):
    submission = pitched(author)
    due = days.today() + 40 * DAY

    signed_in(editor).post(
        reverse('admin:desk_move', args=[submission.pk, 'take_up']),
        {'due_on': due.isoformat(), 'note': 'Start with the second surgery.'},
    )
    client = signed_in(author)
    assert 'Your idea is with the editors' in client.get(submission.get_absolute_url()).content.decode()
    letters_leave()

    submission.refresh_from_db()
    assert (submission.state, submission.editor, submission.due_on) == (State.DRAFTING, editor, due)
    text = Letter.objects.get(kind='taken_up').text()
    assert days.in_words(due) in text
    assert 'Start with the second surgery.' in text
    page = client.get(reverse('submission_edit', args=[submission.pk])).content.decode()
    beside = page[page.index('aria-label="Beside the text"') :]
    assert PITCH in beside
    assert 'Start with the second surgery.' in page


def test_without_a_day_it_has_twenty_working_days(author, editor):
    submission = workflow.take_up(pitched(author), by=editor)

    assert submission.due_on == days.add_working_days(days.today(), 20)


@pytest.mark.parametrize('verb', ['take_up', 'assign_pitch'])
def test_a_day_that_is_past_is_refused(author, chief, other_editor, verb):
    submission = pitched(author)
    given = {'editor': other_editor} if verb == 'assign_pitch' else {}

    with pytest.raises(NotNow, match='not past'):
        getattr(workflow, verb)(submission, by=chief, due_on=days.today() - DAY, **given)


def test_the_editor_of_a_pitch_is_none_of_its_authors(author, chief, editor):
    make_seat(editor, author.affiliations.get().organisation)
    submission = pitched(editor)

    with pytest.raises(NotNow, match='author of this submission'):
        workflow.assign_pitch(submission, by=chief, editor=editor)
    for verb in (workflow.take_up, workflow.decline_pitch):
        with pytest.raises(NotAllowed):
            verb(submission, by=editor, note='Mine.')


def test_declined_it_says_why_after_five_minutes_and_calls_it_an_idea(author, editor, signed_in, society):
    submission = workflow.decline_pitch(pitched(author), by=editor, note='A table is out of date in a year.')
    client = signed_in(author)
    assert 'Not taken up' not in client.get(submission.get_absolute_url()).content.decode()

    letters_leave()

    letter = Letter.objects.get(kind='declined')
    assert letter.subject == 'About your idea “Small surgeries”'
    assert 'have read' not in letter.text()
    page = client.get(submission.get_absolute_url()).content.decode()
    assert 'Not taken up' in page
    assert 'A table is out of date in a year.' in page


def test_a_declined_pitch_reopened_waits_for_an_answer_anew(author, editor, chief):
    submission = workflow.decline_pitch(pitched(author), by=editor, note='No.')

    workflow.reopen(submission, by=chief)

    assert (submission.state, submission.due_on) == (State.PITCH, days.add_working_days(days.today(), 5))
    assert not Letter.objects.filter(kind__in=['declined', 'reopened'], state=Letter.State.WAITING).exists()


def test_its_author_withdraws_it_and_may_bring_it_back(author, chief):
    submission = workflow.withdraw(pitched(author), by=author, reason='Somebody else writes it.')
    assert submission.state == State.WITHDRAWN

    workflow.reopen(submission, by=author)

    assert submission.state == State.PITCH


def test_two_editors_answer_and_the_second_hears_what_the_first_said(
    author, editor, other_editor, signed_in, society
):
    submission = pitched(author)
    url = reverse('admin:desk_move', args=[submission.pk, 'decline_pitch'])
    client = signed_in(other_editor)
    workflow.take_up(submission, by=editor)

    page = client.post(url, {'note': 'Not for us.'})

    assert page.status_code == 409
    assert f'{editor.printed_name}: “Take it up”' in page.content.decode()
    assert 'Not for us.' in page.content.decode()


def test_what_came_in_promised_is_its_editors_and_both_letters_say_so(author, editor):
    submission = make_submission(author, 'promised', editor=editor)
    declared = {'rights': ('R', 'yes'), 'interests': ('I', 'none'), 'views': ('V', 'own')}

    workflow.submit(submission, by=author, version=submission.current.number, declarations=declared)

    assert submission.state == State.IN_REVIEW
    assert 'You are its editor' in Letter.objects.get(kind='arrived').text()
    assert f'has reached {editor.printed_name}' in Letter.objects.get(kind='received').text()


def test_the_way_to_suggest_one_stands_beside_the_way_to_start_one(author, signed_in, client, society):
    assert f'href="{PAGE}"' in signed_in(author).get(reverse('write')).content.decode()
    assert f'href="{PAGE}"' in client.get(reverse('contribute')).content.decode()
