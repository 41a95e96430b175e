"""Somebody handles a submission for its author: not printed, known to the desk, and the author can object."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import checklist, workflow
from blog.checklist import declared
from blog.models import State, Submission
from members.likeness import is_own_name
from tests.conftest import DECLARED, WORDS, letters_leave, make_person, make_submission
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')

DORA = {'name': 'Dr Dora Director', 'email': 'dora@change.example', 'role': 'Director'}
TYPED = {'on_behalf': 'yes', **{f'for-{name}': value for name, value in DORA.items()}}


def handled(author, **fields) -> Submission:
    submission = workflow.start(by=author, working_title='Careful change', on_behalf_of={**DORA, **fields})
    workflow.save_words(submission, by=author, base=1, words=submission.current.words().but(**WORDS))
    return submission


def submitted(author, **fields) -> Submission:
    submission = handled(author, **fields)
    return workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)


def approved(author, editor) -> Submission:
    """By whoever handles it; its author, who said yes to being named, has no account."""
    submission = submitted(author)
    submission.authorships.filter(printed=True).update(agreed_at=timezone.now())
    workflow.take(submission, by=editor)
    workflow.accept(submission, by=editor)
    workflow.send_for_approval(submission, by=editor)
    return workflow.approve(submission, by=author, fingerprint=submission.current.hash)


def link_of_the_letter(mailoutbox) -> str:
    letters_leave()
    [letter] = [one for one in mailoutbox if DORA['email'] in one.to[0]]
    return re.search(r'https?://[^/]+(/write/named/\S+)', letter.body)[1]


def test_the_start_page_takes_another_name_and_puts_it_in_print_in_place_of_ones_own(
    author, organisation, signed_in
) -> None:
    typed = {**TYPED, 'for-affiliation': organisation.name}

    answer = signed_in(author).post(reverse('write_start'), typed)

    submission = Submission.objects.get()
    assert answer.url == reverse('submission_edit', args=[submission.pk])
    assert [(row.name, row.printed) for row in submission.authorships.all()] == [
        ('Dr Dora Director', True),
        ('Ada Author', False),
    ]
    [line] = submission.current.byline
    assert (line['name'], line['role'], line['person']) == ('Dr Dora Director', 'Director', None)
    assert line['organisation'] == organisation.pk


def test_what_is_wrong_on_the_start_page_is_given_back(author, signed_in) -> None:
    answer = signed_in(author).post(reverse('write_start'), {**TYPED, 'for-email': 'dora'})

    said = answer.content.decode()
    assert (answer.status_code, Submission.objects.count()) == (422, 0)
    assert 'value="Dr Dora Director"' in said
    assert 'id="id_for-email_error"' in said


def test_nobody_is_looked_up_by_an_address(author, signed_in) -> None:
    known = make_person('Dora Director', biography='Known here.')

    signed_in(author).post(reverse('write_start'), {**TYPED, 'for-email': known.email})

    assert not Submission.objects.get().authorships.filter(person=known).exists()


def test_a_draft_for_somebody_else_is_not_taken_up_as_ones_own(author, signed_in) -> None:
    client = signed_in(author)
    client.post(reverse('write_start'), TYPED)

    client.post(reverse('write_start'))

    assert Submission.objects.count() == 2


def test_a_draft_for_the_same_address_in_which_nothing_stands_is_taken_up_again(author, signed_in) -> None:
    client = signed_in(author)
    client.post(reverse('write_start'), TYPED)

    again = client.post(reverse('write_start'), TYPED)
    client.post(reverse('write_start'), TYPED | {'for-name': 'Dr Dora Dean'})

    submission = Submission.objects.get()
    assert again.url == reverse('submission_edit', args=[submission.pk])
    assert [(row.name, row.email) for row in submission.printed_names] == [('Dr Dora Dean', DORA['email'])]


def test_a_draft_for_another_address_or_with_words_in_it_is_not_taken_up(author, signed_in) -> None:
    handled(author)
    client = signed_in(author)

    client.post(reverse('write_start'), TYPED)
    client.post(reverse('write_start'), TYPED | {'for-email': 'another@change.example'})

    assert Submission.objects.count() == 3


def test_the_handler_has_every_move_of_the_corresponding_author(author, editor) -> None:
    submission = approved(author, editor)

    assert submission.state == State.READY


def test_neither_page_nor_portrait_of_the_handler_is_in_print(author, editor, client) -> None:
    submission = approved(author, editor)
    workflow.release(submission, by=editor)

    said = client.get(submission.post.get_absolute_url()).content.decode()

    assert [line.person for line in submission.post.bylines.all()] == [None]
    assert 'Dr Dora Director' in said
    assert author.name not in said
    assert author.get_absolute_url() not in said


@pytest.mark.parametrize(
    ('printed', 'own'),
    [
        ('Ada Author', True),
        ('Dr Ada Author', True),
        ('Professor Dame ADA  AUTHOR', True),
        ('Àda Author', True),
        ('Dr Dora Director', False),
        ('Ada Author and Dora Director', False),
        ('Author', False),
        ('Dr', False),
    ],
)
def test_a_name_is_ones_own_with_or_without_a_title(author, printed, own) -> None:
    assert is_own_name(printed, author) == own


def test_a_name_that_is_not_ones_own_is_not_linked_to_ones_page(author) -> None:
    submission = make_submission(author)
    mine = submission.authorships.get()

    version = workflow.change_byline(submission, by=author, names=[{'pk': mine.pk, 'name': 'Dora Director'}])

    [line] = version.byline
    assert (line['name'], line['person'], line['picture'], line['citation_name']) == (
        'Dora Director',
        None,
        None,
        '',
    )


def test_the_byline_page_takes_ones_own_name_out_of_print_and_back(author, signed_in) -> None:
    submission = handled(author)
    dora, mine = submission.authorships.all()
    address, client = reverse('submission_byline', args=[submission.pk]), signed_in(author)
    hers = {f'name-{dora.pk}-name': dora.name, f'name-{dora.pk}-role': dora.role}
    base = {'base': submission.current.number, 'do': 'save', **hers}

    client.post(address, {**base, f'name-{mine.pk}-known': 'yes', f'name-{mine.pk}-printed': 'yes'})
    submission.refresh_from_db()
    both = [line['name'] for line in submission.current.byline]
    base['base'] = submission.current.number
    client.post(address, {**base, f'name-{mine.pk}-name': mine.name, f'name-{mine.pk}-printed': 'no'})
    submission.refresh_from_db()

    assert both == ['Dr Dora Director', 'Ada Author']
    assert [line['name'] for line in submission.current.byline] == ['Dr Dora Director']


def test_somebody_must_be_printed(author) -> None:
    submission = make_submission(author)

    with pytest.raises(NotNow, match='must be printed'):
        workflow.change_byline(
            submission, by=author, names=[{'pk': submission.authorships.get().pk, 'printed': False}]
        )


def test_saving_the_words_leaves_the_byline_alone(author, signed_in) -> None:
    submission = handled(author)
    address, client = reverse('submission_edit', args=[submission.pk]), signed_in(author)
    page = client.get(address).content.decode()

    client.post(address, {'base': submission.current.number, 'title': 'Another title', 'language': 'en-GB'})

    submission.refresh_from_db()
    assert 'Ada Author handles this for its author, and is not printed.' in page
    assert 'name="me-name"' not in page
    assert (submission.title, [line['name'] for line in submission.current.byline]) == (
        'Another title',
        ['Dr Dora Director'],
    )


def test_the_desk_says_who_handles_it(author, editor, signed_in) -> None:
    submission = submitted(author)

    said = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).content.decode()

    assert '<dt>Handled by</dt><dd>Ada Author, for the author; not printed</dd>' in said
    said_yes = '<span class="badge wait">has not said yes</span>'
    assert f'<dt>Written by</dt><dd>Dr Dora Director {said_yes}</dd>' in said


def test_interests_that_the_handler_declares_are_printed_without_their_name(author, coauthor) -> None:
    submission = handled(author)
    workflow.change_byline(
        submission,
        by=author,
        names=[
            *({'pk': row.pk} for row in submission.authorships.all()),
            {'person': coauthor, 'name': coauthor.printed_name},
        ],
    )
    some = {**DECLARED, 'interests': ('Any?', 'The Institute pays us')}
    workflow.submit(submission, by=author, version=submission.current.number, declarations=some)

    submission.refresh_from_db()
    assert declared.for_print(submission).interests == 'The Institute pays us.'


def test_the_author_is_told_and_an_objection_stops_it_until_it_is_settled(
    author, editor, client, signed_in, mailoutbox
) -> None:
    submission = approved(author, editor)
    named = link_of_the_letter(mailoutbox)
    address = f'{named}object/'
    mailoutbox.clear()

    client.post(address, {'words': 'I never said the second part.'})
    letters_leave()

    told = {letter.to[0].rpartition('<')[2].strip('>') for letter in mailoutbox}
    assert told == {author.email, editor.email}
    assert all('I never said the second part.' in letter.body for letter in mailoutbox)
    submission.refresh_from_db()
    [line] = [one for one in checklist.for_release(submission) if not one.done]
    assert (line.key, line.who) == ('objection', 'Dr Dora Director')
    with pytest.raises(NotNow, match='Dr Dora Director objects'):
        workflow.release(submission, by=editor)
    mine = signed_in(author).get(submission.get_absolute_url()).content.decode()
    assert 'I never said the second part.' in mine
    client.post(address, {'do': 'settle'})
    workflow.release(submission, by=editor)
    assert submission.state == State.RELEASED


def test_an_objection_takes_a_scheduled_one_off_the_calendar(author, editor) -> None:
    submission = approved(author, editor)
    workflow.release(submission, by=editor, at=timezone.now() + timedelta(days=1))

    dora = submission.authorships.get(printed=True)
    workflow.object_to(submission, by=None, authorship=dora, words='Not like this.')

    submission.refresh_from_db()
    assert (submission.state, submission.post.published_at) == (State.READY, None)
    assert Letter.objects.filter(kind='scheduled').exclude(state=Letter.State.RECALLED).count() == 0


def test_of_a_post_that_is_out_one_writes_to_the_editors(author, editor) -> None:
    submission = approved(author, editor)
    workflow.release(submission, by=editor)

    with pytest.raises(NotNow, match='published'):
        workflow.object_to(
            submission, by=None, authorship=submission.authorships.get(printed=True), words='Not like this.'
        )


def test_a_link_of_somebody_else_objects_to_nothing(client) -> None:
    assert client.post(reverse('named_object', args=['nothing']), {'words': 'No'}).status_code == 404


def test_somebody_with_a_sign_in_objects_on_the_page_of_the_submission(author, coauthor, editor, signed_in):
    submission = make_submission(author, State.SUBMITTED, coauthors=(coauthor,))
    address = reverse('submission_object', args=[submission.pk])

    signed_in(coauthor).post(address, {'words': 'My part is missing.'})

    assert [row.name for row in submission.objections] == [coauthor.printed_name]
    refused = signed_in(author).post(address, {'words': 'Mine too.'})
    assert (refused.status_code, 'Mine too.' in refused.text) == (409, True)
    assert submission.authorships.filter(objected_at__isnull=False).count() == 1


def test_a_dropped_revision_keeps_whoever_handles_it(author, editor) -> None:
    submission = approved(author, editor)
    workflow.release(submission, by=editor)
    workflow.revise(submission, by=editor, note='A new paragraph.')

    workflow.drop_revision(submission, by=editor)

    assert [(row.name, row.printed) for row in submission.authorships.all()] == [
        ('Dr Dora Director', True),
        ('Ada Author', False),
    ]
    assert submission.handler.person == author


def test_by_one_link_only_so_many_letters_are_caused(author, editor, client):
    submission = make_submission(author, State.READY, editor=editor)
    guest = submission.authorships.create(name='Gwen', email='gwen@example.org', order=1)
    address = reverse('named_object', args=[PrivateLink.make(purpose='named', about=guest, days=9)])
    before = Letter.objects.count()

    codes = [client.post(address, {'words': f'Not so, {number}.'}).status_code for number in range(9)]
    codes.append(client.post(address, {'words': 'Not so, 5.'}).status_code)

    assert codes == [*[302] * 6, *[409] * 3, 302]  # what is said already is not said again
    assert Letter.objects.count() == before + 12


def test_whoever_approves_reads_what_is_objected_to_and_the_desk_whose_it_is_to_settle(
    author, coauthor, editor, signed_in
):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor, coauthors=(coauthor,))
    address = reverse('submission_object', args=[submission.pk])

    signed_in(coauthor).post(address, {'words': 'My part is missing.'})

    assert (
        'My part is missing.'
        in signed_in(author).get(reverse('submission_approve', args=[submission.pk])).text
    )
    desk = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).text
    assert f'– to mend: {coauthor.printed_name}.' in desk
