"""A submission on its author's side: who gets in, what its page says, handing it in, the moves that ask little."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Declaration, State, Submission
from tests.conftest import letters_leave, make_person, make_submission, named_on
from tests.tabs import Tab
from ukis import days
from ukis.letters.models import Letter, PrivateLink

PAGES = [
    'submission',
    'submission_submit',
    'submission_withdraw',
    'submission_leave',
    'submission_approve',
    'submission_differences',
]
ACTIONS = ['take_back', 'reopen', 'extend', 'correction', 'message']
DECLARING = {'rights': 'on', 'interests': 'none', 'views': 'own'}


def at(name: str, submission) -> str:
    return reverse(name, args=[submission.pk])


def handing_in(submission, **answers) -> dict:
    return {'version': submission.current.number, **DECLARING, **answers}


# --- Who gets in --------------------------------------------------------------------------------------


@pytest.mark.parametrize('name', PAGES)
def test_a_stranger_gets_404_an_editor_the_desk_and_nobody_the_sign_in(
    name, author, stranger, editor, client, signed_in
):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)

    answers = [
        signed_in(stranger).get(at(name, submission)),
        signed_in(editor).get(at(name, submission)),
        client.get(at(name, submission)),
    ]

    assert [answer.status_code for answer in answers] == [404, 302, 302]
    desk = 'admin:desk_differences' if name == 'submission_differences' else 'admin:desk_submission'
    assert answers[1].url == reverse(desk, args=[submission.pk])
    assert answers[2].url.startswith(reverse('account_login'))


@pytest.mark.parametrize('name', [f'submission_{action}' for action in ACTIONS])
def test_actions_are_for_post_and_for_authors_alone(name, author, stranger, editor, signed_in):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)

    answers = [
        signed_in(author).get(at(name, submission)),
        signed_in(stranger).post(at(name, submission)),
        signed_in(editor).post(at(name, submission)),
    ]

    assert [answer.status_code for answer in answers] == [405, 404, 403]


def test_an_author_is_refused_every_move_of_the_editors(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    names = [
        name
        for name, move in workflow.MOVES.items()
        if not move.who & {workflow.Role.AUTHOR, workflow.Role.CORRESPONDING}
    ]
    client = signed_in(author)

    answers = {
        name: client.post(reverse('admin:desk_move', args=[submission.pk, name])).status_code
        for name in names
    }

    assert set(answers.values()) <= {302, 403, 404}, answers
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


# --- The submission's page ---------------------------------------------------------------------------------


def test_the_page_says_where_it_stands_and_what_the_author_can_do(author, editor, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    letters_leave()

    said = signed_in(author).get(at('submission', submission)).content.decode()

    for words in (
        'Changes asked for',
        'Shorter, please.',
        'Ed Editor wrote to you',
        'Check and send it back to the editor',
        'A letter goes to the editor.',
        'I need more time',
        'Withdraw this submission',
        'Professor of Practice',
        'Submitted to the editors',
        'What you declared',
    ):
        assert words in said, words


def test_a_move_that_cannot_be_made_says_why(author, editor, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    workflow.extend(submission, by=author, due_on=submission.due_on + timedelta(days=3))

    said = signed_in(author).get(at('submission', submission)).content.decode()

    assert 'Not possible now. You have extended the date once.' in said
    assert 'I need more time' not in said


def test_the_editors_talk_and_other_notes_stay_off_the_page(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=editor, text='A word among us.', audience='editors')
    workflow.say(submission, by=editor, text='A word to the author.')

    said = signed_in(author).get(at('submission', submission)).content.decode()

    assert 'A word to the author.' in said
    assert 'A word among us.' not in said


def test_a_post_that_is_out_is_linked_and_typos_show_both_texts(author, editor, signed_in):
    submission = make_submission(author, 'live', editor=editor)
    workflow.correct_typo(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Careful change takes times'),
        reason='A letter.',
    )

    said = signed_in(author).get(at('submission', submission)).content.decode()

    assert f'href="{submission.post.get_absolute_url()}"' in said
    assert '<h3>It said</h3><p>Careful change takes time</p>' in said
    assert '<h3>It says now</h3><p>Careful change takes times</p>' in said


def test_one_row_or_five_take_the_same_queries(author, editor, signed_in, django_assert_num_queries):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=editor, text='A word.')
    client = signed_in(author)
    client.get(at('submission', submission))
    with django_assert_num_queries(QUERIES):
        client.get(at('submission', submission))
    for number in range(5):
        workflow.say(submission, by=editor, text=f'Word {number}.')
        workflow.request_changes(submission, by=editor, note='Shorter.')
        workflow.save_words(
            submission,
            by=author,
            base=submission.current.number,
            words=submission.current.words().but(title=f'Title {number}'),
        )
        workflow.resubmit(submission, by=author, version=submission.current.number, note='Done.')

    with django_assert_num_queries(QUERIES):
        client.get(at('submission', submission))


# Five of them are the session's own and the note of when it was last used.
QUERIES = 12


# --- Handing in ---------------------------------------------------------------------------------------


def test_submitting_keeps_the_declarations_and_says_what_happens_next(author, chief, signed_in):
    submission = make_submission(author)
    client = signed_in(author)

    answer = client.post(
        at('submission_submit', submission),
        handing_in(submission, interests='some', interests_text='I sit on a board.'),
        follow=True,
    )

    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert answer.redirect_chain == [(at('submission_submit', submission), 302)]
    assert (
        f'An editor takes it up by {submission.due_on.day} {submission.due_on:%B %Y}'
        in answer.content.decode()
    )
    assert {row.kind: row.answer for row in Declaration.objects.all()} == {
        'rights': 'yes',
        'interests': 'I sit on a board.',
        'views': 'own',
    }
    assert sorted(Letter.objects.values_list('kind', flat=True)) == ['arrived', 'received']


def test_the_check_page_shows_words_byline_and_what_is_missing(author, signed_in):
    submission = make_submission(author, words={'tag_words': ['one'], 'standfirst': ''})

    said = signed_in(author).get(at('submission_submit', submission)).content.decode()

    for words in (
        'Careful change takes time',
        '12 words',
        'Choose at least two tags.',
        'Write a standfirst',
        'will be public',
        'Ada Author',
    ):
        assert words in said, words


def test_nothing_is_handed_in_while_something_is_missing_and_answers_are_kept(author, signed_in):
    submission = make_submission(author, words={'tag_words': ['one']})

    answer = signed_in(author).post(
        at('submission_submit', submission),
        handing_in(submission, interests='some', interests_text='A board.'),
    )

    assert answer.status_code == 409
    assert 'A board.</textarea>' in answer.content.decode()
    assert 'Choose at least two tags.' in answer.content.decode()
    submission.refresh_from_db()
    assert submission.state == State.DRAFTING


@pytest.mark.parametrize(
    ('left_out', 'said'),
    [
        ({'rights': ''}, 'publishes them under its copyright line: Tick this if it is so.'),
        ({'interests': ''}, 'if there is none'),
        ({'interests': 'some', 'interests_text': ' '}, 'Write what there is to declare'),
        ({'views': 'society'}, 'not one of the available choices'),
    ],
)
def test_every_declaration_is_asked_for(left_out, said, author, signed_in):
    submission = make_submission(author)

    answer = signed_in(author).post(at('submission_submit', submission), handing_in(submission, **left_out))

    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    submission.refresh_from_db()
    assert submission.state == State.DRAFTING


def test_words_saved_meanwhile_are_shown_before_anything_is_sent(author, signed_in):
    submission = make_submission(author)
    seen = handing_in(submission)
    workflow.save_words(
        submission,
        by=author,
        base=submission.current.number,
        words=submission.current.words().but(title='Another title'),
    )
    client = signed_in(author)

    answer = client.post(at('submission_submit', submission), seen)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert 'The text changed since you opened this page' in said
    assert 'Another title' in said
    assert f'name="version" value="{submission.current.number}"' in said


def test_a_double_click_is_answered_kindly(author, chief, signed_in):
    submission = make_submission(author)
    client = signed_in(author)
    client.post(at('submission_submit', submission), handing_in(submission))

    answer = client.post(at('submission_submit', submission), handing_in(submission), follow=True)

    assert answer.status_code == 200
    assert 'It is with the editors' in answer.content.decode()
    assert submission.steps.filter(move='submit').count() == 1


def test_sending_it_back_needs_what_was_changed(author, editor, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    client = signed_in(author)

    refused = client.post(at('submission_submit', submission), handing_in(submission))
    client.post(at('submission_submit', submission), handing_in(submission, note='I cut the second half.'))

    assert 'What I changed: Fill this in.' in refused.content.decode()
    submission.refresh_from_db()
    assert (submission.state, submission.steps.last().note) == (State.IN_REVIEW, 'I cut the second half.')


def test_who_may_not_edit_may_not_submit(author, coauthor, signed_in):
    submission = make_submission(author, coauthors=(coauthor,))

    assert signed_in(coauthor).get(at('submission', submission)).status_code == 200
    assert signed_in(coauthor).get(at('submission_submit', submission)).status_code == 403
    assert (
        signed_in(coauthor).post(at('submission_submit', submission), handing_in(submission)).status_code
        == 403
    )


# --- The moves that ask little ------------------------------------------------------------------------


def test_taking_back_until_somebody_has_taken_it(author, editor, signed_in):
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(author)
    client.post(at('submission_take_back', submission))
    submission.refresh_from_db()
    assert submission.state == State.DRAFTING

    taken = make_submission(author, State.IN_REVIEW, editor=editor)
    answer = client.post(at('submission_take_back', taken), follow=True)

    assert 'is not possible now' in answer.content.decode()
    taken.refresh_from_db()
    assert taken.state == State.IN_REVIEW


def test_withdrawing_asks_once_for_a_reason_and_can_be_reopened(author, chief, signed_in):
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(author)
    assert client.get(at('submission_withdraw', submission)).status_code == 200
    assert (
        'Fill this in.'
        in client.post(at('submission_withdraw', submission), {'reason': ' '}).content.decode()
    )

    client.post(at('submission_withdraw', submission), {'reason': 'It needs another year.'})

    submission.refresh_from_db()
    assert (submission.state, submission.steps.last().note) == (State.WITHDRAWN, 'It needs another year.')
    client.post(at('submission_reopen', submission))
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


def test_another_date_within_a_week(author, editor, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    due = submission.due_on
    client = signed_in(author)

    too_late = client.post(at('submission_extend', submission), {'due_on': str(due + timedelta(days=8))})
    client.post(at('submission_extend', submission), {'due_on': str(due + timedelta(days=7))})

    assert (too_late.status_code, 'by up to seven days' in too_late.content.decode()) == (409, True)
    submission.refresh_from_db()
    assert submission.due_on == due + timedelta(days=7)


def test_no_date_is_offered_that_nobody_could_choose(author, editor, signed_in, time_machine):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    time_machine.move_to(timezone.now() + timedelta(days=(submission.due_on - days.today()).days + 7))
    on_the_last_day = signed_in(author).get(at('submission', submission)).text
    time_machine.move_to(timezone.now() + timedelta(days=1))

    a_day_later = signed_in(author).get(at('submission', submission)).text

    assert 'Move the date' in on_the_last_day
    assert 'Move the date' not in a_day_later
    assert 'Not possible now. The date is more than 7 days past. Write to the editor' in a_day_later


def test_a_coauthor_takes_their_name_off_and_is_gone(author, coauthor, signed_in):
    submission = make_submission(author, coauthors=(coauthor,))
    client = signed_in(coauthor)
    assert client.get(at('submission_leave', submission)).status_code == 200

    client.post(at('submission_leave', submission))

    assert [row.name for row in submission.authorships.all()] == ['Ada Author']
    assert client.get(at('submission', submission)).status_code == 404


def test_the_corresponding_author_stays(author, signed_in):
    submission = make_submission(author)

    signed_in(author).post(at('submission_leave', submission))

    assert named_on(submission, author)


# --- Named without a sign-in --------------------------------------------------------------------------


@pytest.fixture
def guest_submission(author, society):
    return make_submission(author, State.SUBMITTED, coauthors=(('Guest Writer', 'guest@people.example'),))


def link_to(submission, purpose: str = 'named', days: int = 90) -> str:
    token = PrivateLink.make(purpose=purpose, about=submission.authorships.get(person=None), days=days)
    return reverse('named', args=[token])


def test_a_private_link_shows_how_one_is_named_and_nothing_is_kept_or_told(guest_submission, client):
    answer = client.get(link_to(guest_submission))

    said = answer.content.decode()
    assert [words in said for words in ('Guest Writer', 'Careful change takes time', 'Take my name off')] == [
        True
    ] * 3
    assert 'The second year is for doing' not in said
    assert 'no-store' in answer.headers['Cache-Control']
    assert answer.headers['Referrer-Policy'] == 'no-referrer'
    assert 'noindex' in answer.headers['X-Robots-Tag']


def test_a_guest_is_not_spoken_to_as_if_they_wrote_it(author, editor, society, client):
    guest = (('Guest Writer', 'guest@people.example'),)
    submissions = [
        make_submission(author, state, editor=editor, coauthors=guest)
        for state in (State.CHANGES_REQUESTED, State.AUTHOR_APPROVAL, State.IN_REVIEW)
    ]

    said = [client.get(link_to(submission)).content.decode() for submission in submissions]

    assert 'Ada Author is working on it' in said[0]
    assert 'Ada Author is reading the final copy' in said[1]
    assert 'Ed Editor is reading, reply expected' in said[2]


def test_a_name_comes_off_by_the_link_which_is_dead_then(guest_submission):
    from django.test import Client

    client, address = Client(enforce_csrf_checks=True), link_to(guest_submission)

    answer = client.post(address, {'answer': 'no'}, headers={'origin': 'null'})

    assert 'Your name is off' in answer.content.decode()
    assert [row.name for row in guest_submission.authorships.all()] == ['Ada Author']
    assert client.get(address).status_code == 404


def test_any_other_link_leads_nowhere(guest_submission, client, time_machine):
    wrong = [link_to(guest_submission, purpose='other'), reverse('named', args=['guessed'])]
    short = link_to(guest_submission, days=1)
    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert [client.get(address).status_code for address in [*wrong, short]] == [404, 404, 404]


def test_the_link_opens_nothing_else(guest_submission, client):
    client.get(link_to(guest_submission))

    assert client.get(at('submission', guest_submission)).status_code == 302


def test_a_name_in_print_does_not_come_off_by_the_link(author, editor, society, client):
    submission = make_submission(
        author, 'live', editor=editor, coauthors=(('Guest Writer', 'guest@people.example'),)
    )

    answer = client.post(link_to(submission), {'answer': 'no'})

    assert (answer.status_code, 'Write to the editors' in answer.content.decode()) == (409, True)
    assert submission.authorships.count() == 2


def test_what_was_changed_is_given_back_where_the_submission_moved_meanwhile(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    client = signed_in(author)
    workflow.send_back(submission, by=editor, note='I was too quick.')

    answer = client.post(
        reverse('submission_submit', args=[submission.pk]),
        {
            'version': submission.current.number,
            'note': 'All that I changed.',
            'rights': 'on',
            'interests': 'none',
        },
        follow=True,
    )

    assert answer.status_code == 409
    assert 'All that I changed.</textarea>' in answer.text


@pytest.mark.parametrize(
    ('state', 'page', 'typed'),
    [
        (State.CHANGES_REQUESTED, 'submission_submit', 'note'),
        (State.READY, 'submission_withdraw', 'reason'),
        (State.READY, 'submission_object', 'words'),
    ],
)
def test_what_is_typed_is_given_back_where_the_right_or_the_moment_is_gone_meanwhile(
    state, page, typed, author, coauthor, editor, signed_in, society
):
    submission = make_submission(author, state, editor=editor, coauthors=(coauthor,))
    person, status = (author, 409) if page == 'submission_withdraw' else (coauthor, 409)
    if state == State.READY:
        workflow.release(submission, by=editor)
    else:
        status = 403  # the right to change the text was taken away

    answer = signed_in(person).post(at(page, submission), {typed: 'A long account of it.', 'version': 2})

    assert answer.status_code == status
    assert 'A long account of it.</textarea>' in answer.text
    assert 'Nothing was changed.' in answer.text


def test_a_press_too_late_that_holds_no_words_leads_back_with_a_sentence(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.release(submission, by=editor)

    answer = signed_in(author).post(at('submission_withdraw', submission), {'reason': ''})

    assert (answer.status_code, answer.url) == (302, submission.get_absolute_url())


# --- A draft that nobody else has seen --------------------------------------------------------------------


def test_a_draft_never_handed_in_is_deleted_without_a_reason(author, signed_in):
    submission = make_submission(author)
    client = signed_in(author)

    asked = client.get(at('submission_delete', submission)).content.decode()
    gone = client.post(at('submission_delete', submission), follow=True)

    assert 'cannot be brought back' in asked
    assert 'is deleted' in gone.content.decode()
    assert not type(submission).objects.filter(pk=submission.pk).exists()


def test_who_said_yes_hears_that_the_draft_is_deleted_and_keeps_what_they_had_typed(
    author, coauthor, stranger, signed_in, society, mailoutbox
):
    submission = make_submission(
        author, coauthors=(coauthor, ('Guest Writer', 'guest@people.example'), stranger)
    )
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    submission.authorships.filter(person=stranger).update(agreed_at=None)
    client = signed_in(coauthor)
    Tab(client, at('submission_edit', submission), 'words', 'me').type(
        title='My own title', body='<p>An hour of work.</p>'
    )

    workflow.discard(submission, by=author)
    letters_leave()

    told = {letter.to[0].split('<')[-1].strip('>'): letter.body for letter in mailoutbox}
    assert set(told) == {coauthor.email, 'guest@people.example'}
    assert 'Ada Author, who began it, has deleted the draft' in told['guest@people.example']
    assert 'Answer here' not in told['guest@people.example']
    [address] = re.findall(r'https?://[^/]+(/unsaved\S*)', told[coauthor.email])
    kept = client.get(address)
    assert 'My own title</textarea>' in kept.text
    assert 'An hour of work.' in kept.text
    assert signed_in(author).get(address).status_code == 404
    thrown = client.post(address, {'do': 'throw away'}, follow=True)
    assert 'An hour of work.' not in thrown.text
    assert 'An hour of work.' in client.post(address, {'do': 'put back'}, follow=True).text


def test_what_the_editors_know_of_is_withdrawn_and_not_deleted(author, signed_in):
    submission = make_submission(author, State.SUBMITTED)

    answer = signed_in(author).post(at('submission_delete', submission), follow=True)

    assert 'Withdraw it instead.' in answer.content.decode()
    assert type(submission).objects.filter(pk=submission.pk).exists()


def test_a_coauthor_does_not_delete_the_draft(author, signed_in):
    helper = make_person('Hel Helper')
    submission = make_submission(author, coauthors=(helper,))
    submission.authorships.filter(person=helper).update(can_edit=True, agreed_at=timezone.now())

    assert signed_in(helper).post(at('submission_delete', submission)).status_code == 403


def test_the_button_says_to_whom_it_goes_where_a_commission_has_an_editor(author, editor, signed_in):
    commissioned, alone = make_submission(author, State.DRAFTING), make_submission(author, State.DRAFTING)
    Submission.objects.filter(pk=commissioned.pk).update(editor=editor)
    client = signed_in(author)

    pages = [client.get(at('submission', one)).text for one in (commissioned, alone)]
    checks = [client.get(at('submission_submit', one)).text for one in (commissioned, alone)]

    ours = [
        'Check and submit to your editor, Ed Editor</a>',
        'A letter goes to your editor, you and your co-authors.',
    ]
    theirs = ['Check and submit to the editors</a>', 'A letter goes to the editors, you and your co-authors.']
    assert [words in pages[0] for words in ours + theirs] == [True, True, False, False]
    assert [words in pages[1] for words in ours + theirs] == [False, False, True, True]
    assert ['Submit to your editor, Ed Editor</button>' in page for page in checks] == [True, False]
    assert ['Submit to the editors</button>' in page for page in checks] == [False, True]
    assert ['Your editor gets a letter' in page for page in checks] == [True, False]
