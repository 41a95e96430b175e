"""One text of elsewhere into the house, or what would become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from blog import workflow
from blog.feed_ids import feed_id
from blog.importing import telling
from blog.importing.folder import PictureFolder
from blog.importing.names import KnownNames
from blog.importing.records import Former, FormerPost
from blog.importing.telling import ImportReport
from blog.importing.words import Brought, words_of
from blog.models import Post, Series, Submission, Words
from blog.models.posts import Views
from members.models import Person
from ukis import addresses, markup
from ukis.addresses.models import OldAddress
from ukis.lines import one_line
from ukis.refusals import NotNow
from ukis.tags.models import Tag

LONGEST_SOURCE = 300


@dataclass
class Taking:
    """`by`: the Administrator, or None for the command."""

    folder: PictureFolder
    report: ImportReport
    by: Person | None = None
    seen: set[str] = field(default_factory=set)

    @cached_property
    def names(self) -> KnownNames:
        return KnownNames(dry=self.report.dry)

    def take(self, record: FormerPost, former: Former) -> None:
        """Tells the report. Nothing of it that fails stops the others."""
        source = identity(record)
        if source in self.seen:
            self.report.add(telling.AGAIN, record.called)
            return
        self.seen.add(source)
        self.report.comments += record.comments
        if record.status != 'public':
            self.report.add(telling.HIDDEN, record.called, record.status)
            return
        self.report.saw(record.published_at)
        try:
            self._taken(record, former, source)
        except (ValueError, ValidationError, NotNow) as why:
            said = ' '.join(why.messages) if isinstance(why, ValidationError) else str(why)
            self.report.add(telling.REFUSED, record.called, said)

    def _taken(self, record: FormerPost, former: Former, source: str) -> None:
        known = _known(record, source)
        # What is here already keeps its pictures: they are not taken in again to be compared.
        folder = PictureFolder(dry=True) if known else self.folder
        report = ImportReport(dry=True) if known else self.report
        brought = words_of(record, former, folder, report)
        if known is not None:
            self.report.add(_of_known(known, brought.words), record.called)
            if not self.report.dry:
                self._lead(known.post, record)
            return
        when = self._when(record)
        printed = self.names.as_written(rows) if (rows := record.facts.get('byline')) else None
        if printed is None:
            printed = self.names.printed(record.names)
        if not printed:
            brought.notes.append('it names no author')
        if not self.report.dry:
            self._written(record, brought, printed, when, source, former)
        self.report.add(telling.NEW, record.called)
        for note in brought.notes:
            self.report.note('Told of each text', f'{record.called}: {note}')

    def _when(self, record: FormerPost) -> datetime:
        if record.published_at is None:
            raise ValueError('it has no date, nor has its address')
        if record.published_at > timezone.now():
            self.report.note('Public there with a date that is yet to come; of now here', record.called)
            return timezone.now()
        return record.published_at

    def _written(
        self,
        record: FormerPost,
        brought: Brought,
        printed: list[Any],
        when: datetime,
        source: str,
        former: Former,
    ) -> None:
        with transaction.atomic():
            submission = workflow.import_submission(
                by=self.by,
                source=source,
                words=brought.words,
                names=printed,
                published_at=when,
                tags=brought.words.tag_words,
                slug=record.slug,
                corrections=_corrections(record.facts),
                **_columns(record),
            )
            _put_into_series(submission, record.facts)
            self._lead(submission.post, record)
            for tag in Tag.objects.filter(name__in=set(brought.words.tag_words) & set(former.described)):
                if not tag.description:
                    tag.description = former.described[tag.name]
                    tag.save(update_fields=['description'])

    def _lead(self, post: Post, record: FormerPost) -> None:
        """Its addresses there lead to it."""
        for address in dict.fromkeys(record.addresses):
            parts = urlsplit(address)
            path, query = parts.path or '/', parts.query
            if path == '/' and not query:
                continue
            if addresses.as_kept(path, query) == post.get_absolute_url():
                continue
            if addresses.came_from(post, path, query):
                self.report.redirects += 1
                self.report.led.append((addresses.as_kept(path, query), post.slug))
            else:
                self.report.note('Old addresses that mean something else here', f'{address}: {record.called}')


def identity(record: FormerPost) -> str:
    """(source, its own id), as wide as the column."""
    whole = one_line(record.source)
    if len(whole) <= LONGEST_SOURCE:
        return whole
    return f'{record.site[:120]} sha256:{sha256(whole.encode()).hexdigest()}'


def _known(record: FormerPost, source: str) -> Submission | None:
    rows = Submission.objects.select_related('post', 'current')
    if found := rows.filter(source=source).first():
        return found
    if record.facts and record.slug:
        here = Post.objects.select_related('submission').filter(slug=record.slug).first()
        if here is not None and feed_id(here) == record.feed_id:
            return rows.get(pk=here.submission_id)
    paths = {addresses.as_kept(parts.path, parts.query) for parts in map(urlsplit, record.addresses[:1])} - {
        '/'
    }
    old = OldAddress.objects.filter(path__in=paths).prefetch_related('now').first()
    if old is not None and isinstance(old.now, Post):
        return rows.filter(post=old.now, source__isnull=False).first()
    return None


def _of_known(known: Submission, words: Words) -> str:
    """What was done here since counts, then what changed there."""
    if known.steps.count() > 1:
        return telling.EDITED
    first = known.versions.order_by('number').first()
    was = (first.title, _letters(first.body)) if first else ('', '')
    return telling.HERE if was == (words.title, _letters(words.body)) else telling.CHANGED


def _letters(body: str) -> str:
    """Pictures come or stay away with a folder, and leave a place with words where they stayed away."""
    text = markup.to_text(body)
    return ''.join(letter for letter in text if letter.isalnum()).replace('Pictureleftout', '')


def _columns(record: FormerPost) -> dict[str, Any]:
    facts = record.facts
    found: dict[str, Any] = {'feed_id': record.feed_id[:500]}
    for name, width in (('licence', 300), ('interests', 100_000), ('elsewhere_url', 200)):
        if facts.get(name):
            found[name] = str(facts[name])[:width]
    if facts.get('views') in Views.values:
        found['views'] = facts['views']
    if facts.get('featured') is True:
        found['featured'] = True
    if day := parse_date(str(facts.get('elsewhere_on') or '')):
        found['elsewhere_on'] = day
    for name in ('revised_at', 'archived_at'):
        if moment := parse_datetime(str(facts.get(name) or '')):
            found[name] = moment
    return found


def _corrections(facts: Mapping[str, Any]) -> list[tuple[datetime, str]]:
    rows = facts.get('corrections') or []
    return [(moment, str(note)) for at, note in rows if (moment := parse_datetime(str(at)))]


def _put_into_series(submission: Submission, facts: Mapping[str, Any]) -> None:
    title = str(facts.get('series') or '')[:200]
    if title:
        submission.series = Series.objects.filter(title=title).first() or Series.objects.create(title=title)
        submission.save(update_fields=['series'])
        submission.post.shelve()
