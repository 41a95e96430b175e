"""What becomes of somebody's blogs when they are forgotten."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Authorship, Post, State, Submission, Version
from members import erasing
from members.models import Person
from tests.conftest import make_membership, make_post, make_submission
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def erase(person: Person, bylines: str = 'contributor'):
    row = erasing.ask(person, by=person, bylines=bylines)
    erasing.carry_out_due(row.due_at)
    row.refresh_from_db()
    assert row.done_at is not None
    return row


def test_a_draft_that_no_editor_has_seen_is_deleted(author):
    submission = make_submission(author, words={'title': 'Alone'})

    erase(author)

    assert not Submission.objects.filter(pk=submission.pk).exists()
    assert not Version.objects.filter(title='Alone').exists()


@pytest.mark.parametrize(
    'state', [State.SUBMITTED, State.IN_REVIEW, State.EDITING, State.READY, State.DECLINED]
)
def test_what_the_editors_have_seen_is_withdrawn_without_its_words(author, editor, chief, state, signed_in):
    submission = make_submission(author, state, editor=editor, words={'title': 'A secret title'})
    if state != State.DECLINED:
        workflow.say(submission, by=author, text='My very own words')

    erase(author)

    submission.refresh_from_db()
    assert submission.state == (State.DECLINED if state == State.DECLINED else State.WITHDRAWN)
    assert (submission.title, submission.current.body) == ('A withdrawn submission', '')
    assert submission.versions.count() == 1
    assert not submission.messages.exists()
    assert not Authorship.objects.filter(submission=submission).exists()
    assert not Post.objects.exists()
    assert not Letter.objects.filter(body__contains='A secret title').exists()
    page = signed_in(chief).get(reverse('admin:desk_submission', args=[submission.pk]))
    assert page.status_code == 200
    assert author.email not in page.text
    assert author.name not in page.text
    assert 'reopen' not in {
        offer.move.name for offer in workflow.moves_for(submission, chief) if offer.possible
    }


def test_with_another_author_it_goes_on_without_the_name(author, coauthor, editor):
    make_membership(coauthor)
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(coauthor,))
    workflow.say(submission, by=author, text='My very own words')
    name = author.printed_name

    erase(author)

    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW
    [left] = submission.authorships.all()
    assert (left.person, left.corresponding, left.can_edit) == (coauthor, True, True)
    assert name not in str([version.byline for version in submission.versions.all()])
    assert list(submission.messages.values_list('text', flat=True)) == ['(erased)']
    assert set(Letter.objects.filter(kind='message').values_list('state', flat=True)) == {'recalled'}
    told = Letter.objects.filter(kind='name_taken_off').values_list('to', flat=True)
    assert set(told) == {editor.pk, coauthor.pk}


@pytest.mark.parametrize('choice', ['keep', 'contributor', 'removal'])
def test_in_print_it_stands_as_they_chose_at_once(author, client, choice):
    post = make_post('In print', people=(author,))
    address = post.get_absolute_url()
    for kept in (address, reverse('feed'), reverse('author', args=[author.slug])):
        client.get(kept)

    row = erase(author, choice)

    page, feed = client.get(address).text, client.get(reverse('feed')).text
    byline = post.bylines.get()
    name = {'keep': author.printed_name}.get(choice, 'A contributor')
    assert (byline.person, byline.name, byline.biography, byline.picture) == (None, name, '', None)
    assert name in page
    assert name in feed
    assert (author.printed_name in page) == (choice == 'keep')
    assert client.get(reverse('author', args=[author.slug])).status_code == 410
    assert row.posts == ([address] if choice == 'removal' else [])
    assert post.submission.authorships.get().name == name
    [version] = post.submission.versions.all()[:1]
    assert name in str(version.byline)


def test_staff_hear_which_posts_are_to_be_taken_down_and_decide(author, secretary, signed_in):
    post = make_post('In print', people=(author,))
    row = erase(author, 'removal')
    client = signed_in(secretary)

    page = client.get(reverse('admin:erasures')).text
    client.post(reverse('admin:erasures'), {'erasure': row.pk})

    assert post.get_absolute_url() in page
    assert post.get_absolute_url() not in client.get(reverse('admin:erasures')).text
    assert Letter.objects.filter(kind='erasure_posts').count() == 1


def test_an_editor_who_is_forgotten_leaves_their_submissions_to_who_decides(author, editor, chief):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    erase(editor)

    submission.refresh_from_db()
    assert submission.editor == chief
    assert set(submission.steps.filter(by=editor).values_list('by_name', flat=True)) == {'Former member'}
