"""The verbs of staff's pages. Each takes the page's row first: what readers have changes by publishing alone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from ukis import history, markup
from ukis.engine import locked
from ukis.refusals import NotNow
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page
from ukis.society.versions import PageVersion, PageWords, as_found, newest, words_of

MEANWHILE = 'Somebody saved this page meanwhile. Look at what stands there now, then do it again.'


@transaction.atomic
def begin(page: Page, *, by: Any) -> PageVersion:
    """The first version of a page that was just made, which stands last in the navigation."""
    version = as_found(page)
    version.number, version.made_by, version.made_at = 1, by, timezone.now()
    version.save(force_insert=True)
    return version


@transaction.atomic
def save_words(page: Page, words: PageWords, *, by: Any, note: str = '') -> PageVersion:
    """Another version where they say something else than the newest. Who saves has seen that one: a form says so by
    what it began from, and the others by its number."""
    held = locked(page)
    before = _kept(held)
    if before.words == words:
        return before
    version = PageVersion(
        page=held, number=before.number + 1, made_by=by, note=note, made_at=timezone.now(), **words._asdict()
    )
    version.save(force_insert=True)
    if not held.published:
        _put(held, words, at=version.made_at)
    return version


@transaction.atomic
def publish(page: Page, *, by: Any, number: int) -> PageVersion:
    """Readers have the newest version from now on. NotNow where it is not the one with this number, where they have it
    already, or where it is not fit to be read."""
    held = locked(page)
    version = _kept(held)
    if version.number != number:
        raise NotNow(MEANWHILE)
    if held.published and version.words == words_of(held):
        raise NotNow('Readers have these words already.')
    if why := unfit(held, version):
        raise NotNow(why)
    version.published_at, version.published_by = timezone.now(), by
    version.save(update_fields=['published_at', 'published_by'])
    held.published = True
    _put(held, version.words, at=version.published_at)
    history.note(held, by=by, lines=[f'Published: version {version.number}'])
    return version


@transaction.atomic
def go_back(page: Page, *, by: Any, number: int, to: int) -> PageVersion:
    """The words of a former version as a new one. NotNow where the newest is not the one with this number, or says the
    same."""
    held = locked(page)
    before = _kept(held)
    former = PageVersion.objects.filter(page=held, number=to).first()
    if before.number != number or former is None:
        raise NotNow(MEANWHILE)
    if former.words == before.words:
        raise NotNow(f'Version {before.number}, the newest, says the same as version {to}.')
    return save_words(held, former.words, by=by, note=f'As in version {to}')


def unfit(page: Page, version: PageVersion) -> str:
    """Why these words are not to be published as they are, or nothing."""
    if not version.body and not (page.shows_statement and AccessibilityStatement.objects.exists()):
        return 'There are no words yet that could be published.'
    if without := markup.undescribed_pictures(version.body):
        many = 'A picture says' if without == 1 else f'{without} pictures say'
        return f'{many} neither what it shows nor that it is decorative. Say so, then publish.'
    return ''


def _kept(page: Page) -> PageVersion:
    """The newest, of a page that is held; words from before versions were kept become the first."""
    version = newest(page)
    if version._state.adding:
        version.number = 1
        version.save(force_insert=True)
    return version


def _put(page: Page, words: PageWords, *, at: Any) -> None:
    page.title, page.language, page.body = words
    page.changed_at = at
    page.save(update_fields=['title', 'language', 'body', 'changed_at', 'published'])
