"""What approval binds beside the text is put right on the desk: lead picture, byline, biographies, portraits."""

import pytest
from django.urls import reverse

from blog import profiles, workflow
from blog.models import State, Submission
from tests.blog.test_desk import WORDS_FORM, text, url
from tests.blog.test_writing import drawing
from tests.conftest import has_been_told, make_submission


def sent(submission: Submission, **over) -> dict:
    """The byline's form as it stands, with something changed."""
    data = {'base': submission.current.number, 'do': 'back'}
    for row in submission.authorships.all():
        data |= {
            f'name-{row.pk}-name': row.name,
            f'name-{row.pk}-role': row.role,
            f'name-{row.pk}-place': str(row.organisation_id or 'none'),
            f'name-{row.pk}-affiliation': '',
            f'name-{row.pk}-biography': row.biography,
        }
    return {**data, **over}


@pytest.fixture
def submission(author, coauthor, editor, society) -> Submission:
    return make_submission(author, State.EDITING, editor=editor, coauthors=(coauthor,))


def test_the_lead_picture_is_put_in_exchanged_and_taken_out_in_copy_edit(submission, editor, signed_in):
    client, address = signed_in(editor), url('desk_edit', submission.pk)

    def save(**over) -> None:
        submission.refresh_from_db()
        client.post(address, {**WORDS_FORM, 'base': submission.current.number, **over})
        submission.refresh_from_db()

    save(lead_file=drawing(), lead_alt='A square', lead_credit='Me')
    first = submission.current.lead_picture_id
    assert (first is not None, submission.current.lead_alt) == (True, 'A square')
    save(lead_alt='A plain square', lead_credit='Me')
    assert (submission.current.lead_picture_id, submission.current.lead_alt) == (first, 'A plain square')
    save(lead_remove='on', lead_alt='A plain square', lead_credit='Me')
    assert (submission.current.lead_picture_id, submission.current.lead_alt) == (None, '')


def test_a_picture_that_was_chosen_is_kept_where_the_form_comes_back(submission, editor, signed_in):
    typed = {**WORDS_FORM, 'base': submission.current.number, 'title': 'x' * 201}

    answer = signed_in(editor).post(url('desk_edit', submission.pk), {**typed, 'lead_file': drawing()})

    assert 'name="lead_file-kept"' in text(answer)


def test_byline_biography_portrait_and_order_are_put_right_and_the_author_sees_what_differs(
    submission, author, editor, signed_in
):
    mine, _ = submission.authorships.all()
    changes = {
        f'name-{mine.pk}-role': 'Professor',
        f'name-{mine.pk}-biography': 'Ada Author studies very careful change.',
        f'name-{mine.pk}-portrait-file': drawing(),
        'do': f'down-{mine.pk}',
    }

    answer = signed_in(editor).post(url('desk_byline', submission.pk), sent(submission, **changes))

    assert answer.url == url('desk_byline', submission.pk)
    submission.refresh_from_db()
    first, second = submission.current.byline
    assert [first['name'], second['name']] == ['Col Coauthor', 'Ada Author']
    assert (second['role'], second['biography']) == ('Professor', 'Ada Author studies very careful change.')
    assert second['picture'] is not None
    has_been_told(workflow.send_for_approval(submission, by=editor))
    approval = text(signed_in(author).get(reverse('submission_approve', args=[submission.pk])))
    assert 'byline and biographies' in approval
    assert 'studies very careful change' in approval


def test_a_name_is_asked_for_and_nothing_typed_is_lost(submission, editor, signed_in):
    mine, _ = submission.authorships.all()
    wrong = sent(submission, **{f'name-{mine.pk}-name': '', f'name-{mine.pk}-biography': 'Typed at length.'})

    answer = signed_in(editor).post(url('desk_byline', submission.pk), wrong)

    assert (answer.status_code, 'Typed at length.' in text(answer)) == (422, True)


def test_what_was_typed_into_the_byline_comes_back_where_the_submission_has_moved_on(
    submission, editor, signed_in
):
    mine, _ = submission.authorships.all()
    typed = sent(submission, **{f'name-{mine.pk}-biography': 'Typed too late.'})
    has_been_told(workflow.send_for_approval(submission, by=editor))

    answer = signed_in(editor).post(url('desk_byline', submission.pk), typed)

    assert (answer.status_code, 'Typed too late.' in text(answer)) == (409, True)


def test_only_the_assigned_editor_puts_the_byline_right(submission, chief, other_editor, signed_in):
    assert signed_in(other_editor).get(url('desk_byline', submission.pk)).status_code == 403
    assert signed_in(chief).get(url('desk_byline', submission.pk)).status_code == 302


def test_the_desk_says_what_author_and_byline_differ_in(submission, author, editor, signed_in):
    mine, _ = submission.authorships.all()
    submission.authorships.filter(pk=mine.pk).update(name='A. Author', role='Dean')

    found = profiles.apart(list(submission.authorships.for_print()))

    assert [(one.label, one.here, one.there) for one in found[mine.pk]] == [
        ('Name', 'A. Author', 'Ada Author'),
        ('Job title', 'Dean', 'Professor of Practice'),
    ]
    page = text(signed_in(editor).get(url('desk_submission', submission.pk)))
    assert 'Differs from their profile of today' in page
    assert 'here Dean; there Professor of Practice' in page


def test_a_portrait_that_will_not_be_printed_is_not_shown_as_if_it_were(submission, editor, signed_in):
    mine, _ = submission.authorships.all()
    client = signed_in(editor)
    address = url('desk_byline', submission.pk)
    client.post(address, sent(submission, **{f'name-{mine.pk}-portrait-file': drawing()}))
    submission.refresh_from_db()
    assert 'With a picture.' in text(client.get(url('desk_submission', submission.pk)))

    client.post(address, sent(submission, **{f'name-{mine.pk}-name': 'Somebody Else Altogether'}))

    assert 'With a picture.' not in text(client.get(url('desk_submission', submission.pk)))
    assert 'A portrait is printed only beside the account’s own name, Ada Author.' in text(
        client.get(address)
    )
