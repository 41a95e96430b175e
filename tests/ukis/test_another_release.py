"""While machines are upgraded one after the other, what tells of changes was made for one release and asked by two."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.wsgi import ask
from ukis import changes
from ukis.pagecache import triggers
from ukis.pagecache.generation import of_this_database
from ukis.pagecache.serving import PageCache
from ukis.society.models import Society

pytestmark = pytest.mark.django_db(transaction=True)
LOG = 'ukis.pagecache.generation'


class Site(WSGIHandler):
    """With the page cache in front, and a count of what it was asked."""

    def __init__(self):
        super().__init__()
        self.asked = 0
        self.kept = PageCache(self._counted, most=1_000_000, check=of_this_database())

    def _counted(self, environ, start):
        self.asked += 1
        return super().__call__(environ, start)

    def home(self) -> str:
        return ask(self.kept, '/', HTTP_ACCEPT_ENCODING='').body.decode()


@pytest.fixture
def upgrading(monkeypatch):
    """What is installed was made for a release whose pages did not show what the Society is called."""
    Society.objects.create(pk=1, name='Society of Before')
    with monkeypatch.context() as there:
        nameless = changes.Shown(Society, frozenset(['name']), reached=False, of='')
        there.setitem(changes.SHOWN, 'ukis_society', nameless)
        triggers.install()
    yield
    triggers.install()


@pytest.fixture
def site(upgrading):
    return Site()


def test_who_shows_more_than_is_told_of_is_not_stale(site):
    assert 'Society of Before' in site.home()

    Society.objects.update(name='Society of After')

    assert 'Society of After' in site.home()


def test_who_was_there_before_another_release_came_is_not_stale(monkeypatch):
    triggers.install()
    Society.objects.create(pk=1, name='Society of Before')
    site = Site()
    assert 'Society of Before' in site.home()

    with monkeypatch.context() as there:
        nameless = changes.Shown(Society, frozenset(['name']), reached=False, of='')
        there.setitem(changes.SHOWN, 'ukis_society', nameless)
        triggers.install()
    Society.objects.update(name='Society of After')

    assert 'Society of After' in site.home()
    Society.objects.update(name='Society of Ever')
    assert 'Society of Ever' in site.home()
    triggers.install()


def test_it_is_said_once_and_asked_once(site, caplog, django_assert_num_queries):
    for _ in range(3):
        site.home()

    assert [record.message for record in caplog.records if record.name == LOG] == [
        'Another release than this one tells of changes: until both are the same, pages are made anew each time.'
    ]
    with django_assert_num_queries(0):
        assert site.kept.followed.now() is None


def test_pages_are_kept_again_once_both_are_the_same(site):
    for _ in range(2):
        site.home()
    assert site.asked == 2

    triggers.install()

    for _ in range(3):
        assert 'Society of Before' in site.home()
    assert site.asked == 3
