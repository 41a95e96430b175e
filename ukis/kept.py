"""How long what the site itself keeps is kept; see `ukis/keeping.py`."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from ukis import clock, keeping
from ukis.keeping import Period, for_ever
from ukis.pagecache import triggers
from ukis.pictures import clearing
from ukis.unsaved import buffers

YEAR = timedelta(days=365)
OF_THE_SITE = 'It says nothing of anybody: the site works by it.'
ACTS_DAYS = 6 * YEAR


def _rows(label: str) -> Any:
    return apps.get_model(label)._base_manager.all()


def _expired_sessions(now: datetime) -> QuerySet[Any]:
    return _rows('sessions.session').filter(expire_date__lt=now)


def _forget_sessions(now: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _not_seen(now: datetime) -> QuerySet[Any]:
    return _rows('usersessions.usersession').filter(last_seen_at__lt=now - timedelta(days=90))


def _expired_links(now: datetime) -> QuerySet[Any]:
    return _rows('ukis.privatelink').filter(expires_at__lte=now)


def _old_words(now: datetime) -> QuerySet[Any]:
    unsent = ('waiting', 'held', 'sending')
    return (
        _rows('ukis.letter').filter(queued_at__lt=now - 2 * YEAR).exclude(body='').exclude(state__in=unsent)
    )


def _forget_words(now: datetime) -> None:
    keeping.empty(_old_words(now), body='', note='', languages={}, filled_with={}, link=None)


def _old_bounces(now: datetime) -> QuerySet[Any]:
    return _rows('ukis.bounce').filter(at__lt=now - YEAR)


def _long_lifted(now: datetime) -> QuerySet[Any]:
    return _rows('ukis.suppressedaddress').filter(lifted_at__lt=now - 2 * YEAR)


def _old_reminders(now: datetime) -> QuerySet[Any]:
    return _rows('ukis.reminded').filter(at__lt=now - 3 * YEAR)


def _old_acts(now: datetime) -> QuerySet[Any]:
    """Of the oldest: they were written in the order of their keys."""
    oldest = _rows('admin.logentry').order_by('pk').values('pk')[: keeping.AT_ONCE]
    return _rows('admin.logentry').filter(pk__in=oldest, action_time__lt=now - ACTS_DAYS)


def _long_unused(now: datetime) -> QuerySet[Any]:
    return clearing.long_unused(now)


def _clear_pictures(now: datetime) -> None:
    clearing.clear(now)


PERIODS = (
    Period(
        models=('sessions.session',),
        named=False,
        words='Signed sessions',
        kept='Two weeks after they were last used',
        why='They keep somebody signed in.',
        due=_expired_sessions,
        clear=_forget_sessions,
        job='ukis: forget expired sessions',
    ),
    Period(
        models=('usersessions.usersession',),
        named=False,
        words='Where somebody was signed in',
        kept='90 days after they were last seen there',
        why='So that somebody finds a sign-in that was not theirs.',
        due=_not_seen,
        job='ukis: forget where people were signed in',
    ),
    Period(
        models=('ukis.privatelink',),
        words='Private links',
        kept='Until they expire',
        why='They open one page to whoever got the letter.',
        due=_expired_links,
        job='ukis: forget expired private links',
    ),
    Period(
        models=('ukis.letter',),
        named=False,
        words='Words of letters',
        kept='Two years; that a letter went to whom and when is kept on',
        why='To answer what we wrote. After that it is enough that we did.',
        due=_old_words,
        clear=_forget_words,
        job='ukis: forget the words of letters',
    ),
    Period(
        models=('ukis.bounce',),
        words='Letters that came back',
        kept='One year',
        why='To judge an address by what mail servers said of it.',
        due=_old_bounces,
        job='ukis: forget letters that came back',
    ),
    Period(
        models=('ukis.suppressedaddress',),
        words='Suppressed addresses',
        kept='For as long as they are suppressed, and two years after somebody lifted it',
        why='Nobody is written to against their will because we forgot that they said no.',
        due=_long_lifted,
        job='ukis: forget suppressions that were lifted',
    ),
    Period(
        models=('ukis.reminded',),
        words='Reminders',
        kept='Three years',
        why='So that none goes twice, and staff see what was said before a membership lapsed.',
        due=_old_reminders,
        job='ukis: forget reminders',
    ),
    Period(
        models=('ukis.buffer',),
        named=False,
        words='What was typed and not saved',
        kept='A week after it was sent or thrown away; a year where nobody came back to it',
        why='So that nothing typed is lost.',
        due=buffers.over,
        job='ukis: forget what was typed and ended',
    ),
    Period(
        models=('ukis.picture',),
        words='Pictures',
        kept='As long as a page, a version or a profile shows them, and thirty days after it was seen that none does',
        why='What somebody takes out they may want back; what nobody shows takes room, and may show a person.',
        due=_long_unused,
        clear=_clear_pictures,
        job='ukis: clear away pictures that nothing shows',
        lane=clock.PICTURES,
    ),
    Period(
        models=('ukis.change', 'ukis.generation'),
        words='Changes of pages',
        kept='Until every page has heard of them',
        why=OF_THE_SITE,
        clear=triggers.forget_old_changes,
        job='ukis: forget old changes of pages',
    ),
    Period(
        models=('admin.logentry',),
        named=False,
        words='Acts of staff',
        kept='Six years',
        why='Who of the staff changed what: as long as the books for which it may be asked.',
        due=_old_acts,
        job='ukis: forget old acts of staff',
    ),
    for_ever(
        'What somebody agreed to or refused is proved by it, for as long as letters may go to them.',
        'What was said to kinds of letters',
        'ukis.consent',
    ),
    for_ever(
        'So that staff see who gave a letter which words and when all mail waited, and can go back.',
        'Edited texts of letters, and pauses of all mail',
        'ukis.lettertext', 'ukis.failedtext', 'ukis.mailpause',
    ),
    for_ever(
        'With the person: they go when somebody takes them away, or is erased.',
        'Addresses, second factors and roles',
        'account.emailaddress', 'account.emailconfirmation', 'mfa.authenticator',
    ),
    for_ever(
        'They are shown for as long as a page shows them; whoever put them there takes them away.',
        'Pages, notices and tags',
        'ukis.page', 'ukis.notice', 'ukis.society',
        'ukis.tag', 'ukis.taggeditem', 'taggit.tag', 'taggit.taggeditem',
    ),
    for_ever(
        'So that staff see who wrote what of the site’s own pages, and can go back.',
        'Versions of pages',
        'ukis.pageversion',
    ),
    for_ever(
        'So that the page says what is so, and staff see when it was last gone through.',
        'The accessibility statement',
        'ukis.accessibilitystatement', 'ukis.knownproblem', 'ukis.statementreview',
    ),
    for_ever(
        'Links from elsewhere must go on leading somewhere, or say that what was there is gone for good.',
        'Old addresses of pages',
        'ukis.oldaddress', 'ukis.closedaddress',
    ),
    for_ever(
        OF_THE_SITE,
        'The site’s own works',
        'ukis.clockrun', 'ukis.heartbeat', 'ukis.dayoff',
        'ukis.document', 'ukis.word', 'ukis.searchstate', 'ukis.towriteanew', 'ukis.synonyms', 'ukis.foreseen',
        'auth.group', 'auth.permission', 'contenttypes.contenttype',
    ),
)  # fmt: skip
