from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Message, State, Step, Submission
from tests.conftest import form_of, has_been_told, make_submission
from tests.page_forms import form_at
from ukis import days
from ukis.letters.models import Letter
from ukis.tags.models import Tag

WORDS_FORM = {
    'title': 'Careful change takes time',
    'standfirst': 'Why the second year matters more than the first.',
    'body': '<p>The first year is for learning.</p><p>The second year is for doing.</p>',
    'references': '',
    'language': 'en-GB',
}


def url(view: str, *args) -> str:
    return reverse(f'admin:{view}', args=args)


def text(response) -> str:
    return response.content.decode()


# --- Who comes in -------------------------------------------------------------------------------------


@pytest.mark.parametrize('role', ['chief', 'editor', 'administrator'])
def test_the_editors_have_a_desk(role, request, signed_in, society):
    client = signed_in(request.getfixturevalue(role))

    assert client.get(url('desk')).status_code == 200
    assert 'The desk' in text(client.get(url('index')))


def test_the_rest_of_the_staff_are_refused_and_have_no_desk_on_their_front_page(
    secretary, author, signed_in, society
):
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(secretary)

    for address in (
        url('desk'),
        url('desk_submission', submission.pk),
        url('desk_move', submission.pk, 'take'),
    ):
        assert client.get(address).status_code == 403, address
    assert 'The desk' not in text(client.get(url('index')))


def test_strangers_and_authors_do_not_come_near_it(author, stranger, editor, signed_in, client, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    assert client.get(url('desk')).status_code == 302
    assert signed_in(author).get(url('desk')).status_code == 403
    assert signed_in(author).post(url('desk_move', submission.pk, 'accept')).status_code == 403
    assert signed_in(stranger).post(url('desk_move', submission.pk, 'accept')).status_code == 404


def test_an_editor_who_is_an_author_is_refused_every_desk_page_of_the_submission(
    author, editor, chief, signed_in, society
):
    submission = make_submission(author, State.READY, editor=chief, coauthors=(editor,))
    workflow.say(submission, by=chief, text='Between us editors.', audience=Message.Audience.EDITORS)
    client = signed_in(editor)

    for view in ('desk_submission', 'desk_edit', 'desk_print', 'desk_differences', 'desk_preview'):
        assert client.get(url(view, submission.pk)).status_code == 403, view
    assert client.post(url('desk_move', submission.pk, 'release'), {'when': 'now'}).status_code == 403
    assert (
        client.post(url('desk_message', submission.pk), {'text': 'x', 'audience': 'editors'}).status_code
        == 403
    )
    assert submission.title not in text(client.get(url('desk') + '?queue=everything'))


def test_an_unsent_draft_is_404(author, chief, signed_in, society):
    submission = make_submission(author)

    assert signed_in(chief).get(url('desk_submission', submission.pk)).status_code == 404


# --- The opening page ---------------------------------------------------------------------------------


def test_it_opens_with_three_lines(author, editor, chief, signed_in, society):
    make_submission(author, State.SUBMITTED)
    overdue = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=overdue.pk).update(due_on=days.today() - timedelta(days=3))
    make_submission(author, 'scheduled', editor=editor)

    page = text(signed_in(chief).get(url('desk')))

    assert 'waits for you' in page
    assert 'is late' in page
    assert 'goes out next' in page


def test_an_empty_desk_says_so(chief, signed_in, society):
    assert 'The desk is clear.' in text(signed_in(chief).get(url('desk')))


def test_a_row_says_who_wrote_it_who_holds_it_and_that_it_is_late(author, editor, chief, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=submission.pk).update(
        due_on=days.today() - timedelta(days=3), held_since=timezone.now() - timedelta(days=5)
    )

    page = text(signed_in(chief).get(url('desk') + '?queue=overdue'))

    assert 'Ada Author (ICC)' in page
    assert 'Ed Editor, for 5 days' in page
    assert '3 days late' in page


@pytest.mark.parametrize(
    ('state', 'label'),
    [
        (State.SUBMITTED, 'Take it'),
        (State.IN_REVIEW, 'Read and decide'),
        (State.EDITING, 'Copy-edit'),
        (State.READY, 'Publish or schedule'),
        (State.AUTHOR_APPROVAL, 'Open'),
    ],
)
def test_a_row_has_the_one_next_move(state, label, author, editor, signed_in, society):
    make_submission(author, state, editor=editor)

    page = text(signed_in(editor).get(url('desk') + '?queue=everything'))

    assert f'{label}<span class="sr">' in page


def test_take_it_on_the_row_takes_it_at_once(author, editor, signed_in, society):
    submission = make_submission(author, State.SUBMITTED)

    response = signed_in(editor).post(url('desk_move', submission.pk, 'take'))

    assert response.url == url('desk_submission', submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.editor) == (State.IN_REVIEW, editor)


def test_an_administrator_is_offered_to_take_it_only_in_the_editors_stead(
    author, administrator, signed_in, society, request
):
    make_submission(author, State.SUBMITTED)
    client = signed_in(administrator)
    assert 'Take it' in text(client.get(url('desk') + '?queue=everything'))

    request.getfixturevalue('editor')

    assert 'Take it' not in text(client.get(url('desk') + '?queue=everything'))


@pytest.mark.parametrize('query', ['?queue=everything', '?q=careful', '?queue=unassigned&page=1'])
def test_the_list_asks_as_much_for_five_rows_as_for_one(
    query, author, editor, signed_in, society, django_assert_num_queries
):
    client = signed_in(editor)
    make_submission(author, State.SUBMITTED)
    client.get(url('desk'))
    with django_assert_num_queries(LIST_QUERIES[query]):
        client.get(url('desk') + query)
    for state in (State.SUBMITTED, State.IN_REVIEW, State.READY, 'scheduled'):
        make_submission(author, state, editor=editor)

    with django_assert_num_queries(LIST_QUERIES[query]):
        client.get(url('desk') + query)


LIST_QUERIES = {'?queue=everything': 14, '?q=careful': 17, '?queue=unassigned&page=1': 14}


def test_an_unknown_queue_is_404(editor, signed_in, society):
    assert signed_in(editor).get(url('desk') + '?queue=nothing').status_code == 404


@pytest.mark.parametrize('query', ['?page=0', '?page=99999999999999999999', '?page=x', '?q=' + 'a' * 3000])
def test_odd_addresses_are_answered(query, editor, signed_in, society):
    assert signed_in(editor).get(url('desk') + query).status_code == 200


# --- One submission ----------------------------------------------------------------------------------------


def test_the_file_holds_words_conversation_checklist_letters_and_history(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=author, text='Is it too long?')
    workflow.say(submission, by=editor, text='I would take it.', audience=Message.Audience.EDITORS)

    page = text(signed_in(editor).get(url('desk_submission', submission.pk)))

    for words in (
        'The second year is for doing.',
        'Is it too long?',
        'I would take it.',
        'The author approved these exact words <strong>– to mend: the author.</strong>',
        'An address <strong>– to mend: the editor.</strong>',
        'Professor of Practice',
        'Rights: yes',
        'We have your blog',
        'Take it: now Reading',
    ):
        assert words in page, words


def test_a_move_says_where_it_leads_and_who_will_be_written_to(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    page = text(signed_in(editor).get(url('desk_submission', submission.pk)))

    assert 'Leads to: Waiting for the author. A letter to: the author.' in page


@pytest.mark.parametrize(
    ('state', 'label'),
    [(State.SUBMITTED, 'Take it'), (State.IN_REVIEW, 'Accept'), (State.READY, 'Publish or schedule')],
)
def test_the_move_that_leads_on_stands_first(state, label, author, editor, signed_in, society):
    submission = make_submission(author, state, editor=None if state == State.SUBMITTED else editor)

    page = signed_in(editor).get(url('desk_submission', submission.pk))

    assert page.context['first'].move.label == label


def test_a_move_that_something_stands_against_is_shown_disabled_with_the_reason(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)

    page = text(signed_in(editor).get(url('desk_submission', submission.pk)))

    assert 'type="button" disabled>Keep the approval<' in page
    assert 'The author has not approved any version yet.' in page


def test_an_administrator_standing_in_is_told_so(author, chief, administrator, signed_in, society):
    submission = make_submission(author, State.SUBMITTED, coauthors=(chief,))

    assert 'You stand in for them here' in text(
        signed_in(administrator).get(url('desk_submission', submission.pk))
    )


def test_any_version_can_be_chosen_and_an_unknown_one_is_404(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Slow change'),
    )
    client = signed_in(editor)

    assert 'Slow change' in text(client.get(url('desk_submission', submission.pk)))
    assert 'version 2' in text(client.get(url('desk_submission', submission.pk) + '?version=2'))
    for number in ('99', 'x', '²', '99999999999999999999999'):
        assert client.get(url('desk_submission', submission.pk) + f'?version={number}').status_code == 404, (
            number
        )


def test_the_differences_between_two_versions_are_marked(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Slow change takes time'),
    )
    client = signed_in(editor)

    page = text(client.get(url('desk_differences', submission.pk)))

    assert '<ins>' in page
    assert '<del>' in page
    same = client.get(url('desk_differences', submission.pk) + '?from=2&to=2')
    assert 'say the same' in text(same)


def test_the_preview_is_the_public_page(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    response = signed_in(editor).get(url('desk_preview', submission.pk))

    assert 'blog/posts/post.html' in [template.name for template in response.templates]
    assert 'The second year is for doing.' in text(response)


@pytest.mark.parametrize(
    'state', ['pitch', 'promised', *State.values[2:8], 'scheduled', 'live', State.DECLINED]
)
def test_the_file_opens_in_every_state_within_its_queries(
    state, author, editor, signed_in, society, django_assert_max_num_queries
):
    submission = make_submission(author, state, editor=editor)
    client = signed_in(editor)
    client.get(url('desk'))

    with django_assert_max_num_queries(19):
        assert client.get(url('desk_submission', submission.pk)).status_code == 200


# --- Moves --------------------------------------------------------------------------------------------


def test_every_possible_move_has_its_page_in_every_state(author, editor, chief, signed_in, society):
    client = signed_in(chief)
    for state in ['pitch', 'promised', *State.values[2:8], 'scheduled', 'live', State.DECLINED]:
        submission = make_submission(author, state, editor=editor)
        for offer in workflow.moves_for(submission, chief):
            response = client.get(url('desk_move', submission.pk, offer.move.name))

            assert response.status_code == (200 if offer.possible else 302), (state, offer.move.name)


def test_a_note_reaches_the_author_and_the_date_is_kept(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    due = days.today() + timedelta(days=20)

    signed_in(editor).post(
        url('desk_move', submission.pk, 'request_changes'),
        {'note': 'Shorter, please.', 'due_on': due.isoformat()},
    )

    submission.refresh_from_db()
    assert (submission.state, submission.due_on) == (State.CHANGES_REQUESTED, due)
    assert 'Shorter, please.' in Letter.objects.get(kind='changes_requested').text()


def test_a_form_with_something_missing_says_so_and_keeps_the_rest(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    response = signed_in(editor).post(
        url('desk_move', submission.pk, 'request_changes'), {'note': 'Kept words', 'due_on': 'soon'}
    )

    assert response.status_code == 200
    assert 'Kept words' in text(response)
    assert 'Something needs putting right' in text(response)


def test_the_loser_of_a_race_keeps_the_note_and_learns_what_happened(
    author, editor, chief, signed_in, society
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.accept(submission, by=chief)

    response = signed_in(editor).post(url('desk_move', submission.pk, 'accept'), {'note': 'My long note'})

    assert response.status_code == 409
    assert 'My long note' in text(response)
    assert 'Cora Chief: “Accept”' in text(response)
    assert Step.objects.filter(submission=submission, move='accept').count() == 1


def test_who_takes_a_submission_second_is_told_who_took_it(author, editor, other_editor, signed_in, society):
    submission = make_submission(author, State.SUBMITTED)
    workflow.take(submission, by=other_editor)

    response = signed_in(editor).post(url('desk_move', submission.pk, 'take'), follow=True)

    assert response.redirect_chain[-1][0] == url('desk_submission', submission.pk)
    assert 'Olga Othereditor: “Take it”' in text(response)
    submission.refresh_from_db()
    assert submission.editor == other_editor


def test_a_move_that_is_not_ones_own_is_403(author, chief, editor, other_editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client = signed_in(other_editor)

    for method in (client.get, client.post):
        for move in ('accept', 'decline', 'approve', 'submit', 'withdraw', 'archive'):
            assert method(url('desk_move', submission.pk, move)).status_code == 403, move


def test_a_move_that_does_not_exist_is_404(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    assert signed_in(editor).get(url('desk_move', submission.pk, 'import')).status_code == 404


@pytest.mark.parametrize(
    'move', ['release', 'reschedule', 'unschedule', 'correct_typo', 'release_revision', 'extend', 'assign']
)
@pytest.mark.parametrize('state', [State.SUBMITTED, State.READY, State.DECLINED])
def test_any_move_posted_at_the_wrong_moment_with_odd_values_is_answered(
    move, state, author, chief, signed_in, society
):
    submission = make_submission(author, state, editor=chief)
    odd = {
        'when': 'now',
        'day': '9999-12-31',
        'time': '25:00',
        'due_on': '9999-12-31',
        'tags': 'x',
        'editor': '9' * 30,
    }

    response = signed_in(chief).post(
        url('desk_move', submission.pk, move), {**odd, 'more_tags': 'a', 'base': '9' * 30}
    )

    assert response.status_code in (200, 409)


def test_declining_warns_and_asks_for_the_note(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client = signed_in(editor)
    assert 'Please be sure.' in text(client.get(url('desk_move', submission.pk, 'decline')))

    client.post(url('desk_move', submission.pk, 'decline'), {'note': 'It is not for this blog.'})

    submission.refresh_from_db()
    assert submission.state == State.DECLINED


def test_an_editor_is_chosen_from_those_who_did_not_write_it(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.SUBMITTED, coauthors=(other_editor,))
    client = signed_in(chief)
    page = text(client.get(url('desk_move', submission.pk, 'assign')))
    assert 'Ed Editor' in page
    assert 'Olga Othereditor' not in page

    client.post(url('desk_move', submission.pk, 'assign'), {'editor': editor.pk})

    submission.refresh_from_db()
    assert submission.editor == editor


# --- Release ------------------------------------------------------------------------------------------


def release(client, submission, **over):
    given = {
        'when': 'later',
        'day': (days.today() + timedelta(days=10)).isoformat(),
        'time': '09:30',
        'tags': ['leadership', 'scaling'],
        'views': 'own',
    }
    return client.post(url('desk_move', submission.pk, 'release'), {**given, **over})


def test_it_is_scheduled_in_uk_time(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)
    year = (days.today() + timedelta(days=210)).year
    in_summer = f'{year}-06-10'

    release(signed_in(editor), submission, day=in_summer, time='09:30')

    submission.post.refresh_from_db()
    assert submission.post.published_at.isoformat() == f'{in_summer}T08:30:00+00:00'


def test_it_goes_out_now_without_a_day(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    release(signed_in(editor), submission, when='now', day='', time='')

    submission.refresh_from_db()
    assert submission.has_live_post


def test_a_day_that_is_past_is_refused(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    response = release(signed_in(editor), submission, day='2020-01-01')

    assert 'This time is past.' in text(response)


def test_a_clash_is_pointed_out_once(author, editor, signed_in, society):
    day = (days.today() + timedelta(days=10)).isoformat()
    client = signed_in(editor)
    release(client, make_submission(author, State.READY, editor=editor, words={'title': 'The first'}))
    submission = make_submission(author, State.READY, editor=editor)

    response = release(client, submission)
    assert '“The first” comes out on the same day' in text(response)
    assert f'name="clash" value="{day}"' in text(response)

    release(client, submission, clash=day)
    submission.refresh_from_db()
    assert submission.state == State.RELEASED


def test_tags_are_ticked_marked_as_new_or_in_use_and_made_when_confirmed(author, editor, signed_in, society):
    Tag.objects.create(name='Leadership', slug='leadership')
    submission = make_submission(author, State.READY, editor=editor)
    client = signed_in(editor)
    page = text(client.get(url('desk_move', submission.pk, 'release')))
    assert 'leadership (in use)' in page
    assert 'scaling (new)' in page

    release(client, submission, tags=['leadership'], more_tags='Rural health,  rural HEALTH')

    assert sorted(submission.post.tags.names()) == ['Leadership', 'Rural health']


def test_one_tag_is_not_enough(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    for tags, more in ((['leadership'], ''), ([], ''), ([], 'leadership')):
        assert 'Choose at least two tags.' in text(
            release(signed_in(editor), submission, tags=tags, more_tags=more)
        )


# --- Words --------------------------------------------------------------------------------------------


def test_the_assigned_editor_saves_a_version_with_a_note(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)

    response = signed_in(editor).post(
        url('desk_edit', submission.pk),
        {**WORDS_FORM, 'base': submission.current.number, 'title': 'Slow change', 'note': 'A shorter title'},
    )

    assert response.url == url('desk_submission', submission.pk)
    submission.refresh_from_db()
    assert (submission.current.title, submission.current.note, submission.current.made_by) == (
        'Slow change',
        'A shorter title',
        editor,
    )
    assert submission.current.body.replace('\n', '') == WORDS_FORM['body']


def test_a_stale_save_is_refused_with_both_texts_and_the_next_one_goes_through(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)
    base = submission.current.number
    workflow.save_words(
        submission, by=editor, base=base, words=submission.current.words().but(title='From the other tab')
    )
    client = signed_in(editor)
    mine = {**WORDS_FORM, 'title': 'From this tab'}

    response = client.post(url('desk_edit', submission.pk), {**mine, 'base': base})

    assert response.status_code == 409
    assert 'From the other tab' in text(response)
    assert 'From this tab' in text(response)
    assert f'name="base" value="{base + 1}"' in text(response)
    client.post(url('desk_edit', submission.pk), {**mine, 'base': base + 1})
    submission.refresh_from_db()
    assert submission.current.title == 'From this tab'


def test_typed_words_come_back_where_the_submission_has_moved_on(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.send_for_approval(submission, by=editor)

    response = signed_in(editor).post(
        url('desk_edit', submission.pk),
        {**WORDS_FORM, 'base': submission.current.number, 'title': 'Typed too late'},
    )

    assert response.status_code == 409
    assert 'Typed too late' in text(response)


def test_who_is_not_the_assigned_editor_does_not_edit(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)

    assert signed_in(other_editor).get(url('desk_edit', submission.pk)).status_code == 403
    assert signed_in(chief).get(url('desk_edit', submission.pk)).status_code == 302


def test_typo_can_be_ticked_once_there_is_an_approval(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)
    client = signed_in(editor)
    assert 'Only typos put right' not in text(client.get(url('desk_edit', submission.pk)))
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.send_back(submission, by=editor, note='A slip.')

    client.post(
        url('desk_edit', submission.pk),
        {
            **WORDS_FORM,
            'base': submission.current.number,
            'title': 'Careful change takes times',
            'typo': 'on',
            'note': '',
        },
    )

    submission.refresh_from_db()
    assert submission.current.typo
    assert 'Keep the approval' in text(client.get(url('desk_submission', submission.pk)))
    client.post(url('desk_move', submission.pk, 'keep_approval'))
    submission.refresh_from_db()
    assert submission.state == State.READY


def test_a_typo_shows_both_texts_first_and_then_what_was_shown_is_published(
    author, editor, signed_in, society
):
    submission = make_submission(author, 'live', editor=editor)
    client, address = signed_in(editor), url('desk_move', submission.pk, 'correct_typo')
    assert 'A typo is a slip' in text(client.get(address))
    typed = {
        **WORDS_FORM,
        'base': submission.current.number,
        'title': 'Careful changes take time',
        'reason': 'A letter.',
    }

    shown = client.post(address, typed)

    submission.refresh_from_db()
    assert submission.current.title == 'Careful change takes time'
    assert 'It will say' in text(shown)
    seen = shown.context['form']['seen'].value()
    # Other words than those that were shown are shown first.
    assert 'It will say' in text(
        client.post(address, {**typed, 'title': 'Careful change take time', 'seen': seen})
    )
    assert client.post(address, {**typed, 'seen': seen}).status_code == 302
    assert Submission.objects.get(pk=submission.pk).post.version.title == 'Careful changes take time'


def test_more_than_a_typo_is_refused_with_what_was_typed(author, editor, signed_in, society):
    submission = make_submission(author, 'live', editor=editor)
    typed = {
        **WORDS_FORM,
        'base': submission.current.number,
        'title': 'Careful change takes years',
        'reason': 'So.',
    }

    answer = signed_in(editor).post(url('desk_move', submission.pk, 'correct_typo'), typed)

    assert 'This is more than a typo.' in text(answer)
    assert 'Careful change takes years' in text(answer)
    submission.refresh_from_db()
    assert submission.current.title == 'Careful change takes time'


def test_what_is_called_a_typo_in_copy_edit_is_one(author, editor, signed_in, society):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.send_back(submission, by=editor, note='A slip.')
    typed = {**WORDS_FORM, 'base': submission.current.number, 'title': 'All is new', 'typo': 'on', 'note': ''}

    answer = signed_in(editor).post(url('desk_edit', submission.pk), typed)

    assert answer.status_code == 409
    assert 'This is more than a typo.' in text(answer)


@pytest.mark.parametrize('move', ['publish_now', 'decline'])
def test_a_grave_move_asks_once(move, author, editor, signed_in, society):
    submission = make_submission(author, 'scheduled', editor=editor)
    client = signed_in(editor)

    assert f'href="{url("desk_move", submission.pk, move)}"' in text(
        client.get(url('desk_submission', submission.pk))
    )
    assert 'Please be sure.' in text(client.get(url('desk_move', submission.pk, move)))


def test_a_scheduled_post_is_published_now(author, editor, signed_in, society):
    submission = make_submission(author, 'scheduled', editor=editor)

    signed_in(editor).post(url('desk_move', submission.pk, 'publish_now'))

    submission = Submission.objects.get(pk=submission.pk)
    assert submission.has_live_post
    assert submission.holder == 'nobody'


# --- Messages, and what stands beside the words ------------------------------------------------------


@pytest.mark.parametrize('audience', ['authors', 'editors'])
def test_a_message_is_said_to_whom_it_is_for(audience, author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    response = signed_in(editor).post(
        url('desk_message', submission.pk), {'audience': audience, 'text': 'A word.'}
    )

    assert response.url == url('desk_submission', submission.pk) + '#conversation'
    assert Message.objects.get(submission=submission).audience == audience


def test_an_empty_message_is_asked_for_again(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    response = signed_in(editor).post(
        url('desk_message', submission.pk), {'audience': 'authors', 'text': ' '}
    )

    assert 'Something needs putting right' in text(response)


BESIDE = {
    'address-slug': 'careful-change',
    'tags-more_tags': 'Leadership, Rural health',
    'details-views': 'organisation',
    'details-licence': 'CC BY 4.0',
    'details-featured': 'on',
    'details-elsewhere_url': 'https://elsewhere.example/careful',
    'details-elsewhere_on': '2026-01-02',
}


def test_address_tags_and_details_are_set_beside_the_words_in_one_form(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    signed_in(editor).post(url('desk_print', submission.pk), BESIDE)

    submission.post.refresh_from_db()
    assert submission.post.slug == 'careful-change'
    assert sorted(submission.post.tags.names()) == ['Leadership', 'Rural health']
    assert (submission.post.views, submission.post.licence, submission.post.featured) == (
        'organisation',
        'CC BY 4.0',
        True,
    )
    assert Submission.objects.get(pk=submission.pk).approved_hash == submission.current.hash
    assert {'readdress', 'retagged', 'set_details'} <= set(submission.steps.values_list('move', flat=True))


def test_what_is_wrong_in_one_part_loses_nothing_of_the_others(author, editor, signed_in, society):
    other = make_submission(author, 'live', editor=editor)
    submission = make_submission(author, State.READY, editor=editor)
    client, address = signed_in(editor), url('desk_print', submission.pk)

    one_tag = client.post(address, {**BESIDE, 'tags-more_tags': 'Leadership'})
    taken = client.post(address, {**BESIDE, 'address-slug': other.post.slug})

    assert 'Choose at least two tags.' in text(one_tag)
    assert (taken.status_code, 'Choose another address.' in text(taken)) == (409, True)
    for answer in (one_tag, taken):
        assert 'CC BY 4.0' in text(answer)
        assert 'Leadership' in text(answer)
    submission.post.refresh_from_db()
    assert (submission.post.licence, sorted(submission.post.tags.names())) == ('', [])


def test_what_somebody_else_changed_meanwhile_stays(author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)
    client, address = signed_in(editor), url('desk_print', submission.pk)
    shown = {name: values for name, values in form_at(client, address).items() if values}
    workflow.readdress(submission.post, by=editor, slug='from-another-tab')

    client.post(address, shown | {'tags-tags': [], 'tags-more_tags': 'Leadership, Rural health'})

    submission.post.refresh_from_db()
    assert submission.post.slug == 'from-another-tab'
    assert sorted(submission.post.tags.names()) == ['Leadership', 'Rural health']


def test_the_editors_tags_are_shown_at_approval_proposed_at_release_and_kept_by_it(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.retag(submission.post, by=editor, tags=['Rural health', 'Leadership'])
    has_been_told(workflow.send_for_approval(submission, by=editor))
    approval = text(signed_in(author).get(reverse('submission_approve', args=[submission.pk])))
    assert 'Leadership, Rural health' in approval
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    page = signed_in(editor).get(url('desk_move', submission.pk, 'release'))
    assert page.context['form']['tags'].value() == ['Leadership', 'Rural health']
    workflow.release(submission, by=editor)

    assert sorted(submission.post.tags.names()) == ['Leadership', 'Rural health']


def test_what_stands_beside_the_words_is_the_editors(author, chief, editor, other_editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    assert signed_in(other_editor).get(url('desk_print', submission.pk)).status_code == 403


def test_a_new_tag_is_public_at_once_where_the_post_went_out_while_the_page_was_open(author, editor, society):
    submission = make_submission(author, State.READY, editor=editor)
    as_it_was = Submission.objects.get(pk=submission.pk).post
    workflow.release(submission, by=editor)

    workflow.retag(as_it_was, by=editor, tags=['Quite new', 'leadership'])

    assert not Tag.objects.get(name='Quite new').waiting


def test_a_release_leaves_what_was_set_in_another_tab_and_was_not_changed_here(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.retag(submission.post, by=editor, tags=['An older one', 'Another old one'])
    client, address = signed_in(editor), url('desk_move', submission.pk, 'release')
    opened = form_of(client.get(address))
    workflow.set_beside(
        submission.post, by=editor, tags=['Ethics', 'Rural health'], details={'views': 'society'}
    )

    client.post(address, opened | {'when': 'now'})

    submission.refresh_from_db()
    assert submission.state == State.RELEASED
    assert sorted(submission.post.tags.names()) == ['Ethics', 'Rural health']
    assert submission.post.views == 'society'


def test_of_tags_and_views_set_otherwise_in_two_tabs_both_are_shown_and_nothing_is_released(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.READY, editor=editor)
    client, address = signed_in(editor), url('desk_move', submission.pk, 'release')
    chosen = form_of(client.get(address)) | {
        'when': 'now',
        'tags': ['leadership'],
        'more_tags': 'Typed here',
        'views': 'organisation',
    }
    workflow.set_beside(
        submission.post, by=editor, tags=['Ethics', 'Rural health'], details={'views': 'society'}
    )

    refused = client.post(address, chosen)
    submission.refresh_from_db()
    was = submission.state
    client.post(address, chosen | {'shown': refused.context['form']['shown'].value()})

    said = text(refused)
    assert (refused.status_code, was) == (409, State.READY)
    assert 'Now: Ethics, Rural health. Chosen here: leadership, Typed here.' in said
    assert 'Now: the Society’s. Chosen here: the author’s organisation’s.' in said
    submission.refresh_from_db()
    assert sorted(submission.post.tags.names()) == ['Typed here', 'leadership']
    assert submission.post.views == 'organisation'


def test_what_is_typed_beside_the_words_is_given_back_where_another_editor_has_it_meanwhile(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.READY, editor=editor)
    client = signed_in(editor)
    workflow.change_editor(submission, by=chief, editor=other_editor)
    typed = {
        'address-slug': 'what-i-typed',
        'initial-address-slug': 'what-stood',
        'tags-more_tags': 'One, Two',
    }

    answer = client.post(url('desk_print', submission.pk), typed)

    assert answer.status_code == 403
    assert 'what-i-typed</textarea>' in text(answer)
    assert 'One, Two</textarea>' in text(answer)
    assert 'what-stood</textarea>' not in text(answer)
    assert 'is the editor’s to choose.' in text(answer)


def test_a_copy_edit_is_given_back_where_another_editor_has_the_submission_meanwhile(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)
    client = signed_in(editor)
    workflow.change_editor(submission, by=chief, editor=other_editor)
    typed = {
        'base': submission.current.number,
        'title': 'T',
        'body': '<p>An hour of editing.</p>',
        'language': 'en-GB',
    }

    answer = client.post(url('desk_edit', submission.pk), typed)

    assert answer.status_code == 403
    assert 'An hour of editing.' in text(answer)
    assert 'Change the editor' in text(answer)


def test_a_note_is_given_back_where_another_editor_has_the_submission_meanwhile(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client = signed_in(editor)
    workflow.change_editor(submission, by=chief, editor=other_editor)

    answer = client.post(
        url('desk_move', submission.pk, 'request_changes'),
        {'note': 'A long and kind note.', 'due_on': '2030-01-01'},
    )

    assert answer.status_code == 403
    assert 'A long and kind note.' in text(answer)


def test_only_whose_it_is_is_led_to_what_stands_beside_the_words(
    author, editor, other_editor, chief, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)
    link = f'href="{url("desk_print", submission.pk)}"'

    pages = [
        text(signed_in(one).get(url('desk_submission', submission.pk))) for one in (editor, other_editor)
    ]

    assert [link in page for page in pages] == [True, False]
