"""The main job in Firefox and WebKitGTK too: a blog is written, saved and handed in, read and compared."""

import pytest

from blog import workflow
from blog.models import State, Submission
from tests.browser.driven import Driven
from tests.browser.firefox import firefox  # noqa: F401  # a fixture
from tests.browser.webkit import webkit  # noqa: F401  # a fixture
from tests.conftest import make_submission

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

# A window that gets no narrower is enlarged until its page is laid out on 320 px.
FITS = """document.documentElement.style.zoom = innerWidth / 320
    return document.documentElement.scrollWidth <= innerWidth"""


@pytest.fixture(params=['firefox', 'webkit'])
def window(request) -> Driven:
    return request.getfixturevalue(request.param)


def test_a_blog_is_written_and_submitted(window, live_server, author, society, signed_in):
    window.sign_in(live_server.url, signed_in(author).cookies['sessionid'].value)
    submission = workflow.start(by=author)
    window.go(f'{live_server.url}/write/{submission.pk}/edit/')

    window.click('[name=title]')
    window.type('Written elsewhere')
    window.click('[name=standfirst]')
    window.type('Two sentences. Here they are.')
    window.click('.body .ProseMirror')
    window.type('The first paragraph.\ue007The second one.')
    window.run("document.querySelector('input[type=text][name=tags], textarea[name=tags]').focus()")
    window.type('one, two')
    window.run("document.querySelector('button[name=then][value=submit]').click()")
    window.until("document.querySelector('[name=rights]') !== null")
    window.click('[name=rights]')
    window.click('[name=interests][value=none]')
    window.click('main form button[type=submit]')
    window.until("document.body?.innerText.includes('It is with the editors')")

    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert submission.current.title == 'Written elsewhere'
    assert submission.current.body == '<p>The first paragraph.</p>\n<p>The second one.</p>'


def test_a_post_is_read_and_fits_a_phone(window, live_server, author, editor, society):
    submission = make_submission(author, 'live', editor=editor)
    address = Submission.objects.get(pk=submission.pk).post.get_absolute_url()
    window.narrow()

    window.go(f'{live_server.url}{address}')

    assert submission.current.title in window.text()
    assert window.run(FITS)


def test_choosing_two_versions_scrolls_no_phone_sideways(
    window, live_server, author, editor, society, signed_in
):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(standfirst='Why patience pays off.'),
    )
    window.narrow()

    for person, page in (
        (author, f'/write/{submission.pk}/differences/'),
        (editor, f'/admin/desk/{submission.pk}/differences/'),
    ):
        window.sign_in(live_server.url, signed_in(person).cookies['sessionid'].value)
        window.go(live_server.url + page)
        assert window.run("return document.querySelectorAll('select').length") == 2
        assert window.run(FITS)


def test_what_is_chosen_from_by_staff_is_not_cut_off(window, live_server, administrator, society, signed_in):
    window.sign_in(live_server.url, signed_in(administrator).cookies['sessionid'].value)
    window.narrow()

    window.go(f'{live_server.url}/admin/members/membership/add/')

    cut_off = """return [...document.querySelectorAll('#content select:not(.select2-hidden-accessible, .empty-form *)')]
        .filter(one => {
            const {fontSize, paddingTop, paddingBottom} = getComputedStyle(one)
            const room = one.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)
            return one.offsetWidth && (room < parseFloat(fontSize) * 1.1 || one.getBoundingClientRect().right > innerWidth)
        }).map(one => one.name)"""
    assert window.run("return document.querySelectorAll('#content select').length") > 2
    assert window.run(cut_off) == []
    assert window.run(FITS)
