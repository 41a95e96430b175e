"""Letters about a second reading: to whoever reads, and to the editor who asks. None goes to an author."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.urls import reverse

from blog.letters.asked_by_link import ByAddress
from blog.letters.recipients import Recipient, Whom, people
from blog.models import Authorship, Reading, Submission
from blog.states.reading_states import OPEN, ReadingState
from members.models import Person
from ukis import letters as outbox
from ukis import markup
from ukis.letters.models import Letter

KINDS = {
    'reading_asked': 'Asked to read',
    'reading_yes': 'Reading: thanks for a yes',
    'reading_no': 'Reading: thanks for an answer',
    'reading_thanks': 'Reading: thanks for the advice',
    'reading_reminded': 'Reading: reminded by the editor',
    'reading_date_moved': 'Reading: another date',
    'reading_taken_back': 'Reading taken back',
    'reading_decided': 'Reading: the editor has decided',
    'reading_link': 'Reading: a fresh link',
    'reading_reminder': 'Reading: advice hoped for',
    'reading_answered_yes': 'Reading: a yes (to the editor)',
    'reading_answered_no': 'Reading: a no (to the editor)',
    'reading_returned': 'Reading: advice has come (to the editor)',
    'reading_put_off': 'Reading: not now (to the editor)',
    'reading_late': 'Reading: no advice yet (to the editor)',
    'reading_not_reached': 'Reading: a letter did not arrive (to the editor)',
}
ANSWERS = ('reading_answered_yes', 'reading_answered_no', 'reading_returned')
PURPOSE = 'reading'


def page_of(row: Model) -> str:
    assert isinstance(row, Reading)
    return reverse('admin:desk_reading', args=[row.submission_id, row.pk])


ASKED = ByAddress(
    purpose=PURPOSE, person='reader', asks='reading_asked', answers=ANSWERS, kinds=KINDS, page=page_of
)
reader, overtaken, nobody_heard = ASKED.whom, ASKED.overtaken, ASKED.nobody_heard


def editors_of(row: Reading) -> list[Recipient]:
    """The editor of the submission; where it has none, whoever decides. Never who reads it themselves."""
    found = people(Whom.EDITOR, row.submission, None)
    return [one for one in found if one.person is None or one.person.pk != row.reader_id]


def tell(
    kind: str,
    recipient: Recipient,
    row: Reading,
    *,
    key: str,
    by: Person | None,
    hold: timedelta = timedelta(0),
    note: str = '',
    judged_by: dict[str, Any] | None = None,
    **facts: Any,
) -> Letter | None:
    """One letter about it, in the caller's transaction; `key` says which occasion, so that none goes twice."""
    words = _words(kind, recipient, row, by=by, note=note, **facts)
    return ASKED.queue(
        kind,
        recipient,
        row,
        words=words,
        key=key,
        by=by,
        hold=hold,
        note=note,
        judged_by=judged_by,
        languages=_not_english(row),
    )


def reminding(kind: str, to: Recipient, row: Reading) -> outbox.LetterWords:
    """As a reminder reads today. Writes nothing."""
    return _words(kind, to, row, by=None, note='')


def _words(
    kind: str, recipient: Recipient, row: Reading, *, by: Person | None, note: str, **facts: Any
) -> outbox.LetterWords:
    own = {'reading': row, 'asker': row.asked_by}
    return ASKED.words(kind, recipient, row, by=by, note=note, **{**facts, **own})


def _not_english(row: Reading) -> dict[str, list[str]]:
    version = row.version
    foreign = version is not None and version.language != markup.OF_PAGES
    return {version.language: [version.title]} if version is not None and foreign else {}


def tell_decided(
    submission: Submission, *, key: str, by: Person | None, hold: timedelta, taken_back: bool
) -> None:
    """The editor does not wait: whoever still reads hears it, once for each reading. `taken_back`: by its author."""
    waiting = Reading.objects.filter(submission=submission, state__in=OPEN)
    for row in waiting.select_related('reader', 'asked_by', 'version').order_by('pk'):
        row.submission = submission
        told = Letter.objects.about(row).filter(kind='reading_decided')
        recalled = outbox.cancel(row, ['reading_asked', 'reading_reminded', 'reading_reminder'])
        unheard = row.state == ReadingState.ASKED and nobody_heard(row, recalled)
        if unheard or told.exclude(state=Letter.State.RECALLED).exists():
            continue
        tell(
            'reading_decided',
            reader(row),
            row,
            key=f'{key} reading {row.pk}',
            by=by,
            hold=hold,
            taken_back=taken_back,
        )


def tell_taken_back(row: Reading, *, key: str) -> None:
    """By nobody: its words are gone."""
    tell('reading_taken_back', reader(row), row, key=key, by=None)


def not_true_any_more(letter: Letter) -> str:
    """Of a letter that says it is decided, where the decision was taken back before it left."""
    if letter.kind != 'reading_decided':
        return ''
    row = Reading.objects.select_related('submission').filter(pk=letter.object_id).first()
    return '' if row is None or row.is_decided else 'The decision was taken back.'


def kept_from(staff: Person) -> Q:
    """Authors read none about what is said of their own words, and those who have no desk none but to themselves."""
    kind = ContentType.objects.get_for_model(Reading)
    if staff.is_guest_editor:
        return Q(pk__in=[])  # with those about submissions it is said which they read
    if staff.is_on_the_desk:
        own = Authorship.objects.filter(person=staff.pk).values('submission')
        return Q(content_type=kind, object_id__in=Reading.objects.filter(submission__in=own).values('pk'))
    return Q(content_type=kind) & ~Q(to=staff.pk)
