"""The main job in Firefox too: a blog is written in the editor, saved, and handed in; a reader reads it."""

import pytest

from blog import workflow
from blog.models import State, Submission
from tests.browser.firefox import firefox  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_blog_is_written_and_submitted_in_firefox(firefox, live_server, author, society, signed_in):  # noqa: F811
    firefox.sign_in(live_server.url, signed_in(author).cookies['sessionid'].value)
    submission = workflow.start(by=author)
    firefox.go(f'{live_server.url}/write/{submission.pk}/edit/')

    firefox.click('[name=title]')
    firefox.type('Written in Firefox')
    firefox.click('[name=standfirst]')
    firefox.type('Two sentences. Here they are.')
    firefox.click('.body .ProseMirror')
    firefox.type('The first paragraph.\ue007The second one.')
    firefox.run("document.querySelector('input[type=text][name=tags], textarea[name=tags]').focus()")
    firefox.type('one, two')
    firefox.run("document.querySelector('button[name=then][value=submit]').click()")
    firefox.until("document.querySelector('[name=rights]') !== null")
    firefox.click('[name=rights]')
    firefox.click('[name=interests][value=none]')
    firefox.click('main form button[type=submit]')
    firefox.until("document.body?.innerText.includes('It is with the editors')")

    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert submission.current.title == 'Written in Firefox'
    assert submission.current.body == '<p>The first paragraph.</p>\n<p>The second one.</p>'


def test_a_post_is_read_in_firefox_and_fits_a_phone(firefox, live_server, author, editor, society):  # noqa: F811
    from tests.conftest import make_submission

    submission = make_submission(author, 'live', editor=editor)
    address = Submission.objects.get(pk=submission.pk).post.get_absolute_url()
    firefox.ask('browsingContext.setViewport', context=firefox.window, viewport={'width': 320, 'height': 640})

    firefox.go(f'{live_server.url}{address}')

    assert submission.current.title in firefox.text()
    assert firefox.run('return document.documentElement.scrollWidth <= innerWidth')
