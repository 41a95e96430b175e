"""Redis dead, hanging, and back again under a running site: nobody's page is a 500, and no words are lost."""

import io
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image

from blog.models import Version
from tests.conftest import make_submission
from tests.processes import cookie_of
from ukis.pictures.models import Picture

pytestmark = pytest.mark.django_db(transaction=True)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new('RGB', (60, 40), 'teal').save(out, 'PNG')
    return out.getvalue()


@pytest.fixture
def line(site, line_to):
    """To Redis where there is one, else to nobody; the site's processes are on its other end."""
    given = urlsplit(str(settings.CACHES['default'].get('LOCATION', '')))
    line = line_to(given.hostname or '', given.port or 0) if given.scheme == 'redis' else line_to()
    site.environ['CACHE_URL'] = f'redis://127.0.0.1:{line.port}{given.path or "/0"}'
    return line


@pytest.mark.parametrize('away', ['cut', 'silence'])
def test_saves_uploads_and_signing_in_go_on(site, line, society, author, signed_in, away):
    submission = make_submission(author)
    cookie, edit = cookie_of(signed_in(author)), reverse('submission_edit', args=[submission.pk])
    web = site.web()
    if away == 'silence':
        line.silence(drop=True)
    else:
        line.cut()
    since = time.monotonic()

    status, _ = web.ask('POST', edit, form={'title': 'Typed while signed out', 'base': '1'})
    assert status == 302  # to the sign-in page, and kept until then
    assert [
        session.get_decoded()['typed']['data']['title']
        for session in Session.objects.all()
        if 'typed' in session.get_decoded()
    ] == [['Typed while signed out']]
    status, page = web.upload(reverse('upload_picture'), 'picture', picture(), cookie=cookie)
    assert (status, Picture.objects.count()) == (200, 1), page
    status, page = web.ask(
        'POST', reverse('account_login'), form={'login': author.email, 'password': 'wrong'}
    )
    assert (status, 'role="alert"' in page or 'error' in page) == (200, True)
    form = {
        'base': submission.current.number,
        'title': 'Saved all the same',
        'standfirst': 'x',
        'body': '<p>x</p>',
    }
    assert web.ask('POST', edit, cookie=cookie, form=form)[0] == 302
    assert Version.objects.filter(title='Saved all the same').exists()
    assert 'counted in memory' in web.ask('GET', '/health/')[1]
    assert time.monotonic() - since < 20


def test_it_is_used_again_once_it_is_back(site, line, society):
    if not line.to:
        pytest.skip('CACHE_URL names no Redis')
    web = site.web()
    line.cut()
    assert 'counted in memory' in web.ask('GET', '/health/')[1]
    line.mend()
    until = time.monotonic() + 20
    while 'counted in memory' in web.ask('GET', '/health/')[1]:
        assert time.monotonic() < until
        time.sleep(0.5)
