"""A file of posts from its choice to its end: read by the worker, looked at, confirmed, brought in by the worker.

The worker may die in the middle: begun again it does what is left, for what came in is known.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from blog import importing
from blog.importing import packed
from blog.models import PostsFile
from members.models import Person
from ukis import clock, engine
from ukis.personal import Leaving
from ukis.refusals import NotAllowed, NotNow

JOB = 'blog: posts from elsewhere'
MOST_BYTES = 50_000_000
SHOWN = 2_000  # lines of one list of a report
Stage = PostsFile.Stage


def take(files: Sequence[tuple[str, bytes]], *, by: Person, zone: str) -> PostsFile:
    """Files with their names: what belongs together is looked at and brought in together."""
    name, content = packed.together([(Path(name).name[-150:], content) for name, content in files])
    return PostsFile.objects.create(content=content, by=by, name=name, zone=zone)


@transaction.atomic
def confirm(file: PostsFile, *, by: Person) -> PostsFile:
    """From now on it is brought in, however often somebody says so."""
    held = engine.locked(file, 'by')
    if held.stage in (Stage.CONFIRMED, Stage.DONE):
        return held
    if held.stage == Stage.READING:
        raise NotNow('The file is still being read. Look again in a moment.')
    if not held.new:
        raise NotNow('There is nothing new in the file.')
    held.stage, held.confirmed_by, held.trouble = Stage.CONFIRMED, by, ''
    held.save(update_fields=['stage', 'confirmed_by', 'trouble'])
    return held


@transaction.atomic
def let_go(file: PostsFile) -> bool:
    """Nothing of it is kept, unless somebody confirmed it. Twice does no more than once."""
    return bool(PostsFile.objects.filter(pk=file.pk, stage__in=(Stage.READING, Stage.LOOKED)).delete()[0])


def go_on(now: datetime) -> None:
    """By the worker: reads what nobody has looked at, and brings in what somebody confirmed."""
    for file in PostsFile.objects.filter(stage=Stage.READING).order_by('pk'):
        _look(file)
    for file in PostsFile.objects.filter(stage=Stage.CONFIRMED).select_related('confirmed_by').order_by('pk'):
        _bring_in(file)


def _look(file: PostsFile) -> None:
    report = _run(file, by=None, dry=True)
    PostsFile.objects.filter(pk=file.pk, stage=Stage.READING).update(
        stage=Stage.LOOKED, report=report.text(SHOWN), new=report.new
    )


def _bring_in(file: PostsFile) -> None:
    try:
        report = _run(file, by=file.confirmed_by, dry=False)
    except NotAllowed as why:
        said = f'{file.confirmed_by} confirmed it, and is no Administrator any more. {why}'
        PostsFile.objects.filter(pk=file.pk, stage=Stage.CONFIRMED).update(
            stage=Stage.LOOKED, trouble=said[:500]
        )
        return
    PostsFile.objects.filter(pk=file.pk, stage=Stage.CONFIRMED).update(
        stage=Stage.DONE, done_at=timezone.now(), content=None, report=report.text(SHOWN), new=report.new
    )


def _run(file: PostsFile, *, by: Person | None, dry: bool) -> importing.ImportReport:
    with TemporaryDirectory() as room:
        folder = Path(room)
        try:
            laid = packed.laid_out(file.name, bytes(file.content or b''), folder)
        except importing.NotReadable as why:
            report = importing.ImportReport(dry=dry)
            report.note(importing.UNREADABLE, str(why))
            return report
        report = importing.run(
            laid.to_read,
            by=by,
            pictures=folder if laid.pictures else None,
            zone=ZoneInfo(file.zone),
            dry=dry,
            led=laid.tables,
            say=lambda line: _told(file, line),
        )
        for name in laid.others:
            report.note('Files of a kind that is not known, left aside', name)
        return report


def _told(file: PostsFile, line: str) -> None:
    cache.set(f'posts-file-{file.pk}', line, 3600)
    clock.goes_on(JOB)


def _words_in(file: PostsFile) -> Iterator[str]:
    yield file.report
    with TemporaryDirectory() as folder:
        yield from packed.words_in(file.name, bytes(file.content or b''), Path(folder))


def _names(words: str, leaving: Leaving) -> bool:
    return any(one in text for text in (words, words.lower()) for one in (*leaving.names, *leaving.addresses))


def progress(file: PostsFile) -> str:
    """How far it is, in words; nothing where nobody can say."""
    return cache.get(f'posts-file-{file.pk}', '')


def forget(leaving: Leaving) -> None:
    """A file that was not brought in yet would bring them back: it is let go whole. Reports name them no longer."""
    for file in PostsFile.objects.exclude(stage=Stage.DONE):
        if any(_names(words, leaving) for words in _words_in(file)):
            PostsFile.objects.filter(pk=file.pk).exclude(stage=Stage.DONE).delete()
    for file in PostsFile.objects.filter(stage=Stage.DONE).only('report'):
        if (unnamed := leaving.unnamed(file.report)) != file.report:
            PostsFile.objects.filter(pk=file.pk).update(report=unnamed)
