import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD, make_person
from ukis.templatetags.browsers import browser

FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
CHROME = (
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
)
SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'


@pytest.mark.parametrize(
    ('user_agent', 'words'),
    [
        (FIREFOX, 'Firefox on Windows'),
        (CHROME, 'Chrome on Linux'),
        (SAFARI, 'Safari on a Mac'),
        (f'{CHROME} Edg/142.0.0.0'.replace('X11; Linux', 'Windows NT 10.0'), 'Edge on Windows'),
        (f'{CHROME} OPR/120.0.0.0', 'Opera on Linux'),
        (f'{PHONE} Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on an iPhone'),
        (f'{PHONE} CriOS/142.0 Mobile/15E148 Safari/604.1', 'Chrome on an iPhone'),
        (f'{PHONE} FxiOS/145.0 Mobile/15E148 Safari/604.1'.replace('iPhone;', 'iPad;'), 'Firefox on an iPad'),
        ('Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 'Firefox on Android'),
        ('Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/142.0.0.0 Safari/537.36', 'Chrome on a Chromebook'),
        ('curl/8.5.0', 'An unknown browser'),
        ('Mozilla/5.0 (Windows NT 10.0) Invented/1.0', 'An unknown browser on Windows'),
        ('', 'An unknown browser'),
        ('<script>Firefox</script>', 'An unknown browser'),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(user_agent, words):
    assert browser(user_agent) == words


def test_the_list_of_sign_ins_shows_no_browsers_own_words(society):
    person = make_person()
    for agent in (FIREFOX, 'Invented/1.0 (raw words)'):
        client = Client(headers={'user-agent': agent})
        client.post(reverse('account_login'), {'login': person.email, 'password': PASSWORD})
        client.get(reverse('account'))

    page = client.get(reverse('usersessions_list')).text

    assert ('Firefox on Windows' in page, 'An unknown browser' in page) == (True, True)
    assert ('Gecko' in page, 'raw words' in page) == (False, False)
