"""What goes wrong is answered plainly, and nothing a client sends is answered 500."""

import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from tests.conftest import make_submission
from ukis import urls, wsgi
from ukis.addresses.models import OldAddress
from ukis.site import errors
from ukis.society.models import Page, Society

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def raising(error):
    def view(request):
        raise error

    return view


def form(request):
    return HttpResponse(f'{request.GET.get("q", "")}|{request.POST.get("words", "")}')


urlpatterns = [
    path('trial/form/', form),
    path('trial/button/', require_POST(form)),
    path('trial/denied/', raising(PermissionDenied('Only the editor may do this.'))),
    path('trial/broken/', raising(RuntimeError('a secret of ours'))),
    path('trial/away/', raising(OperationalError('the database is away'))),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500, handler429 = urls.handler404, urls.handler500, urls.handler429


@pytest.fixture(autouse=True)
def _keep_connection():
    """Between requests the application closes connections; the test's own transaction must outlive them."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ('address', 'status', 'words'),
    [
        ('/trial/denied/', 403, 'Only the editor may do this.'),
        ('/nothing/here/', 404, 'There is no such page'),
        ('/trial/broken/', 500, 'Something went wrong here'),
        ('/trial/away/', 503, 'We are away for a moment'),
    ],
)
def test_each_error_has_its_page_with_every_header(browser, society, address, status, words):
    response = browser.get(address)
    assert response.status_code == status
    assert words in response.text
    assert 'a secret of ours' not in response.text
    assert response['Content-Security-Policy'].startswith("default-src 'none'")
    assert response['Cross-Origin-Resource-Policy'] == 'same-origin'
    assert 'camera=()' in response['Permissions-Policy']
    assert not response.cookies


def test_a_refused_method_has_its_page_and_says_which_are_taken(browser, society):
    response = browser.get('/trial/button/')
    assert (response.status_code, response['Allow']) == (405, 'POST')
    assert 'This address belongs to a button' in response.text
    assert response['Content-Security-Policy'].startswith("default-src 'none'")


def test_what_is_too_often_has_its_page_and_gives_words_back(browser, society):
    assert 'That was too often' in errors.too_many(RequestFactory().get('/account/signup/')).text
    typed = {'name': 'Nell Newcomer', 'email': 'nell@people.example', 'password1': 'a secret word'}
    response = errors.too_many(RequestFactory().post('/account/signup/', typed))
    assert response.status_code == 429
    assert 'nell@people.example</textarea>' in response.text
    assert 'a secret word' not in response.text


def test_what_is_away_says_when_to_come_back(browser):
    assert browser.get('/trial/away/')['Retry-After'] == '30'


# --- Words under way when something of ours fails

UNDER_WAY = {'text': 'Twenty <minutes> of words', 'password1': 'never shown', 'then': 'stay', 'number': '7'}
OURS = {'HTTP_ORIGIN': 'http://testserver'}


@pytest.mark.parametrize(('address', 'status'), [('/trial/away/', 503), ('/trial/broken/', 500)])
def test_words_come_back_with_the_error_and_can_be_sent_again(settings, browser, address, status):
    settings.ALLOWED_HOSTS = ['testserver']
    page = browser.post(f'{address}?a=1', UNDER_WAY, **OURS)
    assert page.status_code == status
    assert f'action="{address}?a=1"' in page.text
    assert 'Twenty &lt;minutes&gt; of words</textarea>' in page.text
    assert '<input type="hidden" name="number" value="7">' in page.text
    assert 'name="csrfmiddlewaretoken"' in page.text
    assert 'never shown' not in page.text
    assert page['Cache-Control'] == 'private, no-store'


@pytest.mark.parametrize(
    'origin', [{}, {'HTTP_ORIGIN': 'https://evil.example'}, {'HTTP_REFERER': 'https://['}]
)
def test_words_that_another_site_sent_are_echoed_nowhere(settings, browser, origin):
    settings.ALLOWED_HOSTS = ['testserver']
    page = browser.post('/trial/away/', UNDER_WAY, **origin)
    assert page.status_code == 503
    assert 'Twenty' not in page.text


def test_words_come_back_when_not_even_the_session_can_be_read(
    settings, signed_in, author, society, monkeypatch
):
    """Nobody can be asked who this is; the page does not look like it."""
    settings.ALLOWED_HOSTS = ['testserver']
    submission = make_submission(author)
    client = signed_in(author)
    client.raise_request_exception = False

    def away(self):
        raise OperationalError('away')

    monkeypatch.setattr('django.contrib.sessions.backends.db.SessionStore.load', away)
    monkeypatch.setattr(Society, 'get', away)
    for address in (
        reverse('submission_message', args=[submission.pk]),
        reverse('submission_edit', args=[submission.pk]),
        reverse('admin:ukis_society_change', args=[1]),
        reverse('profile'),
    ):
        page = client.post(address, UNDER_WAY, **OURS)
        assert page.status_code == 503, address
        assert 'Twenty &lt;minutes&gt; of words</textarea>' in page.text, address


# --- Requests that no browser makes

URLENCODED = 'application/x-www-form-urlencoded'
MULTIPART = 'multipart/form-data; boundary=b'
PART = b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n%s\r\n--b--\r\n'
UNREADABLE = [
    *(
        (f'{URLENCODED}; charset={charset}', b'words=hello')
        for charset in ('latin-1', 'hex', 'idna', 'x-none', '"')
    ),
    *(
        (f'{MULTIPART}; charset={charset}', PART % b'x')
        for charset in ('utf-16', 'rot13', 'utf-7', 'undefined')
    ),
    (f'{URLENCODED}; charset=' + 'a' * 20_000, b'words=hello'),
    (f"{URLENCODED}; charset*=idna''%80", b'words=hello'),
    (f"{URLENCODED}; title*=nonsense''x", b'words=hello'),
    (URLENCODED, b'words=%00'),
    (URLENCODED, b'wo%00rds=x'),
    (URLENCODED, b'words=%ff%fe'),
    (URLENCODED, b'words=\xff'),
    (URLENCODED, b'&'.join(b'a=1' for _ in range(5001))),
    (MULTIPART, PART % b'a\0b'),
    ('multipart/form-data', PART % b'x'),
    ('multipart/form-data; boundary=', PART % b'x'),
    ('multipart/form-data; boundary=\xe9', PART % b'x'),
]


@pytest.mark.parametrize(('content_type', 'body'), UNREADABLE)
def test_a_form_that_cannot_be_read_is_a_bad_request(society, content_type, body):
    assert ask('POST', '/trial/form/', content_type=content_type, body=body)[0] == 400


@pytest.mark.parametrize(
    'content_type', ['', ';', '; charset', 'multipart/form-data', 'é', '/', 'text/html; charset=hex']
)
@pytest.mark.parametrize('method', ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'NONSENSE'])
def test_an_odd_content_type_is_never_our_fault(society, method, content_type):
    assert ask(method, '/trial/form/', content_type=content_type, body=b'x=1')[0] < 500


def test_a_question_is_read_as_utf_8_whatever_the_body_claims_to_be(society):
    status, _, page = ask('GET', '/trial/form/', query='q=%C5%82', content_type='text/plain; charset=hex')
    assert (status, page.decode()) == (200, 'ł|')


@pytest.mark.parametrize(
    ('address', 'query', 'cookie'),
    [
        ('/trial/form/', 'q=%00', ''),
        ('/trial/form/\0', '', ''),
        ('/trial/form/', '', 'sessionid="abcdefgh\\000"'),
    ],
)
def test_nul_is_refused_before_it_reaches_a_database(society, address, query, cookie):
    assert ask('GET', address, query=query, cookie=cookie)[0] == 400


@pytest.mark.parametrize('query', ['q=\xff', '&'.join(['a=1'] * 1001), '%', '=&=&;', 'q=%ed%a0%80'])
def test_an_odd_query_is_never_our_fault(society, query):
    assert ask('GET', '/trial/form/', query=query)[0] in (200, 400)


def test_a_host_that_is_not_ours_is_a_bad_request(society):
    status, _, page = ask('GET', '/trial/form/', host='evil.example')
    assert status == 400
    assert b'We could not read that' in page
    assert b'evil.example' not in page


def test_a_form_that_is_too_big_is_told_so(society, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for content_type, body in ((URLENCODED, b'words=' + b'a' * 2000), (MULTIPART, PART % (b'a' * 2000))):
        status, _, page = ask('POST', '/trial/form/', content_type=content_type, body=body)
        assert status == 413
        assert b'more than we can take at once' in page


def test_a_sender_who_goes_away_in_the_middle_is_no_error_of_ours(society):
    class Gone(io.BytesIO):
        def read(self, *args):
            raise ConnectionResetError

    assert ask('POST', '/trial/form/', content_type=URLENCODED, stream=Gone(), length=10)[0] == 400


def test_bad_requests_are_answered_without_the_database_too(rf, monkeypatch):
    def away():
        raise OperationalError('away')

    monkeypatch.setattr(Society, 'get', away)
    assert errors.bad_request(rf.get('/'), ValueError()).status_code == 400


def ask(
    method,
    address,
    *,
    query='',
    content_type='',
    body=b'',
    cookie='',
    host='localhost',
    stream=None,
    length=None,
):
    """Straight into the application, as a web server would: a test client is too polite."""
    told = {}
    environ = {
        'REQUEST_METHOD': method,
        'PATH_INFO': address,
        'QUERY_STRING': query,
        'CONTENT_TYPE': content_type,
        'CONTENT_LENGTH': str(length or len(body)),
        'HTTP_COOKIE': cookie,
        'HTTP_HOST': host,
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'REMOTE_ADDR': '127.0.0.1',
        'wsgi.url_scheme': 'http',
        'wsgi.input': stream or io.BytesIO(body),
    }
    answer = wsgi.application(
        environ,
        lambda status, headers, error=None: told.update(status=int(status[:3]), headers=dict(headers)),
    )
    return told['status'], told['headers'], b''.join(answer)


# --- Old addresses


def test_an_old_address_leads_to_where_its_thing_is_now(browser, society):
    page = Page.objects.create(title='Principles', address='principles', body='<p>…</p>', published=True)
    kind = ContentType.objects.get_for_model(Page)
    OldAddress.objects.create(path='/about/values/', content_type=kind, object_id=page.pk)
    response = browser.get('/about/values/?a=1')
    assert (response.status_code, response['Location']) == (301, '/about/principles/')
    assert browser.post('/about/values/').status_code in (404, 405)


def test_an_old_address_whose_thing_is_gone_is_not_found(browser, society):
    kind = ContentType.objects.get_for_model(Page)
    OldAddress.objects.create(path='/about/values/', content_type=kind, object_id=99)
    assert browser.get('/about/values/').status_code == 404


# --- A form whose token has grown old


@pytest.fixture
def strict():
    client = Client(enforce_csrf_checks=True)
    client.cookies['csrftoken'] = 'a' * 32
    return client


TYPED = {
    'title': 'One & <two>',
    'body': '\nLong\nwords',
    'base': '3',
    'tag': ['a', 'b'],
    'password': 'my secret',
}
STALE = {'csrfmiddlewaretoken': 'b' * 32, **TYPED}


def test_a_stale_form_comes_back_with_everything_typed_and_a_fresh_token(strict, society):
    response = strict.post('/trial/form/?q=1', STALE, headers={'Origin': 'http://testserver'})
    assert response.status_code == 403
    assert response['Cache-Control'] == 'private, no-store'
    assert 'One &amp; &lt;two&gt;</textarea>' in response.text
    assert '>&#10;\nLong\nwords</textarea>' in response.text
    assert '<input type="hidden" name="base" value="3">' in response.text
    assert response.text.count('name="tag"') == 2
    assert 'action="/trial/form/?q=1"' in response.text
    assert 'my secret' not in response.text
    assert 'b' * 32 not in response.text
    token = response.context['csrf_token']
    again = strict.post('/trial/form/', {'words': 'sent', 'csrfmiddlewaretoken': str(token)})
    assert (again.status_code, again.text) == (200, '|sent')


def test_a_stale_forms_files_are_named_for_they_cannot_be_kept(strict, society):
    upload = io.BytesIO(b'words')
    upload.name = 'notes.txt'
    response = strict.post(
        '/trial/form/', {**STALE, 'file': upload}, headers={'Referer': 'http://testserver/write/'}
    )
    assert 'Files cannot be kept' in response.text
    assert 'notes.txt' in response.text


@pytest.mark.parametrize(
    'headers',
    [
        {},
        {'Origin': 'null'},
        {'Origin': 'http://evil.example'},
        {'Origin': 'http://evil.example', 'Referer': 'http://testserver/'},
        {'Referer': 'http://testserver.evil.example/'},
        {'Referer': 'http://[broken/'},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_echoed_nowhere(strict, society, headers):
    response = strict.post('/trial/form/', STALE, headers=headers)
    assert response.status_code == 403
    assert 'Long' not in response.text


# --- What machines ask


def test_robots_are_shown_the_sitemap_and_kept_from_private_rooms(browser):
    lines = browser.get('/robots.txt').text.splitlines()
    assert 'Sitemap: http://testserver/sitemap.xml' in lines
    assert 'Disallow: /admin/' in lines


def test_security_txt_says_whom_to_write_to_and_until_when(browser, society):
    lines = browser.get('/.well-known/security.txt').text.splitlines()
    assert lines[0] == 'Contact: mailto:office@society.example'
    assert lines[1].startswith('Expires: ')
    assert lines[1].endswith('T00:00:00Z')


@pytest.mark.parametrize(
    ('path', 'picture'), [('/favicon.ico', 'favicon.ico'), ('/apple-touch-icon.png', 'touch.png')]
)
def test_an_icon_is_where_browsers_look_for_it(browser, path, picture):
    response = browser.get(path)
    assert (response.status_code, response['Location']) == (302, f'/static/img/{picture}')
