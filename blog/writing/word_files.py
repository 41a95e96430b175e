"""Words in from a Word document: read, its pictures taken in, and put where its author says."""

import io
import re
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db.models import Q, QuerySet
from django.utils import timezone

from blog import workflow
from blog.models import Submission, Version, WordFile, Words
from members.models import Person
from ukis import markup, pictures
from ukis.documents import reading
from ukis.documents.refused import RefusedDocument
from ukis.markup.languages import LANGUAGES

# By how their names end: also what is asked for in choosing a file.
KINDS = {
    '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    '.odt': 'application/vnd.oasis.opendocument.text',
}
UNANSWERED = timedelta(days=2)  # a file lies here unasked for
REPORT = timedelta(days=30)  # what came of one that is not kept
KEPT = timedelta(days=365)
LONGEST_TITLE, LONGEST_STANDFIRST = 200, 2_000
NO_WORDS = 'There are no words in the document that a blog can hold. Your draft is as it was.'
_NOTES = re.compile(r' id="(fn[^"]*)"')

Put = WordFile.Put
# What may become of a document where words are there already, as its author chooses.
CHOICES = [
    (Put.REPLACED, 'Put them in place of the words that are there, which stay as an earlier version'),
    (Put.APPENDED, 'Put them at the end of the text'),
    (Put.BESIDE, 'Keep them beside, as text that is not saved yet'),
    (Put.LEFT, 'Leave everything as it is'),
]
_INTO_THE_WORDS = (Put.REPLACED, Put.APPENDED)


def kind_of(name: str) -> str:
    """The media type of a file that was read, by its name."""
    return KINDS.get(PurePath(name).suffix.lower(), KINDS['.docx'])


def has_words(version: Version | None) -> bool:
    return version is not None and any((version.standfirst, version.body, version.references))


def take(submission: Submission, *, by: Person, source: bytes, name: str) -> WordFile:
    """Reads it. Into a draft without words they go at once; else they wait for its author's choice.

    Raises RefusedDocument and RefusedPicture with a sentence, and what saving words raises; then nothing is written.
    """
    read = reading.read(source, name)
    if not read.html and not read.references:
        raise RefusedDocument(NO_WORDS)
    lying, told = _taken_in(read, by)
    file = WordFile(
        submission=submission,
        by=by,
        name=name[-200:],
        digest=read.digest,
        title=read.title,
        standfirst=read.standfirst,
        body=reading.with_pictures(read.html, lying),
        references=reading.with_pictures(read.references, lying),
        language=read.language.split('-')[0].lower(),
        told=[*read.told, *told],
        held=read.held.sentences,
        content=source,
    )
    current = submission.current
    if current is not None and not has_words(current):
        workflow.save_words(
            submission,
            by=by,
            base=current.number,
            words=words_of(file, current, Put.FILLED),
            note=_note(file),
        )
        file.put = Put.FILLED
    file.save()
    return file


def _taken_in(read: reading.DocumentRead, by: Person) -> tuple[dict[str, str], list[str]]:
    """Where each picture lies now, and what is told of those that were refused."""
    lying, told = {}, []
    for number, picture in enumerate(read.pictures, 1):
        try:
            lying[picture.address] = pictures.address(pictures.accept(io.BytesIO(picture.content), by))
        except (pictures.Busy, pictures.StoreAway):
            raise
        except pictures.RefusedPicture as refusal:
            told.append(f'Picture {number} was left out. {refusal}')
    return lying, told


def words_of(file: WordFile, current: Version, put: str) -> Words:
    """The words of the submission once the document's are put there. Descriptions of pictures are carried over."""
    standing = current.words()
    said = markup.descriptions(current.body)
    body, references = markup.described(file.body, said), file.references
    if put == Put.APPENDED:
        taken = _NOTES.findall(current.body)
        before = markup.described(current.body, markup.descriptions(file.body))
        body = '\n'.join(filter(None, [before, markup.pasted(body, taken=taken).html]))
        references = '\n'.join(filter(None, [current.references, references]))
        return standing.but(body=body, references=references)
    takes_title = not current.title and len(file.title) <= LONGEST_TITLE
    takes_standfirst = not current.standfirst and len(file.standfirst) <= LONGEST_STANDFIRST
    language = file.language if file.language in dict(LANGUAGES) and put == Put.FILLED else standing.language
    return standing.but(
        title=file.title if takes_title else current.title,
        standfirst=file.standfirst if takes_standfirst else current.standfirst,
        body=body,
        references=references or current.references,
        language=language,
    )


def not_taken(file: WordFile, current: Version) -> list[str]:
    """What of the document stands nowhere yet, and why."""
    return [
        f'Its {what} {_why_not(file, theirs, ours, most)}: “{theirs}”.'
        for what, theirs, ours, most in (
            ('title', file.title, current.title, LONGEST_TITLE),
            ('subtitle', file.standfirst, current.standfirst, LONGEST_STANDFIRST),
        )
        if theirs and ' '.join(theirs.split()) != ours
    ]


def _why_not(file: WordFile, theirs: str, ours: str, most: int) -> str:
    if len(theirs) > most:
        return f'is not taken over, for it is longer than {most} characters'
    if ours:
        return 'is not taken over, for your draft has another'
    if file.put:
        return 'is not taken over'
    return 'is taken over where its words are put in place of yours, for your draft has none'


def as_version(file: WordFile, current: Version) -> Version:
    """To be compared with the words that stand, never saved."""
    return current.with_words(words_of(file, current, Put.REPLACED))


def put(file: WordFile, *, by: Person, base: int, where: str) -> None:
    """Raises what saving words raises; then it waits on."""
    current = file.submission.current
    assert current is not None  # a submission has words, if empty ones, from its start
    if where in _INTO_THE_WORDS:
        words = words_of(file, current, where)
        workflow.save_words(file.submission, by=by, base=base, words=words, note=_note(file))
    file.put = where
    file.save(update_fields=['put'])


def describe(file: WordFile, said: dict[str, str | None], *, by: Person, where: str) -> None:
    """Says of pictures what they show: in the document, and in the words that stand, if they are there already. Where
    its words are put into these next (`where`), that says it there too."""
    file.body = markup.described(file.body, said)
    file.save(update_fields=['body'])
    if where in _INTO_THE_WORDS:
        return
    current = file.submission.current
    body = markup.described(current.body, said) if current else ''
    if current and body != current.body and workflow.can_edit(file.submission, by):
        words = current.words().but(body=body)
        workflow.save_words(
            file.submission, by=by, base=current.number, words=words, note='What the pictures show'
        )


def to_describe(file: WordFile) -> list[str]:
    """The addresses of the pictures that wait to be described."""
    current = file.submission.current
    if file.put == Put.FILLED and current is not None:
        return [src for src in markup.undescribed(current.body) if src in file.body]
    return markup.undescribed(
        markup.described(file.body, markup.descriptions(current.body if current else ''))
    )


def answer(file: WordFile, *, keep: bool) -> None:
    """Whether the file itself is kept: its author answers once they read what it still holds."""
    file.answered_at = timezone.now()
    file.content = file.content if keep else None
    file.save(update_fields=['answered_at', 'content'])


def over(now: datetime) -> QuerySet[WordFile]:
    """What nobody answered, what was not kept and has been read, and what was kept long enough."""
    rows = WordFile.objects.defer('content')
    return rows.filter(
        Q(answered_at=None, at__lt=now - UNANSWERED)
        | Q(content=None, at__lt=now - REPORT)
        | Q(at__lt=now - KEPT)
    )


def _note(file: WordFile) -> str:
    return f'From the file “{file.name}”'
