"""What of a text is typed and not saved as a version: kept, shown again, and read by title, count and checklist."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse

from blog import workflow
from blog.models import State
from tests.conftest import make_person, make_submission
from tests.processes import cookie_of
from tests.tabs import Tab
from ukis.unsaved.models import Buffer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def page_of(submission) -> str:
    return reverse('submission_edit', args=[submission.pk])


def opened(client, submission, chosen: int | None = None) -> Tab:
    return Tab(client, page_of(submission) + (f'?unsaved={chosen}' if chosen else ''), 'words', 'me')


def kept() -> list[str]:
    return sorted(row.data['body'] for row in Buffer.objects.kept())


def test_typing_keeps_the_newest_and_the_sheet_shows_it(author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    tab = opened(client, submission)

    tab.type(body='First')
    answer = tab.type(body='Second')
    page = client.get(page_of(submission)).text

    assert re.fullmatch(r'\d\d:\d\d', answer.json()['at'])
    assert kept() == ['Second']
    assert 'Second' in page
    assert 'You have text that was not saved as a version' in page
    assert submission.versions.count() == 2


def test_the_story_of_two_tabs(author, signed_in) -> None:
    submission = workflow.start(by=author)
    client = signed_in(author)
    first = opened(client, submission)
    first.type(body='<p>First.</p>')
    second = opened(client, submission)
    second.type(body='<p>First. Written over lunch.</p>')

    told = first.type(body='<p>First.x</p>').json()['told']
    page = opened(client, submission)

    assert 'Both are kept' in told
    assert page.fields['body'] == '<p>First.x</p>'
    [offer] = page.keeping.offers
    assert 'Written over lunch.' in offer.differences[0].typed
    assert 'Written over lunch.' in page.page.text


def test_either_of_two_texts_can_be_gone_on_with_and_the_other_stays_until_it_is_thrown_away(
    author, signed_in
) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    for words in ('One', 'Two'):
        opened_first = Tab(client, page_of(submission), 'words', 'me')
        opened_first.fields['unsaved_began'] = ''
        opened_first.type(body=words)
    [other] = opened(client, submission).keeping.offers

    chosen = opened(client, submission, other.buffer.pk)
    saved = chosen.send()
    left = opened(client, submission)

    assert chosen.fields['body'] == 'One'
    assert saved.status_code == 302
    submission.refresh_from_db()
    assert submission.current.body == '<p>One</p>'
    assert kept() == ['Two']
    # It began from words that do not stand any more: both are shown.
    assert left.page.context['theirs'] == submission.current


def test_what_a_version_says_already_is_shown_to_nobody(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    body = tab.fields['body']
    tab.type(body='Other')
    tab.type(body=body)

    page = tab.client.get(page_of(submission)).text

    assert 'not saved as a version' not in page
    assert not Buffer.objects.exists()


def test_saving_ends_what_was_kept_of_it(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    early = tab.sent(body='Early')
    tab.type(body='Second')

    tab.send()
    tab.client.post(reverse('unsaved'), early)

    assert kept() == []


def test_saving_the_words_ends_nothing_else_that_was_typed_about_it(author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    message = Tab(client, submission.get_absolute_url(), 'message_form')
    message.type(text='A question, half asked')

    opened(client, submission).send(body='Second')

    assert Buffer.objects.kept().get().data['text'] == 'A question, half asked'


def test_what_was_not_saved_can_be_thrown_away(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    tab.type(body='Second')
    address = reverse('unsaved_kept', args=[Buffer.objects.get().pk])
    assert address in tab.client.get(page_of(submission)).text

    tab.client.post(address, {'do': 'throw away'})

    assert 'Second' not in tab.client.get(page_of(submission)).text


def test_what_was_typed_from_old_words_is_kept_and_says_so(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    workflow.save_words(
        submission, by=author, base=2, words=submission.current.words().but(body='<p>Since</p>')
    )

    answer = tab.type(body='From before')
    page = tab.client.get(page_of(submission)).text

    assert 'both texts' in answer.json()['told']
    assert 'From before' in page
    assert re.search('<p><ins>.*Since.*</ins></p>', page)


def test_two_texts_stay_two_until_one_of_them_is_saved(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    workflow.save_words(
        submission, by=author, base=2, words=submission.current.words().but(body='<p>Since</p>')
    )
    shown = tab.send(body='From before')
    again = Tab(tab.client, page_of(submission), 'words', 'me')
    again.type(title='On')

    later = opened(tab.client, submission)
    saved = later.send(began=later.page.context['began'])

    assert shown.status_code == 409
    assert later.page.context['theirs'] == submission.versions.get(number=3)
    assert (later.page.context['began'], later.page.context['words'].initial['base']) == (2, 3)
    assert (later.fields['title'], saved.status_code) == ('On', 302)


def test_each_writer_has_a_text_of_their_own(author, coauthor, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)

    opened(signed_in(author), submission).type(body='<p>Only mine so far.</p>')

    assert 'Only mine so far.' not in signed_in(coauthor).get(page_of(submission)).text


def test_whoever_may_not_save_hears_it_while_they_type_and_it_is_kept(author, coauthor, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    tab, other = opened(signed_in(author), submission), opened(signed_in(coauthor), submission)
    submission.authorships.filter(person=coauthor).update(can_edit=False)
    not_yours = other.type(body='Too late').json()['told']
    declared = {'rights': ('I hold them.', 'yes'), 'interests': ('Any?', 'none'), 'views': ('Whose?', 'own')}
    workflow.submit(submission, by=author, version=submission.current.number, declarations=declared)

    not_now = tab.type(body='As late').json()['told']

    assert 'not yours to change' in not_yours
    assert 'with somebody else' in not_now
    assert kept() == ['As late', 'Too late']


def test_a_page_whose_token_is_old_gets_a_new_one(author) -> None:
    submission = make_submission(author)
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    tab = opened(client, submission)

    refused = tab.type(body='x')
    token = client.get(reverse('unsaved')).json()['token']
    answer = tab.type(body='x', csrfmiddlewaretoken=token)

    assert (refused.status_code, answer.status_code) == (403, 200)
    assert kept() == ['x']


def test_without_scripts_a_refused_text_is_kept_once(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    for words in ('One', 'Two'):
        tab.client.post(page_of(submission), tab.fields | {'title': 'x' * 201, 'body': words})

    assert kept() == ['Two']


# --- Title, count and checklist -----------------------------------------------------------------------


def test_title_count_and_checklist_read_what_was_typed(author, signed_in) -> None:
    submission = workflow.start(by=author)
    tab = opened(signed_in(author), submission)
    tab.type(title='A title  at last', body='<p>Four words and more</p>', tags='one, two')

    sheet = tab.client.get(page_of(submission))
    listed = tab.client.get(reverse('write'))

    assert {line.key: line.done for line in sheet.context['lines']} == {
        'title': True,
        'standfirst': False,
        'body': True,
        'tags': True,
        'byline': True,
    }
    assert 'Writing “A title at last”' in sheet.text
    assert '4 words, not yet saved' in sheet.text
    assert [row.title for row in listed.context['submissions']] == ['A title at last']
    assert 'A title at last' in tab.client.get(submission.get_absolute_url()).text
    assert 'A title at last' in tab.client.get(reverse('account')).text


def test_a_title_that_was_typed_is_read_only_while_it_can_be_saved(author, signed_in) -> None:
    submission = make_submission(author)
    tab = opened(signed_in(author), submission)
    tab.type(title='Not handed in')
    declared = {'rights': ('I hold them.', 'yes'), 'interests': ('Any?', 'none'), 'views': ('Whose?', 'own')}
    workflow.submit(submission, by=author, version=submission.current.number, declarations=declared)

    rows = tab.client.get(reverse('write')).context['submissions']

    assert [row.title for row in rows] == ['Careful change takes time']
    assert 'Not handed in' not in tab.client.get(submission.get_absolute_url()).text


def test_a_draft_in_which_something_was_typed_is_not_taken_up_as_empty(author, signed_in) -> None:
    submission = workflow.start(by=author)
    tab = opened(signed_in(author), submission)
    tab.type(title='Begun')

    other = tab.client.post(reverse('write_start'))

    assert other.url != page_of(submission)
    assert tab.client.post(reverse('write_start')).url == other.url


# --- Two processes --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_tell_two_processes_at_once_neither_loses_a_word(site, author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    opened(client, submission).type(body='Start')
    webs, tabs = [site.web(), site.web()], [opened(client, submission) for _ in range(2)]

    for round_ in range(5):
        barrier = threading.Barrier(2)

        def tell(web, tab, round_=round_, barrier=barrier):
            form = tab.sent(body=f'{tab.tab} in round {round_}')
            barrier.wait()
            return web.ask('POST', reverse('unsaved'), cookie=cookie_of(client), form=form)[0]

        with ThreadPoolExecutor() as pool:
            assert list(pool.map(tell, webs, tabs)) == [200, 200]
        assert kept() == sorted(f'{tab.tab} in round {round_}' for tab in tabs)
        assert len(kept()) == 2


def test_others_hear_nothing_of_it(author, editor, signed_in) -> None:
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    tab = opened(signed_in(author), submission)
    tab.type(title='Only for me')

    seen = [
        signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).text,
        signed_in(make_person(group='Editor')).get(reverse('admin:desk')).text,
    ]

    assert [text for text in seen if 'Only for me' in text] == []
