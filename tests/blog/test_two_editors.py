"""Two editors on one page of the desk: whoever sends later what the other changed meanwhile is shown both."""

import pytest

from blog import workflow
from blog.models import State, Submission
from tests.blog.test_desk import url
from tests.conftest import make_submission
from tests.page_forms import form_at


@pytest.fixture
def clients(editor, chief, signed_in):
    return signed_in(editor), signed_in(chief)


def opened(client, address: str) -> dict[str, list[str]]:
    return {name: values for name, values in form_at(client, address).items() if values}


@pytest.fixture
def ready(author, editor, society) -> Submission:
    return make_submission(author, State.READY, editor=editor)


@pytest.mark.parametrize(
    ('field', 'first', 'second'),
    [
        ('details-licence', 'CC BY 4.0', 'All rights reserved'),
        ('details-views', 'organisation', 'society'),
        ('details-elsewhere_on', '2 January 2026', '3 January 2026'),
        ('details-elsewhere_url', 'https://one.example/', 'https://two.example/'),
        ('address-slug', 'first-address', 'second-address'),
        ('tags-more_tags', 'Rural health', 'Urban health'),
    ],
)
def test_of_two_who_change_the_same_beside_the_words_the_later_is_shown_both(
    ready, clients, field, first, second
):
    address = url('desk_print', ready.pk)
    pages = [opened(client, address) for client in clients]
    taken = clients[0].post(address, pages[0] | {field: first})

    refused = clients[1].post(address, pages[1] | {field: second})

    assert (taken.status_code, refused.status_code) == (302, 409)
    assert 'Somebody saved this since you opened it' in refused.text
    assert (first in refused.text, second in refused.text) == (True, True)

    ready.post.refresh_from_db()
    again = {name: values for name, values in opened_again(refused).items() if values}
    assert again[field] == [second]
    assert clients[1].post(address, again).status_code == 302


def opened_again(answer) -> dict[str, list[str]]:
    from tests.page_forms import Page

    return max((form.as_shown() for form in Page(answer.text).forms), key=len)


def test_of_two_who_change_something_else_beside_the_words_neither_loses_it(ready, clients):
    address = url('desk_print', ready.pk)
    pages = [opened(client, address) for client in clients]
    clients[0].post(address, pages[0] | {'details-licence': 'CC BY 4.0'})

    taken = clients[1].post(address, pages[1] | {'details-featured': 'on'})

    assert taken.status_code == 302
    ready.post.refresh_from_db()
    assert (ready.post.licence, ready.post.featured) == ('CC BY 4.0', True)


@pytest.fixture
def editing(author, editor, society) -> Submission:
    return make_submission(
        author, State.EDITING, editor=editor, coauthors=(('Guest Writer', 'guest@people.example'),)
    )


@pytest.mark.parametrize('which', [0, 1])
@pytest.mark.parametrize(
    ('field', 'first', 'second'),
    [
        ('role', 'Professor', 'Lecturer'),
        ('biography', 'Studies one thing.', 'Studies another.'),
        ('name', 'Somebody Renamed', 'Somebody Called-Otherwise'),
    ],
)
def test_of_two_tabs_that_change_the_same_in_the_byline_the_later_is_shown_both(
    editing, editor, signed_in, which, field, first, second
):
    tabs = signed_in(editor), signed_in(editor)
    address = url('desk_byline', editing.pk)
    row = editing.authorships.all()[which]
    pages = [opened(tab, address) for tab in tabs]
    taken = tabs[0].post(address, pages[0] | {f'name-{row.pk}-{field}': first, 'do': 'save'})

    refused = tabs[1].post(address, pages[1] | {f'name-{row.pk}-{field}': second, 'do': 'save'})

    assert (taken.status_code, refused.status_code) == (302, 409)
    assert (first in refused.text, second in refused.text) == (True, True)
    row.refresh_from_db()
    assert getattr(row, field) == first

    again = {name: values for name, values in opened_again(refused).items() if values}
    assert tabs[1].post(address, again | {'do': 'save'}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == second


def test_of_two_tabs_that_change_another_name_in_the_byline_neither_loses_it(editing, editor, signed_in):
    tabs = signed_in(editor), signed_in(editor)
    address = url('desk_byline', editing.pk)
    one, other = editing.authorships.all()
    pages = [opened(tab, address) for tab in tabs]
    tabs[0].post(address, pages[0] | {f'name-{one.pk}-role': 'Professor', 'do': 'save'})

    taken = tabs[1].post(address, pages[1] | {f'name-{other.pk}-role': 'Lecturer', 'do': 'save'})

    assert taken.status_code == 302
    assert [row.role for row in editing.authorships.all()] == ['Professor', 'Lecturer']


def test_a_decision_on_a_page_from_before_it_moved_on_is_asked_for_once_more(
    author, editor, chief, signed_in
):
    client, submission = signed_in(editor), make_submission(author, State.IN_REVIEW, editor=editor)
    address = url('desk_move', submission.pk, 'accept')
    page = opened(client, address) | {'note': 'Gladly.'}
    workflow.request_changes(submission, by=chief, note='Shorter, please.')
    workflow.save_words(
        submission,
        by=author,
        base=submission.current.number,
        words=submission.current.words().but(title='Another'),
    )
    workflow.resubmit(submission, by=author, version=submission.current.number, note='There it is.')

    refused = client.post(address, page)
    submission.refresh_from_db()
    state = submission.state
    again = client.post(address, page | {'opened': refused.context['form'].fields['opened'].initial})

    submission.refresh_from_db()
    assert (refused.status_code, state) == (409, State.IN_REVIEW)
    assert 'since you opened this page. It is now: Reading' in refused.text
    assert 'Gladly.' in refused.text
    assert (again.status_code, submission.state) == (302, State.EDITING)


def test_a_decision_on_the_page_that_asks_for_it_is_made_at_once(author, editor, signed_in):
    client = signed_in(editor)
    made = [(State.PITCH, 'take_up'), (State.PITCH, 'decline_pitch'), (State.IN_REVIEW, 'request_changes')]

    for state, move in made:
        submission = make_submission(author, state, editor=None if state == State.PITCH else editor)
        address = url('desk_move', submission.pk, move)
        page = opened(client, address) | {'note': 'Gladly.'}
        assert 'opened' in page
        assert client.post(address, page).status_code == 302
