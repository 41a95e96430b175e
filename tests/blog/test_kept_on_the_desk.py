"""Editors type with the same net as authors: copy-edit, typos, notes of moves, messages; and so do the short forms."""

import re

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Message, State
from tests.conftest import make_submission
from tests.tabs import Tab
from ukis.unsaved.models import Buffer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def at(name: str, submission, *more) -> str:
    return reverse(name, args=[submission.pk, *more])


# Where somebody types at length: in which state, at which address, the form's name there, and a field.
DESK = [
    (State.EDITING, 'admin:desk_edit', (), 'form', 'body'),
    ('live', 'admin:desk_move', ('correct_typo',), 'form', 'body'),
    (State.IN_REVIEW, 'admin:desk_move', ('request_changes',), 'form', 'note'),
    (State.IN_REVIEW, 'admin:desk_move', ('decline',), 'form', 'note'),
    (State.READY, 'admin:desk_move', ('send_back',), 'form', 'note'),
    (State.IN_REVIEW, 'admin:desk_submission', (), 'message_form', 'text'),
]
AUTHORS = [
    (State.IN_REVIEW, 'submission', (), 'message_form', 'text'),
    (State.CHANGES_REQUESTED, 'submission_submit', (), 'form', 'note'),
    (State.DRAFTING, 'submission_submit', (), 'form', 'interests_text'),
    (State.DRAFTING, 'submission_withdraw', (), 'form', 'reason'),
    (State.AUTHOR_APPROVAL, 'submission_approve', (), 'approve_form', 'note'),
    (State.AUTHOR_APPROVAL, 'submission_approve', (), 'correction_form', 'note'),
]


@pytest.mark.parametrize(('state', 'name', 'more', 'form', 'field'), DESK)
def test_what_an_editor_types_is_kept_and_offered(
    author, editor, signed_in, state, name, more, form, field
) -> None:
    submission = make_submission(author, state, editor=editor)
    kept_and_offered(signed_in(editor), at(name, submission, *more), form, field)


@pytest.mark.parametrize(('state', 'name', 'more', 'form', 'field'), AUTHORS)
def test_what_an_author_types_is_kept_and_offered(
    author, editor, signed_in, state, name, more, form, field
) -> None:
    submission = make_submission(author, state, editor=editor)
    kept_and_offered(signed_in(author), at(name, submission, *more), form, field)


def kept_and_offered(client, address: str, form: str, field: str) -> None:
    Tab(client, address, form).type(**{field: 'Typed at length.'})

    again = Tab(client, address, form)
    [offer] = again.keeping.offers
    used = Tab(client, f'{address}?unsaved={offer.buffer.pk}', form)

    assert 'You had typed this on' in again.page.text
    assert any('Typed at length.' in one.typed for one in offer.differences)
    assert used.fields[field] == 'Typed at length.'
    assert 'js/unsaved/leaving.js' in used.page.text


@pytest.mark.parametrize(
    ('name', 'more', 'form', 'field'),
    [
        ('admin:desk_move', ('request_changes',), 'form', 'note'),
        ('admin:desk_submission', (), 'message_form', 'text'),
    ],
)
def test_a_passage_chosen_after_words_were_typed_stays_ticked_beside_them(
    author, editor, signed_in, name, more, form, field
) -> None:
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client, address = signed_in(editor), at(name, submission, *more)
    before = Tab(client, address, form)
    before.fields = {name: value for name, value in before.fields.items() if value}  # no box, nothing sent
    before.type(**{field: 'Say how.'})
    passage = workflow.quote(submission, by=editor, version=submission.current, part='body', block=0)

    [offer] = Tab(client, address, form).keeping.offers
    used = Tab(client, f'{address}?unsaved={offer.buffer.pk}', form)

    assert [one.typed for one in offer.differences] == ['Say how.']
    assert (used.fields[field], used.fields['quoting']) == ('Say how.', [passage.pk])
    assert f'name="offered_quoting" value="{passage.pk}"' in used.page.text

    used.type(quoting=[], offered_quoting=[passage.pk])  # it was there, and left out

    assert Tab(client, f'{address}?unsaved={offer.buffer.pk}', form).fields['quoting'] == ''


@pytest.mark.parametrize(
    ('who', 'name', 'more', 'form', 'field'),
    [
        ('editor', 'admin:desk_move', ('request_changes',), 'form', 'note'),
        ('editor', 'admin:desk_submission', (), 'message_form', 'text'),
        ('author', 'submission', (), 'message_form', 'text'),
    ],
)
def test_whoever_comes_back_from_quoting_finds_what_they_had_typed_in_its_place(
    author, editor, signed_in, who, name, more, form, field
) -> None:
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client, address = signed_in({'author': author, 'editor': editor}[who]), at(name, submission, *more)
    before = Tab(client, address, form)
    before.fields = {name: value for name, value in before.fields.items() if value}  # no box, nothing sent
    before.type(**{field: 'Say how.'})
    [to_words] = set(
        re.findall(f'href="({at("submission_words", submission)}[^"#]*)"[^>]*>Quote', before.page.text)
    )

    words = client.get(to_words)
    sent = dict(re.findall(r'type="hidden" name="(version|part|block|for)" value="([^"]*)"', words.text))
    chosen = {**sent, 'part': 'body', 'block': '0', 'words': ''}
    back = client.post(at('submission_quote', submission), chosen)
    after = Tab(client, back.url, form)

    assert back.url.partition('?')[0] == address
    assert (after.fields[field], len(after.fields['quoting'])) == ('Say how.', 1)
    assert after.keeping.offers == []
    assert words.context['write_url'] == back.url


def test_an_answer_typed_before_quoting_stays_an_answer_and_its_readers_the_same(
    author, editor, other_editor, signed_in
) -> None:
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    asked = workflow.say(submission, by=other_editor, text='Is it sound?', audience=Message.Audience.EDITORS)
    client, address = signed_in(editor), at('admin:desk_submission', submission)
    Tab(client, f'{address}?answer={asked.pk}', 'message_form').type(text='I doubt it.', answers=asked.pk)

    quoted = {'version': submission.current.number, 'part': 'body', 'block': 0, 'words': ''}
    back = client.get(client.post(at('submission_quote', submission), quoted).url)

    assert 'It was written to the editors only, and so is your answer' in back.text
    assert 'Send to the author and the editors' not in back.text
    assert 'I doubt it.' in back.text


def test_a_copy_edit_that_is_saved_ends_what_was_kept_of_it(author, editor, signed_in) -> None:
    submission = make_submission(author, State.EDITING, editor=editor)
    tab = Tab(signed_in(editor), at('admin:desk_edit', submission), 'form')
    tab.type(body='<p>Typed.</p>')
    assert 'text there that was not saved' in tab.client.get(at('admin:desk_submission', submission)).text

    saved = tab.send()

    assert saved.status_code == 302
    assert not Buffer.objects.kept().exists()
    assert 'not saved' not in tab.client.get(at('admin:desk_submission', submission)).text


def test_a_move_and_a_message_end_what_was_kept_of_them(author, editor, signed_in) -> None:
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    client = signed_in(editor)
    message = Tab(client, at('admin:desk_submission', submission), 'message_form')
    message.type(text='A question')
    note = Tab(client, at('admin:desk_move', submission, 'request_changes'))
    note.type(note='Shorter')

    message.address = at('admin:desk_message', submission)
    answers = [message.send(audience='authors').status_code, note.send().status_code]

    assert answers == [302, 302]
    assert not Buffer.objects.kept().exists()


def test_a_copy_edit_kept_from_older_words_is_refused_as_stale_with_both(author, editor, signed_in) -> None:
    submission = make_submission(author, State.EDITING, editor=editor)
    client, address = signed_in(editor), at('admin:desk_edit', submission)
    Tab(client, address).type(body='<p>Typed before.</p>')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(body='<p>Saved since.</p>'),
    )
    [offer] = Tab(client, address).keeping.offers

    used = Tab(client, f'{address}?unsaved={offer.buffer.pk}')
    refused = client.post(address, used.sent())

    assert refused.status_code == 409
    assert 'Typed before.' in refused.text
    assert 'Saved since.' in refused.text
    assert 'both texts' in used.type(title='And on').json()['told']


def test_what_an_editor_typed_is_shown_to_no_other(author, editor, chief, signed_in) -> None:
    submission = make_submission(author, State.EDITING, editor=editor)
    Tab(signed_in(editor), at('admin:desk_edit', submission)).type(body='<p>Only the editor’s.</p>')
    workflow.change_editor(submission, by=chief, editor=chief)

    assert 'Only the editor’s.' not in signed_in(chief).get(at('admin:desk_edit', submission)).text
    assert 'Only the editor’s.' not in signed_in(author).get(at('submission', submission)).text


def test_handing_in_says_that_more_was_typed_than_is_handed_in(author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    before = client.get(at('submission_submit', submission)).text
    Tab(client, at('submission_edit', submission), 'words', 'me').type(body='<p>More.</p>')

    after = client.get(at('submission_submit', submission)).text

    assert ['You typed more and did not save it' in page for page in (before, after)] == [False, True]
