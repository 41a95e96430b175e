"""Words that are not published, shown to somebody outside by a link."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import previews, workflow
from blog.models import PreviewLink, State
from tests.conftest import make_submission
from ukis import personal
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
BROWSER = {'HTTP_USER_AGENT': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'}
LEE = {'for_whom': 'Prof. Lee, for the figures', 'version': 1, 'runs': 14}


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor, words={'title': 'Wards that listen'})


@pytest.fixture
def outsider():
    return Client(**BROWSER)


def made(submission, by, **other) -> str:
    """The address of a new link, as whoever has it types it."""
    last = submission.versions.last().number
    return reverse('preview', args=[previews.share(submission, by=by, **{**LEE, 'version': last, **other})])


def link_of(submission) -> PreviewLink:
    return PreviewLink.objects.filter(submission=submission).latest('pk')


def test_an_outsider_reads_which_version_it_is_and_until_when(submission, editor, outsider, time_machine):
    time_machine.move_to('2026-11-28T10:00Z', tick=False)
    submission.versions.update(made_at='2026-11-20T10:00Z')

    page = outsider.get(made(submission, editor))

    assert page.status_code == 200
    assert 'Wards that listen' in page.text
    assert f'to read version {submission.current.number}, of 20 November 2026' in page.text
    assert 'It is the newest one.' in page.text
    assert 'until the end of 12 December 2026' in page.text
    assert 'Prof. Lee' not in page.text
    assert 'Only those who work on the submission' not in page.text


def test_it_goes_on_showing_the_version_it_was_made_for_and_says_that_there_is_a_newer_one(
    submission, editor, author, outsider
):
    address = made(submission, editor)
    workflow.accept(submission, by=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Wards that hear'),
        note='',
    )

    page = outsider.get(address)

    assert 'Wards that listen' in page.text
    assert 'Wards that hear' not in page.text
    assert 'There is a newer version,' in page.text


def test_of_a_newer_version_that_its_author_does_not_know_an_author_s_link_says_nothing(
    submission, editor, author, outsider
):
    address = made(submission, author)
    workflow.accept(submission, by=editor)  # its letter waits five minutes
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Wards that hear'),
        note='',
    )

    assert 'It is the newest one.' in outsider.get(address).text


@pytest.mark.parametrize('method', ['get', 'head', 'post'])
def test_it_is_kept_by_nobody_found_by_nobody_and_told_to_nobody(submission, editor, outsider, method):
    answer = getattr(outsider, method)(made(submission, editor))

    assert answer.headers['Referrer-Policy'] == 'no-referrer'
    assert answer.headers['X-Robots-Tag'] == 'noindex, nofollow'
    assert 'no-store' in answer.headers['Cache-Control']
    assert 'private' in answer.headers['Cache-Control']
    assert not answer.cookies


def test_only_the_fingerprint_of_its_secret_is_kept(submission, editor):
    token = previews.share(submission, by=editor, **{**LEE, 'version': submission.current.number})

    assert token not in ''.join(map(str, PreviewLink.objects.values_list().get()))


def test_reading_changes_nothing_and_a_person_who_says_so_is_counted_once(submission, editor, outsider):
    address = made(submission, editor)
    outsider.get(address)
    outsider.head(address)
    assert link_of(submission).visits == 0

    page = outsider.post(address)
    again = outsider.post(address, {'quietly': ''})

    link = link_of(submission)
    assert 'Thank you.' in page.text
    assert again.status_code == 204
    assert (link.visits, link.last_visit is not None) == (1, True)


def test_another_person_and_the_same_one_an_hour_later_are_counted_again(submission, editor, outsider):
    address = made(submission, editor)
    outsider.post(address)

    Client(HTTP_USER_AGENT='Mozilla/5.0 (iPhone)').post(address)
    cache.clear()  # as after half an hour
    outsider.post(address)

    assert link_of(submission).visits == 3


@pytest.mark.parametrize(
    'said',
    [
        {'HTTP_USER_AGENT': 'Googlebot/2.1'},
        {'HTTP_USER_AGENT': 'python-requests/2'},
        {'HTTP_USER_AGENT': ''},
        {**BROWSER, 'HTTP_SEC_PURPOSE': 'prefetch;prerender'},
        {**BROWSER, 'HTTP_X_MOZ': 'prefetch'},
    ],
)
def test_a_machine_is_shown_it_and_counted_as_nobody(submission, editor, said):
    answer = Client(**said).post(made(submission, editor))

    assert answer.status_code == 200
    assert link_of(submission).visits == 0


def test_withdrawn_it_shows_nothing_from_the_next_request_on(submission, editor, outsider):
    address = made(submission, editor)
    previews.withdraw(link_of(submission), by=editor)
    first = link_of(submission).withdrawn_at
    previews.withdraw(link_of(submission), by=editor)

    page = outsider.get(address)

    assert page.status_code == 410
    assert 'Whoever made it has withdrawn it.' in page.text
    assert 'Wards that listen' not in page.text
    assert outsider.post(address).status_code == 410
    assert (link_of(submission).withdrawn_at, link_of(submission).visits) == (first, 0)


def test_it_runs_out_at_the_end_of_its_last_day(submission, editor, outsider, time_machine):
    time_machine.move_to('2026-11-28T10:00Z', tick=False)
    address = made(submission, editor, runs=7)

    time_machine.move_to('2026-12-05T23:59Z', tick=False)
    assert outsider.get(address).status_code == 200
    time_machine.move_to('2026-12-06T00:00Z', tick=False)
    page = outsider.get(address)

    assert page.status_code == 410
    assert 'Its time has run out.' in page.text


def test_once_it_is_out_it_leads_to_the_post(author, editor, outsider):
    submission = make_submission(author, State.READY, editor=editor)
    address = made(submission, editor)

    workflow.release(submission, by=editor)

    answer = outsider.get(address)
    assert (answer.status_code, answer['Location']) == (302, submission.post.get_absolute_url())
    with pytest.raises(NotNow, match='It is published'):
        made(submission, editor)


def test_a_revision_is_shown_by_a_link_that_was_made_for_it(author, editor, outsider):
    submission = make_submission(author, State.READY, editor=editor)
    old = made(submission, editor)
    workflow.release(submission, by=editor)
    workflow.revise(submission, by=editor, note='Figures.')

    new = made(submission, editor)

    assert outsider.get(old).status_code == 302
    assert outsider.get(new).status_code == 200


def test_what_was_withdrawn_by_its_author_is_shown_to_nobody(submission, author, editor, outsider):
    address = made(submission, editor)
    workflow.withdraw(submission, by=author, reason='Another place.')

    assert outsider.get(address).status_code == 410
    with pytest.raises(NotNow, match='not on its way'):
        made(submission, editor)


def test_whoever_is_named_no_more_shows_nothing_more(author, coauthor, editor, outsider):
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    address = made(submission, coauthor)
    workflow.leave(submission, by=coauthor, authorship=submission.authorships.get(person=coauthor))

    assert outsider.get(address).status_code == 410


def test_who_decides_and_who_writes_shows_it_and_nobody_else(
    submission, author, editor, chief, other_editor, secretary, stranger
):
    for person in (author, editor, chief):
        made(submission, person)
    for person in (other_editor, secretary, stranger):
        with pytest.raises(NotAllowed):
            made(submission, person)

    assert list(PreviewLink.objects.order_by('pk').values_list('by_author', flat=True)) == [
        True,
        False,
        False,
    ]


def test_for_whom_an_editor_made_one_its_author_never_reads(submission, author, editor, signed_in):
    made(submission, editor, for_whom='Prof. Secret')
    theirs = link_of(submission)
    made(submission, author, for_whom='My colleague')
    client = signed_in(author)

    page = client.get(reverse('submission_previews', args=[submission.pk]))
    refused = client.post(reverse('submission_preview_withdraw', args=[submission.pk, theirs.pk]))
    desk = signed_in(editor).get(reverse('admin:desk_previews', args=[submission.pk]))

    assert 'My colleague' in page.text
    assert 'Prof. Secret' not in page.text
    assert refused.status_code == 403
    assert all(words in desk.text for words in ('My colleague', 'Prof. Secret'))


def test_the_address_is_shown_once_on_either_side(submission, author, editor, signed_in, outsider):
    for person, name in ((author, 'submission_previews'), (editor, 'admin:desk_previews')):
        client, page = signed_in(person), reverse(name, args=[submission.pk])

        shown = client.post(page, {**LEE, 'version': submission.current.number})

        address = shown.context['address']
        assert address in shown.text
        assert outsider.get(address).status_code == 200
        assert address not in client.get(page).text


def test_what_was_typed_is_given_back_where_it_cannot_be_made(submission, editor, signed_in):
    for _ in range(previews.MOST):
        made(submission, editor)

    page = signed_in(editor).post(
        reverse('admin:desk_previews', args=[submission.pk]),
        {**LEE, 'version': submission.current.number},
    )

    assert page.status_code == 409
    assert 'Prof. Lee, for the figures' in page.text
    assert 'Withdraw one first.' in page.text


def test_a_promised_draft_has_no_page_of_links_on_the_desk(author, editor, chief, signed_in):
    submission = make_submission(author, State.DRAFTING)
    submission.promised_at, submission.due_on = timezone.now(), timezone.now().date()
    submission.save()

    assert signed_in(chief).get(reverse('admin:desk_previews', args=[submission.pk])).status_code == 404
    with pytest.raises(NotNow):
        made(submission, chief)


def test_what_its_maker_leaves_behind_shows_nothing_and_names_nobody(submission, author, outsider):
    address = made(submission, author)
    leaving = personal.Leaving(author, 'keep', timezone.now(), (), (), of_staff=False)

    previews.forget(leaving)

    assert outsider.get(address).status_code == 410
    assert link_of(submission).for_whom == ''


def test_it_goes_ninety_days_after_its_end(submission, editor):
    made(submission, editor)
    end = link_of(submission).expires_at

    assert not previews.long_over(end + timedelta(days=90)).exists()
    assert previews.long_over(end + timedelta(days=91)).count() == 1


def test_a_list_of_five_costs_no_more_than_one_of_one(submission, editor, signed_in):
    client, page = signed_in(editor), reverse('admin:desk_previews', args=[submission.pk])
    made(submission, editor)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for _ in range(4):
        made(submission, editor)
    with CaptureQueriesContext(connection) as five:
        client.get(page)

    assert len(one) == len(five) <= 20
