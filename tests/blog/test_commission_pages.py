"""Commissions as people meet them: the invitee by the link in a letter, the editor on the desk."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blog import commissioning
from blog.models import Commission, State, Submission
from blog.states.commission_states import CommissionState as S
from members.models import Person
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import letters_leave, make_person
from ukis import days
from ukis.letters.models import Letter, PrivateLink

IVO = 'ivo@far.example'
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def link_of(row: Commission) -> str:
    token = PrivateLink.make(purpose='commission', about=row, days=9)
    return reverse('commission', args=[token])


# --- The invitee ----------------------------------------------------------------------------------


def test_the_letter_leads_to_the_brief_and_four_answers_with_none_chosen(editor, mailoutbox):
    brought_to(S.SENT, editor)
    letters_leave()
    letter = mailoutbox[0]
    address = next(word for word in letter.body.split() if '/commission/' in word)

    page = Client().get(address)

    assert page.status_code == 200
    assert page.headers['Referrer-Policy'] == 'no-referrer'
    form = page.context['form']
    assert [name for name, _ in form.fields['answer'].choices] == ['accept', 'propose', 'decline', 'suggest']
    assert form['answer'].value() is None
    assert 'For those who lead a change' in page.content.decode()
    assert '800 to 1,000 words' in page.content.decode()


def test_while_a_later_date_waits_both_sides_read_whose_turn_it_is_and_by_when(editor, chief, signed_in):
    row = brought_to(S.SENT, editor)
    by_when = f'by {days.in_words(row.answer_by)} you hear how it stands'
    commissioning.propose(row, by=LINK, day=row.deadline + timedelta(days=9))
    row.refresh_from_db()
    client = signed_in(chief)

    shown = Client().get(link_of(row)).text
    of_it = client.get(reverse('admin:commission', args=[row.pk])).text
    listed = client.get(reverse('admin:commissions')).text

    assert (row.kind, by_when in shown) == ('them', True)
    assert ['They ask for another date' in page for page in (of_it, listed)] == [True, True]
    assert ['Waiting for an answer' in page for page in (of_it, listed)] == [False, False]

    Commission.objects.filter(pk=row.pk).update(answer_by=days.today() - timedelta(days=1))

    assert 'you hear how it stands' not in Client().get(link_of(row)).text


def test_the_example_of_a_day_to_come_is_one_that_would_be_taken(editor, chief, signed_in, time_machine):
    row = brought_to(S.SENT, editor)
    time_machine.move_to('2031-12-01 10:00')

    drafting = signed_in(chief).get(reverse('admin:commission_new')).text

    refused = Client().post(link_of(row), {'answer': 'propose', 'day': 'soon'}).text

    assert 'For example, 12 November 2032.' in drafting
    assert 'Write the day like this: 12 November 2032.' in refused
    assert '12 November 2026' not in drafting + refused


def test_a_link_that_has_run_out_sends_a_fresh_one_to_the_address_we_have_and_loses_no_word(editor):
    row = brought_to(S.ACCEPTED, editor)
    Letter.objects.update(state=Letter.State.SENT)
    token = PrivateLink.make(purpose='commission', about=row, days=-1)
    address, writing = reverse('commission', args=[token]), reverse('commission_write', args=[token])

    shown, typed = Client().get(address), Client().post(writing, {'title': 'Mine', 'body': 'Typed for long.'})
    pressed = [Client().post(page, {'fresh': '1'}) for page in (address, writing, address, address)]

    assert (shown.status_code, typed.status_code) == (404, 404)
    assert [page.status_code for page in pressed] == [200] * 4
    assert 'Send a fresh link to the address you have' in shown.text
    assert 'Typed for long.' in typed.text
    for page in (shown, *pressed):
        assert [words for words in (IVO, row.name, row.working_title) if words in page.text] == []
    sent = Letter.objects.filter(kind='commission_link')
    assert list(sent.values_list('to_address', flat=True)) == [IVO] * 3  # a day
    row.refresh_from_db()
    assert row.state == S.ACCEPTED


@pytest.mark.parametrize('method', ['get', 'head'])
def test_opening_the_link_changes_nothing(method, editor):
    row = brought_to(S.SENT, editor)
    steps = row.steps.count()

    getattr(Client(), method)(link_of(row))

    row.refresh_from_db()
    assert (row.state, row.steps.count()) == (S.SENT, steps)


def test_a_post_without_a_choice_changes_nothing_and_says_so(editor):
    row = brought_to(S.SENT, editor)

    page = Client().post(link_of(row), {'words': 'Let me think.'})

    row.refresh_from_db()
    assert (page.status_code, row.state) == (422, S.SENT)
    assert 'Choose one of the answers.' in page.content.decode()
    assert 'Let me think.' in page.content.decode()


ANSWERS = [
    ({'answer': 'accept'}, S.ACCEPTED),
    ({'answer': 'decline', 'reason': 'time', 'ask_after': '1 March 2030'}, S.DECLINED),
    ({'answer': 'decline'}, S.DECLINED),
    ({'answer': 'suggest', 'other_name': 'Nia', 'other_email': 'nia@far.example'}, S.DECLINED),
]


@pytest.mark.parametrize(('given', 'state'), ANSWERS)
def test_each_answer_is_taken_by_the_same_link(given, state, editor):
    row = brought_to(S.SENT, editor)
    link, near = link_of(row), days.today() + timedelta(days=200)
    if 'ask_after' in given:
        given = {**given, 'ask_after': days.in_words(near)}

    page = Client().post(link, given)

    row.refresh_from_db()
    assert (page.status_code, page['Location'], row.state) == (302, link, state)
    shown = Client().get(link)
    assert (shown.status_code, 'Change your answer' in shown.text) == (200, True)
    assert ('named somebody else: thank you' in shown.text) is (given['answer'] == 'suggest')


def test_a_later_date_is_asked_for_with_its_day(editor):
    row = brought_to(S.SENT, editor)
    later = row.deadline + timedelta(days=30)

    without = Client().post(link_of(row), {'answer': 'propose'})
    page = Client().post(link_of(row), {'answer': 'propose', 'day': days.in_words(later)})

    row.refresh_from_db()
    assert (without.status_code, 'Name the day.' in without.content.decode()) == (422, True)
    assert (page.status_code, row.proposed_on) == (302, later)


def test_what_stands_below_another_answer_hinders_nothing(editor):
    row = brought_to(S.SENT, editor)

    page = Client().post(link_of(row), {'answer': 'accept', 'day': 'some time', 'other_email': 'no address'})

    row.refresh_from_db()
    assert (page.status_code, row.state) == (302, S.ACCEPTED)


def test_a_link_to_what_was_taken_back_says_so_and_asks_nothing(editor):
    row = brought_to(S.TAKEN_BACK, editor)

    page = Client().get(link_of(row))
    pressed = Client().post(link_of(row), {'answer': 'accept'})

    assert page.context['form'] is None
    assert 'The editor took this back' in page.content.decode()
    row.refresh_from_db()
    assert (pressed.status_code, row.state) == (409, S.TAKEN_BACK)


def test_the_brief_is_shown_as_text_whatever_was_typed(editor):
    row = brought_to(S.SENT, editor, brief='<script>alert(1)</script> & more', angle='<b>bold</b>')

    page = Client().get(link_of(row)).content.decode()

    assert '<script>alert(1)' not in page
    assert '&lt;script&gt;' in page
    assert '&lt;b&gt;bold' in page


def test_the_first_words_are_kept_before_the_code_is_sent(editor, mailoutbox):
    row = brought_to(S.ACCEPTED, editor)
    letters_leave()
    mailoutbox.clear()

    page = Client().post(link_of(row) + 'write/', {'title': 'The second year', 'body': 'It begins.'})

    row.refresh_from_db()
    assert page.status_code == 302
    assert (row.first_title, row.first_words) == ('The second year', '<p>It begins.</p>')
    assert [one.to for one in mailoutbox] == [[IVO]]


def test_a_code_from_the_mailbox_leads_to_a_draft_with_the_first_words(editor, mailoutbox):
    row = brought_to(S.ACCEPTED, editor)
    letters_leave()
    mailoutbox.clear()
    client = Client()
    asked_for = client.post(link_of(row) + 'write/', {'title': 'The second year', 'body': 'It begins.'})
    code = re.search(r'^\s*([A-Z0-9-]{6,})\s*$', mailoutbox[0].body, re.MULTILINE)[1]

    entered = client.post(asked_for['Location'], {'code': code})
    begun = client.get(entered['Location'])
    pressed = client.post(entered['Location'])

    submission = Submission.objects.get()
    ivo = Person.objects.get(email=IVO)
    assert begun.status_code == 200
    assert pressed['Location'] == reverse('submission_edit', args=[submission.pk])
    assert client.get(pressed['Location']).status_code == 200
    assert (submission.current.title, submission.started_by) == ('The second year', ivo)
    assert (submission.state, submission.editor, submission.due_on) == (State.DRAFTING, editor, row.deadline)
    assert not ivo.has_usable_password()


def test_nothing_is_kept_while_somebody_else_is_signed_in(editor, signed_in, stranger):
    row = brought_to(S.ACCEPTED, editor)

    page = signed_in(stranger).post(link_of(row) + 'write/', {'title': 'T', 'body': 'Mine.'})

    row.refresh_from_db()
    assert (page.status_code, row.first_words) == (409, '')
    assert 'Mine.' in page.content.decode()


def test_the_brief_stands_beside_the_page_on_which_it_is_written(editor, signed_in):
    ivo = make_person('Ivo Invitee', email=IVO)
    submission = brought_to(S.ACCEPTED, editor, invitee=ivo).submissions.get()

    page = signed_in(ivo).get(reverse('submission_edit', args=[submission.pk])).content.decode()

    assert 'For those who lead a change' in page
    assert 'The brief asks for 800 to 1,000 words: you have 0.' in page


def test_a_member_who_is_asked_answers_signed_in(editor, signed_in, stranger):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.SENT, editor, invitee=ivo)
    here = reverse('my_commission', args=[row.pk])

    assert signed_in(ivo).post(here, {'answer': 'accept'}).status_code == 302
    assert signed_in(stranger).get(here).status_code == 404
    row.refresh_from_db()
    assert row.state == S.ACCEPTED


# --- The editor -----------------------------------------------------------------------------------


def typed(**fields) -> dict[str, str]:
    today = days.today()
    return {
        'name': 'Ivo Invitee',
        'email': 'Ivo@Far.example',
        'working_title': 'What the second year needs',
        'brief': 'For those who lead a change.',
        'tag_words': 'leadership, scaling',
        'answer_by': days.in_words(today + timedelta(days=9)),
        'deadline': days.in_words(today + timedelta(days=40)),
        **fields,
    }


def test_an_editor_drafts_reads_and_sends(editor, signed_in):
    client = signed_in(editor)

    drafted = client.post(reverse('admin:commission_new'), typed(editor=editor.pk))
    row = Commission.objects.get()
    asked_page = client.get(reverse('admin:commission_move', args=[row.pk, 'send']))
    sent = client.post(reverse('admin:commission_move', args=[row.pk, 'send']))

    row.refresh_from_db()
    assert (drafted.status_code, asked_page.status_code, sent.status_code) == (302, 200, 302)
    assert (row.state, row.email, row.tag_words) == (S.SENT, IVO, ['leadership', 'scaling'])
    assert Letter.objects.get().to_address == IVO


@pytest.mark.parametrize(
    ('fields', 'sentence'),
    [
        ({'answer_by': '1 January 2020'}, 'Choose a day that is not past.'),
        ({'deadline': 'YESTERDAY'}, 'Write the day like this'),
        ({'words_from': '900', 'words_to': '100'}, 'is not more words than'),
        ({'brief': ''}, 'Brief: Fill this in.'),
    ],
)
def test_what_cannot_be_asked_is_said(fields, sentence, editor, signed_in):
    page = signed_in(editor).post(reverse('admin:commission_new'), typed(**{'editor': editor.pk, **fields}))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Commission.objects.exists()


def test_two_tabs_on_one_draft_lose_nothing(editor, signed_in):
    row = make_commission(editor)
    client, here = signed_in(editor), reverse('admin:commission_change', args=[row.pk])
    began = client.get(here).context['form']['began'].value()
    first = client.post(here, typed(editor=editor.pk, began=began, brief='From the first tab.'))
    second = client.post(here, typed(editor=editor.pk, began=began, brief='From the second tab.'))

    row.refresh_from_db()
    assert (first.status_code, second.status_code, row.brief) == (302, 409, 'From the first tab.')
    assert 'From the second tab.' in second.content.decode()
    assert 'From the first tab.' in second.content.decode()


@pytest.mark.parametrize('state', [S.DRAFT, S.DECLINED])
def test_a_copy_asks_the_same_of_somebody_else(state, editor, signed_in):
    row = brought_to(state, editor)
    copied, client = reverse('admin:commission_new') + f'?copy={row.pk}', signed_in(editor)

    page = client.get(copied)

    form = page.context['form']
    assert (form['brief'].value(), form['email'].value()) == (row.brief, None)
    assert f'href="{copied}"' in client.get(reverse('admin:commission', args=[row.pk])).text


@pytest.mark.parametrize('count', [1, 5])
@pytest.mark.parametrize('page', ['admin:commissions', 'admin:commission'])
def test_pages_ask_the_same_few_questions_with_one_row_and_with_five(
    page, count, editor, signed_in, django_assert_num_queries
):
    rows = [brought_to(S.SENT, editor, email=f'{number}@far.example') for number in range(count)]
    client = signed_in(editor)
    address = reverse(page, args=[rows[0].pk] if page == 'admin:commission' else [])
    client.get(address)

    with django_assert_num_queries(8 if page == 'admin:commissions' else 16):
        client.get(address)


def test_who_is_asked_finds_nothing_of_it_on_their_desk(chief, editor, signed_in):
    row = brought_to(S.SENT, editor, invitee=chief, email=chief.email, name=chief.printed_name)

    assert signed_in(chief).get(reverse('admin:commission', args=[row.pk])).status_code == 404
    assert commissioning.roles_of(row, chief) == {commissioning.CommissionParty.INVITEE}
