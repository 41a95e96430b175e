"""Commissions where two things meet: a promise taken up again, dates and words that changed meanwhile, who is asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import commissioning, workflow
from blog.commissioning import Suggested
from blog.commissioning.engine import moving
from blog.desk import commission_queues
from blog.models import Commission, CommissionStep, State, Words
from blog.states.commission_states import CommissionState as S
from members.models import Person
from tests.blog.test_commission_pages import link_of, typed
from tests.blog.test_erasing import erase
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import DECLARED, WORDS, letters_leave, make_person
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

IVO = 'ivo@far.example'
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def ivo():
    return make_person('Ivo Invitee', email=IVO)


def handed_in(row, ivo):
    submission = row.submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(**WORDS))
    workflow.submit(submission, by=ivo, version=submission.current.number, declarations=DECLARED)
    return submission


# --- Promised again -------------------------------------------------------------------------------


def test_a_yes_after_a_no_after_a_yes_opens_the_same_draft_with_its_words(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    submission = row.submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(title='Kept', body='<p>Kept.</p>'))

    commissioning.decline(row, by=ivo)
    commissioning.accept(row, by=ivo)

    submission = row.submissions.get()
    assert (submission.state, submission.current.title) == (State.DRAFTING, 'Kept')
    assert (submission.due_on, submission.editor) == (row.deadline, editor)


def test_after_a_refusal_of_the_words_a_second_promise_has_a_draft_of_its_own(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    workflow.decline(handed_in(row, ivo), by=editor, note='It does not fit.')
    later = row.deadline + timedelta(days=30)
    commissioning.revive(row, by=editor, answer_by=later, deadline=later)

    commissioning.accept(row, by=ivo)

    states = row.submissions.order_by('pk').values_list('state', 'due_on')
    assert list(states) == [(State.DECLINED, None), (State.DRAFTING, later)]


@pytest.mark.parametrize('move', ['take_back', 'note_no'])
def test_a_promise_whose_words_came_to_nothing_can_be_closed(move, editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    workflow.decline(handed_in(row, ivo), by=editor, note='It does not fit.')

    if move == 'take_back':
        commissioning.take_back(row, by=editor, reason='It came to nothing.')
    else:
        commissioning.note_no(row, by=editor, note='It came to nothing.')

    assert row.state in (S.TAKEN_BACK, S.DECLINED)


def test_who_is_asked_again_answers_as_freely_as_the_first_time(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    workflow.decline(handed_in(row, ivo), by=editor, note='It does not fit.')
    later = row.deadline + timedelta(days=30)
    commissioning.revive(row, by=editor, answer_by=later, deadline=later)

    assert list(commissioning.waiting().filter(invitee=ivo)) == [row]
    open_ones = {move.name for move, why in commissioning.moves_for(row, ivo) if not why}
    assert open_ones == {'accept', 'propose', 'decline', 'suggest'}
    assert {move.name: why for move, why in commissioning.moves_for(row, editor)}['move_dates'] == ''


def test_a_yes_by_telephone_leaves_nothing_of_the_no_before_it(editor):
    row = brought_to(S.SENT, editor)
    commissioning.decline(row, by=LINK, reason='time', ask_after=days.today() + timedelta(days=90))

    commissioning.note_yes(row, by=editor, note='She has found the time.')

    assert (row.reason, row.ask_after, row.answer) == ('', None, 'She has found the time.')


def test_no_date_is_agreed_to_that_is_past(editor):
    row = brought_to(S.SENT, editor)
    commissioning.propose(row, by=LINK, day=row.deadline + timedelta(days=9))
    past = days.today() - timedelta(days=1)
    Commission.objects.filter(pk=row.pk).update(proposed_on=past, deadline=past, answer_by=past)

    with pytest.raises(NotNow, match='past by now'):
        commissioning.agree_date(row, by=editor)


# --- Several who are asked ------------------------------------------------------------------------


def copy_of(row, editor, email):
    asked = {name: getattr(row, name) for name in commissioning.ASKED}
    return commissioning.draft(by=editor, follows=row, name='Nia Named', email=email, **asked)


def test_who_is_asked_still_can_say_yes_though_a_copy_went_to_somebody_else(editor):
    row = brought_to(S.SENT, editor)
    commissioning.send(copy_of(row, editor, 'nia@far.example'), by=editor)

    commissioning.accept(row, by=LINK)

    assert row.state == S.ACCEPTED


def test_two_who_said_no_do_not_both_promise_the_same_piece_after_all(editor):
    row = brought_to(S.DECLINED, editor)
    following = copy_of(row, editor, 'nia@far.example')
    commissioning.send(following, by=editor)
    commissioning.decline(following, by=LINK)
    commissioning.accept(row, by=LINK)

    with pytest.raises(NotNow, match='Somebody else has been asked meanwhile'):
        commissioning.accept(following, by=LINK)


def test_a_yes_is_free_again_once_the_next_one_kept_silent(editor):
    row = brought_to(S.DECLINED, editor)
    following = copy_of(row, editor, 'nia@far.example')
    commissioning.send(following, by=editor)
    Commission.objects.filter(pk=following.pk).update(answer_by=days.today() - timedelta(days=1))
    Letter.objects.update(state=Letter.State.SENT)
    commissioning.expire_due(timezone.now())

    commissioning.accept(row, by=LINK)

    assert row.state == S.ACCEPTED


def test_one_address_gets_one_of_two_copies_of_one_piece(editor):
    row = brought_to(S.DECLINED, editor)
    first, second = (copy_of(row, editor, 'nia@far.example') for _ in range(2))
    commissioning.send(first, by=editor)

    with pytest.raises(NotNow, match='was asked for this already'):
        commissioning.send(second, by=editor)


def test_a_draft_saved_twice_is_sent_once(editor):
    first, second = make_commission(editor), make_commission(editor)
    commissioning.send(first, by=editor)

    with pytest.raises(NotNow, match='was asked for this already'):
        commissioning.send(second, by=editor)


def test_an_editor_who_is_named_instead_is_not_asked_by_themselves(editor):
    row = brought_to(S.SENT, editor)
    commissioning.suggest(row, by=LINK, other=Suggested('Ed', editor.email.upper(), ''))

    with pytest.raises(NotNow, match='Its editor cannot be asked'):
        commissioning.send(row.followed_by.get(), by=editor)


def test_who_joined_between_draft_and_sending_is_asked_as_who_they_are(editor, chief):
    row = make_commission(editor, email='late@far.example')
    late = make_person('Late Joiner', email='late@far.example')

    commissioning.send(row, by=editor)

    assert row.invitee == late


def test_who_joined_after_being_asked_finds_a_draft_after_the_yes(editor):
    row = brought_to(S.SENT, editor)
    ivo = make_person('Ivo Invitee', email=IVO)

    commissioning.accept(row, by=LINK)

    assert (row.invitee, row.submissions.get().started_by) == (ivo, ivo)


# --- Who is forgotten -----------------------------------------------------------------------------


@pytest.mark.parametrize('state', [S.DECLINED, S.EXPIRED, S.TAKEN_BACK])
def test_nobody_writes_to_who_is_forgotten(state, editor, ivo):
    row = brought_to(state, editor, invitee=ivo)
    erase(ivo)
    row.refresh_from_db()
    later = days.today() + timedelta(days=90)

    with pytest.raises(NotNow, match='forgotten'):
        commissioning.revive(row, by=editor, answer_by=later, deadline=later)
    assert {move.name for move, why in commissioning.moves_for(row, editor) if not why} <= {'note_no'}
    assert commissioning.known(row, to=editor).before == []


def test_what_the_next_one_reads_does_not_name_who_is_forgotten(editor, ivo):
    row = brought_to(S.SENT, editor, invitee=ivo)
    commissioning.suggest(row, by=LINK, other=Suggested('Nia Named', 'nia@far.example', 'She knows it.'))

    erase(ivo)

    following = row.followed_by.get()
    assert 'Ivo' not in following.letter
    assert not following.steps.filter(by_name__contains='Ivo').exists()


# --- What somebody saw when they pressed ----------------------------------------------------------


def test_a_yes_is_to_the_date_that_stood_on_the_page(editor):
    row = brought_to(S.SENT, editor)
    seen, sooner = row.deadline, row.deadline - timedelta(days=20)
    commissioning.move_dates(row, by=editor, answer_by=row.answer_by, deadline=sooner)

    with pytest.raises(NotNow, match='has moved the date meanwhile'):
        commissioning.accept(row, by=LINK, seen=seen)
    commissioning.accept(row, by=LINK, seen=sooner)

    assert row.state == S.ACCEPTED


def test_the_page_says_which_date_it_showed(editor):
    row = brought_to(S.SENT, editor)
    page = Client().get(link_of(row)).content.decode()
    assert f'name="seen" value="{row.deadline.isoformat()}"' in page
    given = {'answer': 'accept', 'seen': row.deadline.isoformat(), 'words': 'Gladly.'}
    sooner = row.deadline - timedelta(days=20)
    commissioning.move_dates(row, by=editor, answer_by=row.answer_by, deadline=sooner)

    refused = Client().post(link_of(row), given)

    row.refresh_from_db()
    assert (refused.status_code, row.state) == (409, S.SENT)
    assert 'Gladly.' in refused.content.decode()
    assert f'value="{sooner.isoformat()}"' in refused.content.decode()


def test_an_editor_agrees_to_the_date_that_stood_on_the_page(editor, signed_in):
    row = brought_to(S.SENT, editor)
    first, second = row.deadline + timedelta(days=9), row.deadline + timedelta(days=99)
    commissioning.propose(row, by=LINK, day=first)
    client, here = signed_in(editor), reverse('admin:commission_move', args=[row.pk, 'agree_date'])
    seen = client.get(here).context['form']['seen'].value()
    commissioning.propose(row, by=LINK, day=second)

    refused = client.post(here, {'seen': seen})
    taken = client.post(here, {'seen': second.isoformat()})

    row.refresh_from_db()
    assert (refused.status_code, taken.status_code, row.deadline) == (409, 302, second)


def test_an_invitation_is_sent_as_it_was_read(editor, signed_in):
    row = make_commission(editor)
    client, here = signed_in(editor), reverse('admin:commission_move', args=[row.pk, 'send'])
    seen = client.get(here).context['form']['seen'].value()
    commissioning.change(row, by=editor, brief='From another tab.')

    refused = client.post(here, {'seen': seen})

    row.refresh_from_db()
    assert (refused.status_code, row.state) == (409, S.DRAFT)
    assert 'From another tab.' in refused.content.decode()


def test_a_yes_that_is_pressed_twice_is_one(editor):
    row = brought_to(S.SENT, editor)

    codes = [Client().post(link_of(row), {'answer': 'accept'}).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert row.steps.filter(move='accept').count() == 1


# --- Nothing typed is lost ------------------------------------------------------------------------


def test_what_a_second_tab_adds_to_a_yes_that_stands_is_not_lost(editor):
    row = brought_to(S.SENT, editor)
    client, link = Client(), link_of(row)
    client.post(link, {'answer': 'accept', 'words': 'Gladly.'})

    same = client.post(link, {'answer': 'accept', 'words': 'Gladly. '})
    other = client.post(link, {'answer': 'accept', 'words': 'May it have two authors?'})

    assert (same.status_code, other.status_code) == (302, 422)
    assert 'May it have two authors?' in other.text


def test_first_words_that_meet_a_taking_back_are_given_back(editor):
    row = brought_to(S.ACCEPTED, editor)
    commissioning.take_back(row, by=editor, reason='No.')

    page = Client().post(link_of(row) + 'write/', {'title': 'The second year', 'body': 'A long evening.'})

    assert page.status_code == 409
    assert 'A long evening.' in page.content.decode()


def test_first_words_stay_to_be_read_once_it_is_taken_back(editor):
    row = brought_to(S.ACCEPTED, editor)
    commissioning.keep_first_words(row, by=LINK, title='The second year', body='<p>It begins.</p>')
    letters_leave()

    commissioning.take_back(row, by=editor, reason='No.')

    assert '<p>It begins.</p>' in Client().get(link_of(row)).content.decode()
    assert 'what you have typed' in Letter.objects.get(kind='commission_taken_back').text()


def test_first_words_of_a_page_left_open_are_given_back_once_the_writing_has_begun(editor):
    row = brought_to(S.ACCEPTED, editor)
    commissioning.begin(row, by=make_person('Ivo Invitee', email=IVO))

    page = Client().post(link_of(row) + 'write/', {'title': 'T', 'body': 'From the other tab.'})

    assert page.status_code == 409
    assert 'From the other tab.' in page.content.decode()


def test_first_words_of_two_tabs_overwrite_each_other_knowingly_alone(editor):
    row = brought_to(S.ACCEPTED, editor)
    here = link_of(row) + 'write/'
    seen = Client().get(here).context['form']['seen'].value()
    first, second = ({'title': 'T', 'body': f'From tab {number}.', 'seen': seen} for number in (1, 2))

    saved, refused = Client().post(here, first), Client().post(here, second)
    row.refresh_from_db()
    assert (saved.status_code, refused.status_code, row.first_words) == (302, 409, '<p>From tab 1.</p>')
    assert 'From tab 1.' in refused.content.decode()
    assert 'From tab 2.' in refused.content.decode()

    again = Client().post(here, {**second, 'seen': refused.context['form']['seen'].value()})

    row.refresh_from_db()
    assert (again.status_code, row.first_words) == (302, '<p>From tab 2.</p>')


def test_an_answer_that_comes_too_late_is_given_back(editor):
    row = brought_to(S.TAKEN_BACK, editor)

    page = Client().post(link_of(row), {'answer': 'accept', 'words': 'With pleasure, and at length.'})

    assert 'With pleasure, and at length.' in page.content.decode()


# --- Letters that are true ------------------------------------------------------------------------


def recalled_by_hand(row):
    Letter.objects.about(row).update(state=Letter.State.RECALLED)


def test_who_was_never_asked_hears_of_no_end(editor):
    silent, taken = brought_to(S.SENT, editor), brought_to(S.SENT, editor, email='nia@far.example')
    recalled_by_hand(silent)
    recalled_by_hand(taken)
    Commission.objects.filter(pk=silent.pk).update(answer_by=days.today() - timedelta(days=1))

    commissioning.take_back(taken, by=editor, reason='Sent by mistake.')
    CommissionStep.objects.update(at=timezone.now() - timedelta(days=1))
    expire = commissioning.MOVES['expire']
    with moving(expire.name, silent, by=None):
        pass

    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    assert [(one.kind, one.to_address) for one in waiting] == [('commission_unanswered', editor.email)]
    assert 'has not reached them' in waiting.get().text()


def test_who_answered_before_the_invitation_left_hears_that_it_is_taken_back(editor):
    row = brought_to(S.ACCEPTED, editor)
    letters_leave()

    commissioning.take_back(row, by=editor, reason='No.')

    assert Letter.objects.filter(kind='commission_taken_back', state=Letter.State.WAITING).count() == 1


def test_a_changed_answer_speaks_of_none_that_the_editor_never_read(editor):
    row = brought_to(S.SENT, editor)
    commissioning.accept(row, by=LINK)
    commissioning.decline(row, by=LINK)
    no = Letter.objects.get(kind='commission_answered_no')
    commissioning.accept(row, by=LINK)
    yes = Letter.objects.filter(kind='commission_answered_yes').order_by('pk').last()

    assert 'had promised' not in no.text()
    assert 'after all' not in yes.text()


def test_a_name_is_one_line_wherever_it_comes_from(editor):
    row = brought_to(S.SENT, editor)

    commissioning.correct_address(row, by=editor, name='Ivo\r\nBcc: x', email='ivo@right.example')

    assert row.name == 'Ivo Bcc: x'


# --- The desk -------------------------------------------------------------------------------------


def test_a_copy_leaves_behind_what_was_for_the_first_alone_and_days_that_are_past(editor, signed_in):
    row = brought_to(S.DECLINED, editor)
    long_ago = days.today() - timedelta(days=40)
    Commission.objects.filter(pk=row.pk).update(answer_by=long_ago, deadline=long_ago)

    page = signed_in(editor).get(reverse('admin:commission_new') + f'?copy={row.pk}')

    form = page.context['form']
    assert (form['brief'].value(), form['letter'].value()) == (row.brief, None)
    assert form['answer_by'].value() >= days.today()
    assert form['deadline'].value() >= form['answer_by'].value()


def test_nobody_asks_themselves_by_way_of_another_editor(editor, other_editor, signed_in):
    given = typed(editor=other_editor.pk, email=editor.email.upper())

    page = signed_in(editor).post(reverse('admin:commission_new'), given)

    assert page.status_code == 422
    assert 'This is your own address.' in page.content.decode()


def test_once_the_words_are_in_both_sides_read_so(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    handed_in(row, ivo)
    Commission.objects.filter(pk=row.pk).update(
        deadline=days.today() - timedelta(days=2), answer_by=days.today() - timedelta(days=9)
    )

    row = Commission.objects.whole().get(pk=row.pk)

    assert row.invitee_sentence == 'You said yes, and sent us your words: thank you. The editor answers you.'
    assert row.editor_sentence == 'Ivo Invitee said yes, and has sent the words.'
    assert row.late == ''


def test_a_day_that_was_moved_where_it_is_written_is_the_day_it_is_wanted_by(editor, ivo):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    later = row.deadline + timedelta(days=30)

    workflow.extend(row.submissions.get(), by=editor, due_on=later)

    row = Commission.objects.whole().get(pk=row.pk)
    assert row.wanted_by == later
    assert days.in_words(later) in row.invitee_sentence


def test_what_an_editor_left_behind_waits_for_the_commissioning_editor(editor, chief):
    make_commission(editor)
    assert commission_queues.counts(chief)['mine'] == 0

    editor.groups.clear()

    assert commission_queues.counts(Person.objects.get(pk=chief.pk))['mine'] == 1


def test_so_many_may_be_named_and_no_more(editor):
    row = brought_to(S.SENT, editor)
    for number in range(5):
        commissioning.suggest(row, by=LINK, other=Suggested('Nia', f'nia{number}@far.example', ''))

    with pytest.raises(NotNow, match='named 5 already'):
        commissioning.suggest(row, by=LINK, other=Suggested('Nia', 'nia6@far.example', ''))


def test_an_editor_hears_of_a_yes_though_another_moves_the_dates_at_once(editor, chief):
    row = brought_to(S.SENT, editor)
    letters_leave()
    commissioning.accept(row, by=LINK, words='Gladly.')

    later = row.deadline + timedelta(days=9)
    commissioning.move_dates(row, by=chief, answer_by=row.answer_by, deadline=later)

    letter = Letter.objects.get(kind='commission_answered_yes')
    assert letter.state == Letter.State.WAITING


def test_who_was_told_a_length_is_told_no_other_while_they_write(editor, ivo, signed_in):
    row = brought_to(S.ACCEPTED, editor, invitee=ivo, words_from=50, words_to=200)
    submission = row.submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(**WORDS))
    pages = [reverse(name, args=[submission.pk]) for name in ('submission_edit', 'submission_submit')]

    asked = [signed_in(ivo).get(page).text for page in pages]
    Commission.objects.update(words_from=None, words_to=None)
    open_to_them = [signed_in(ivo).get(page).text for page in pages]

    assert ['between 600 and 1,200 words' in one for one in (*asked, *open_to_them)] == [
        False,
        False,
        True,
        True,
    ]
    assert '(asked for: 50 to 200 words)' in asked[1]
