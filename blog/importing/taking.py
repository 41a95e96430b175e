"""One text of elsewhere into the house, or what would become of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from blog import workflow
from blog.given_out.feed_ids import feed_id
from blog.importing import telling
from blog.importing.folder import PictureFolder
from blog.importing.links import FormerLinks
from blog.importing.names import KnownNames
from blog.importing.records import Former, FormerPost
from blog.importing.shelving import series_as_there, tags_as_there
from blog.importing.telling import ImportReport
from blog.importing.words import Brought, words_of
from blog.models import Post, PrintedName, Submission, Words
from blog.models.posts import UNPLACED, Views
from members.models import Person
from ukis import addresses, markup, search
from ukis.addresses.models import OldAddress
from ukis.lines import one_line
from ukis.refusals import NotNow
from ukis.society.models import Society

LONGEST_SOURCE = 300
_PICTURE = re.compile(r'<img\b[^>]*>')
_PLACE = re.compile(r'\[Picture left out(?:: [^\]]*)?\]')


@dataclass
class Taking:
    """`by`: the Administrator, or None for the command."""

    folder: PictureFolder
    report: ImportReport
    by: Person | None = None
    seen: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)  # in a dry run, the slugs of what would be brought in
    links: FormerLinks = field(default_factory=FormerLinks)

    @cached_property
    def names(self) -> KnownNames:
        return KnownNames(self.folder, dry=self.report.dry)

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
        if self.report.dry:
            self.links.hear(record, former)
        if known is not None:
            self.report.add(outcome := _of_known(known, brought.words), record.called)
            if not self.report.dry:
                self._lead(known.post, record)
            if outcome == telling.HERE:
                self.links.note(record, brought.words.body, None if self.report.dry else known.post)
            return
        when = self._when(record)
        if self.report.dry:
            self._printed(record, former)
            self.coming.add(addresses.spell(record.slug or brought.words.title))
            self.links.note(record, brought.words.body, None)
        elif not self._written(record, brought, when, source, former):
            self.report.add(telling.AGAIN, record.called)
            return
        if not (record.names or record.facts.get('byline')):
            brought.notes.append('it names no author')
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

    def _printed(self, record: FormerPost, former: Former) -> list[PrintedName]:
        if rows := record.facts.get('byline'):
            return self.names.as_written(rows, former.said.get('person', {}))
        return self.names.printed(record.names)

    def _written(
        self, record: FormerPost, brought: Brought, when: datetime, source: str, former: Former
    ) -> bool:
        """False where somebody brought the same at this moment. Of two who bring in, one does at a time: whom the other
        made is somebody here by then."""
        try:
            with search.gathered():
                Society.objects.get_or_create(pk=1)
                list(Society.objects.select_for_update(no_key=True).filter(pk=1).values_list('pk'))
                if Submission.objects.filter(source=source).exists():
                    return False
                series = series_as_there(str(record.facts.get('series') or '')[:200], former)
                tags_as_there(brought.words.tag_words, former)
                submission = workflow.import_submission(
                    by=self.by,
                    source=source,
                    words=brought.words,
                    names=self._printed(record, former),
                    published_at=when,
                    tags=brought.words.tag_words,
                    slug=record.slug,
                    corrections=_corrections(record.facts),
                    **_columns(record),
                )
                if series is not None:
                    submission.series = series
                    submission.save(update_fields=['series'])
                    submission.post.shelve()
                self._lead(submission.post, record)
                self.links.note(record, brought.words.body, submission.post)
        except BaseException:
            self.names.forget()
            raise
        return True

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
    text = _PLACE.sub('', markup.to_text(_PICTURE.sub('', body)))
    return ''.join(letter for letter in text if letter.isalnum())


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
    if (place := facts.get('featured_place')) and isinstance(place, int) and 0 < place < UNPLACED:
        found['featured_place'] = place
    if day := parse_date(str(facts.get('featured_until') or '')):
        found['featured_until'] = day
    for name in ('revised_at', 'archived_at'):
        if moment := parse_datetime(str(facts.get(name) or '')):
            found[name] = moment
    return found


def _corrections(facts: Mapping[str, Any]) -> list[tuple[datetime, str]]:
    rows = facts.get('corrections') or []
    return [(moment, str(note)) for at, note in rows if (moment := parse_datetime(str(at)))]
