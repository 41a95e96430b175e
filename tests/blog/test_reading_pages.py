"""Second readings as people meet them: the reader by the link in a letter or signed in, the editor on the desk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blog import readings, workflow
from blog.models import Message, Reading, State
from blog.states.reading_states import ReadingState as S
from tests.blog.test_erasing import erase
from tests.conftest import letters_leave, make_person, make_submission
from tests.readings import LINK, ask, brought_to
from ukis import days
from ukis.letters.models import Letter, PrivateLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

RHEA = 'rhea@far.example'
ADVICE = {
    'answer': 'return_advice',
    'recommendation': 'large',
    'for_author': 'Say more.',
    'for_editor': 'Between us: thin.',
    'may_name': 'no',
}


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


def link_of(row: Reading) -> str:
    return reverse('reading', args=[PrivateLink.make(purpose='reading', about=row, days=9)])


def words_of(page) -> str:
    return ' '.join(page.content.decode().split())


# --- The reader -----------------------------------------------------------------------------------


def test_the_letter_leads_to_the_words_and_answers_with_none_chosen(submission, editor, mailoutbox):
    ask(submission, editor)
    letters_leave()
    letter = next(one for one in mailoutbox if RHEA in str(one.to))
    address = next(word for word in letter.body.split() if '/reading/' in word)

    page = Client().get(address)

    form = page.context['form']
    assert (page.status_code, page.headers['Referrer-Policy']) == (200, 'no-referrer')
    assert 'no-store' in page.headers['Cache-Control']
    assert 'noindex' in page.headers['X-Robots-Tag']
    assert [name for name, _ in form.fields['answer'].choices] == [
        'agree',
        'decline',
        'return_advice',
        'keep',
    ]
    assert [form[name].value() for name in ('answer', 'recommendation', 'may_name')] == [None, '', None]
    for words in (
        'Ed Editor asks for your advice',
        'Is it right, and is it enough?',
        'The second year is for doing.',
        days.in_words(days.today() + timedelta(days=14)),
    ):
        assert words in words_of(page)


@pytest.mark.parametrize('method', ['get', 'head'])
def test_opening_the_link_changes_nothing(method, submission, editor):
    row = ask(submission, editor)

    getattr(Client(), method)(link_of(row))

    row.refresh_from_db()
    assert (row.state, row.steps.count()) == (S.ASKED, 1)


def test_a_post_without_a_choice_changes_nothing_and_loses_nothing(submission, editor):
    row = ask(submission, editor)

    page = Client().post(link_of(row), {'for_author': 'A long note.', 'words': 'Let me think.'})

    row.refresh_from_db()
    assert (page.status_code, row.state) == (422, S.ASKED)
    for words in ('Choose one of the answers.', 'A long note.', 'Let me think.'):
        assert words in words_of(page)


ANSWERS = [
    ({'answer': 'agree', 'words': 'Gladly.'}, S.AGREED),
    (
        {'answer': 'decline', 'reason': 'near', 'other_name': 'Nia', 'other_email': 'nia@far.example'},
        S.DECLINED,
    ),
    (ADVICE, S.RETURNED),
    ({'answer': 'keep', 'for_author': 'So far.'}, S.ASKED),
]


@pytest.mark.parametrize(('given', 'state'), ANSWERS)
def test_each_answer_is_taken_by_the_same_link_and_pressed_twice_as_once(given, state, submission, editor):
    row = ask(submission, editor)
    link = link_of(row)

    pages = [Client().post(link, given) for _ in range(2)]

    row.refresh_from_db()
    assert [(page.status_code, page['Location']) for page in pages] == [(302, link)] * 2
    assert (row.state, row.steps.count()) == (state, 1 if state == S.ASKED else 2)
    assert Client().get(link).status_code == 200


def test_advice_needs_a_line_and_says_whether_one_may_be_named(submission, editor):
    row = ask(submission, editor)

    page = Client().post(link_of(row), {'answer': 'return_advice'})

    assert page.status_code == 422
    assert set(page.context['form'].errors) == {'may_name', 'recommendation', 'for_author'}


def test_notes_typed_beside_a_yes_are_kept_and_nobody_of_the_desk_reads_them(submission, editor, signed_in):
    row = ask(submission, editor)
    link = link_of(row)

    Client().post(link, {'answer': 'agree', 'for_author': 'A first thought.'})

    row.refresh_from_db()
    assert (row.state, row.for_author) == (S.AGREED, 'A first thought.')
    assert 'A first thought.' in words_of(Client().get(link))
    desk = signed_in(editor)
    for name, args in (('desk_submission', [submission.pk]), ('desk_reading', [submission.pk, row.pk])):
        assert 'A first thought.' not in words_of(desk.get(reverse(f'admin:{name}', args=args)))


def test_two_tabs_write_nothing_over_and_both_texts_stand_on_the_page(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    link, seen = link_of(row), row.notes_seen
    Client().post(link, {'answer': 'keep', 'for_author': 'The first tab.', 'seen': seen})

    page = Client().post(link, ADVICE | {'for_author': 'The second tab.', 'seen': seen})
    again = Client().post(link, ADVICE | {'for_author': 'Both.', 'seen': page.context['form'].data['seen']})

    row.refresh_from_db()
    assert page.status_code == 409
    assert 'The first tab.' in words_of(page)
    assert 'The second tab.' in words_of(page)
    assert (again.status_code, row.state, row.for_author) == (302, S.RETURNED, 'Both.')


def test_taken_back_it_is_closed_on_the_next_request_and_what_was_typed_can_be_copied(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    link = link_of(row)
    Client().post(link, {'answer': 'keep', 'for_author': 'Kept before.'})
    readings.take_back(row, by=editor, reason='Not needed.')

    shown, pressed = Client().get(link), Client().post(link, ADVICE | {'for_author': 'Typed since.'})

    row.refresh_from_db()
    assert (shown.status_code, shown.context['form']) == (200, None)
    assert 'The editor took this back' in words_of(shown)
    assert 'Kept before.' in words_of(shown)
    assert (pressed.status_code, row.state) == (409, S.TAKEN_BACK)
    assert 'Typed since.' in words_of(pressed)


def test_after_the_decision_the_page_says_so_and_advice_is_still_taken(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    workflow.accept(submission, by=editor)
    link = link_of(row)

    shown, sent = Client().get(link), Client().post(link, ADVICE)

    row.refresh_from_db()
    assert 'The editor has decided meanwhile' in words_of(shown)
    assert (sent.status_code, row.state) == (302, S.RETURNED)


def test_the_words_stay_those_that_were_asked_about(submission, author, editor):
    row = ask(submission, editor)
    workflow.request_changes(submission, by=editor, note='Shorter.')
    words = replace(submission.current.words(), body='<p>Quite other words.</p>')
    workflow.save_words(submission, by=author, base=submission.current.number, words=words)

    page = words_of(Client().get(link_of(row)))

    assert 'The second year is for doing.' in page
    assert 'Quite other words.' not in page


def test_a_reader_with_an_account_finds_it_on_my_page_and_others_do_not(
    submission, editor, author, signed_in
):
    rhea = make_person('Rhea Reader', email=RHEA)
    row = ask(submission, editor)
    address = reverse('my_reading', args=[row.pk])

    mine, page = signed_in(rhea).get(reverse('account')), signed_in(rhea).get(address)
    sent = signed_in(rhea).post(address, ADVICE)

    assert address in words_of(mine)
    assert (page.status_code, sent.status_code) == (200, 302)
    assert [signed_in(one).get(address).status_code for one in (author, editor, make_person())] == [404] * 3
    assert signed_in(rhea).get(reverse('submission', args=[submission.pk])).status_code == 404
    assert address not in words_of(signed_in(rhea).get(reverse('account')))


# --- The editor -----------------------------------------------------------------------------------


def asked(**given) -> dict:
    day = days.today() + timedelta(days=9)
    return {
        'name': 'Rhea Reader',
        'email': RHEA,
        'question': 'Is it right?',
        'due_on': day.isoformat(),
        **given,
    }


def test_somebody_unknown_is_asked_at_once(submission, editor, signed_in):
    address = reverse('admin:desk_reading_ask', args=[submission.pk])
    desk = signed_in(editor)

    shown, sent = desk.get(address), desk.post(address, asked())

    row = Reading.objects.get()
    assert (shown.status_code, sent.status_code) == (200, 302)
    assert (row.version, row.email, row.reader) == (submission.current, RHEA, None)


def test_who_an_address_is_stands_there_before_it_is_asked_and_a_second_press_means_it(
    submission, editor, signed_in
):
    make_person('Rhea Renamed', email=RHEA)
    address, desk = reverse('admin:desk_reading_ask', args=[submission.pk]), signed_in(editor)

    first = desk.post(address, asked())
    other = desk.post(address, asked(email='rose@far.example', read=first.context['form'].data['read']))
    second = desk.post(address, asked(read=first.context['form'].data['read']))

    assert (first.status_code, other.status_code, second.status_code) == (422, 302, 302)
    assert 'This is the address of <strong>Rhea Renamed</strong>, and you typed another name.' in words_of(
        first
    )
    assert Reading.objects.count() == 2


def test_an_author_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    submission, author, editor, signed_in
):
    address = reverse('admin:desk_reading_ask', args=[submission.pk])

    page = signed_in(editor).post(address, asked(email=author.email, question='A long question.'))

    assert page.status_code == 422
    assert 'they cannot be its second reader' in words_of(page)
    assert 'A long question.' in words_of(page)


def test_authors_have_no_page_of_it(submission, author, editor, signed_in):
    row = brought_to(S.RETURNED, submission, editor)
    pages = [
        reverse('admin:desk_reading', args=[submission.pk, row.pk]),
        reverse('admin:desk_reading_move', args=[submission.pk, row.pk, 'share']),
        reverse('admin:desk_reading_ask', args=[submission.pk]),
    ]

    assert {signed_in(author).get(page).status_code for page in pages} == {403}


def test_the_author_sees_nothing_of_it_until_it_is_shared_and_no_name_then(
    submission, author, editor, signed_in
):
    row = ask(submission, editor)
    Client().post(link_of(row), ADVICE)
    own = reverse('submission', args=[submission.pk])
    before = words_of(signed_in(author).get(own))

    share = reverse('admin:desk_reading_move', args=[submission.pk, row.pk, 'share'])
    shown = signed_in(editor).get(share)
    sent = signed_in(editor).post(share, {'for_author': 'Say a little more.'})

    after = words_of(signed_in(author).get(own))
    assert shown.context['form']['for_author'].value() == 'Say more.'
    assert sent.status_code == 302
    assert 'A second reader writes:' in after
    assert 'Say a little more.' in after
    for page in (before, after):
        assert [words for words in ('Rhea', RHEA, 'Between us', 'Say more.') if words in page] == []
    assert 'second reader' not in before.lower()


def test_the_page_that_decides_names_what_is_not_shared_and_what_has_not_come(submission, editor, signed_in):
    brought_to(S.RETURNED, submission, editor)
    brought_to(S.AGREED, submission, editor, email='slow@far.example', name='Sal Slow')

    page = words_of(signed_in(editor).get(reverse('admin:desk_move', args=[submission.pk, 'accept'])))

    assert 'Advice that is <strong>not shared with the author</strong>: Rhea Reader advised' in page
    assert '<strong>Not waited for</strong>: Sal Slow said yes' in page


def test_the_desk_says_what_the_author_cannot_see(submission, editor, signed_in):
    brought_to(S.RETURNED, submission, editor)

    page = words_of(signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])))

    assert 'The author cannot see this.' in page
    assert 'Between us: it is thin.' in page
    assert 'The author is not to learn their name.' in page


@pytest.mark.parametrize('state', list(S))
def test_each_move_has_its_page_and_is_made_there(state, submission, editor, signed_in):
    row, desk = brought_to(state, submission, editor), signed_in(editor)
    page = desk.get(reverse('admin:desk_reading', args=[submission.pk, row.pk]))

    moves = [move for move, why_not in page.context['moves'] if not why_not]
    asking = [
        desk.get(reverse('admin:desk_reading_move', args=[submission.pk, row.pk, move.name]))
        for move in moves
    ]

    assert {one.status_code for one in asking} <= {200}
    assert len(moves) == {S.ASKED: 6, S.AGREED: 5, S.DECLINED: 2, S.RETURNED: 1, S.TAKEN_BACK: 1}[state]


def test_whom_a_reader_names_instead_stands_in_the_form(submission, editor, signed_in):
    row = ask(submission, editor)
    readings.decline(row, by=LINK, other_name='Nia Named', other_email='nia@far.example')
    address = reverse('admin:desk_reading_ask', args=[submission.pk])

    form = signed_in(editor).get(f'{address}?instead={row.pk}').context['form']

    assert (form['name'].value(), form['email'].value()) == ('Nia Named', 'nia@far.example')
    assert not Letter.objects.filter(to_address='nia@far.example').exists()
    assert not Message.objects.exists()


# --- A link that has run out, and somebody who is forgotten -----------------------------------------


def test_a_link_that_has_run_out_offers_a_fresh_one_to_the_address_we_have_and_shows_nothing(
    submission, editor
):
    row = brought_to(S.AGREED, submission, editor)
    address = reverse('reading', args=[PrivateLink.make(purpose='reading', about=row, days=-1)])

    shown, pressed = Client().get(address), Client().post(address, {'fresh': '1'})

    assert (shown.status_code, pressed.status_code) == (404, 200)
    assert 'Send a fresh link to the address you have' in words_of(shown)
    for page in (shown, pressed):
        assert [words for words in (RHEA, 'Rhea', row.title) if words in words_of(page)] == []
    assert Letter.objects.get(kind='reading_link').to_address == RHEA


def test_a_reader_who_is_forgotten_leaves_their_advice_without_a_name(submission, author, editor, signed_in):
    rhea = make_person('Rhea Reader', email=RHEA)
    advice = readings.Advice('small', 'Between us.', 'Say more.', True)
    told, asked_now = (
        brought_to(S.RETURNED, submission, editor, advice=advice),
        ask(make_submission(author, State.IN_REVIEW, editor=editor), editor),
    )
    readings.share(told, by=editor, for_author='Say more.')

    erase(rhea)

    told.refresh_from_db()
    asked_now.refresh_from_db()
    assert (told.state, told.for_author, told.may_name) == (S.RETURNED, 'Say more.', False)
    assert asked_now.state == S.TAKEN_BACK
    assert 'Rhea' not in Message.objects.get().text
    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk]))
    assert 'Rhea' not in words_of(page)
    assert RHEA not in words_of(page)
    waiting = Letter.objects.filter(state=Letter.State.WAITING, to_address=RHEA)
    assert not waiting.filter(kind__startswith='reading_').exists()


def test_an_author_who_is_forgotten_takes_the_words_along_and_the_reader_is_told(submission, author, editor):
    row = brought_to(S.AGREED, submission, editor)
    link = link_of(row)
    Letter.objects.update(state=Letter.State.SENT)

    erase(author)

    row.refresh_from_db()
    page = Client().get(link)
    assert (row.state, row.question, row.for_editor) == (S.TAKEN_BACK, '', '')
    assert 'The second year is for doing.' not in words_of(page)
    told = Letter.objects.about(row).filter(state=Letter.State.WAITING)
    assert list(told.values_list('kind', flat=True)) == ['reading_taken_back']
