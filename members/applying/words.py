"""What an applicant says: begun, saved, completed; nobody else reads it before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from members import letters
from members.application_states import ApplicationState
from members.applying import principles
from members.applying.engine import applicant, letters_overtaken, link_to, locked, record, roles_of
from members.applying.moves import Party
from members.models import (
    AnsweredFile,
    Application,
    ApplicationAnswer,
    Category,
    Organisation,
    Person,
    Question,
)
from ukis import days
from ukis.letters.models import PrivateLink
from ukis.refusals import NotAllowed, NotNow

DRAFT_DAYS = 60  # after it was last saved
FACTS = (
    'name', 'job_title', 'organisation_name', 'organisation_kind', 'nations', 'website', 'numbers', 'nation',
    'address', 'po_number', 'news', 'no_notes',
)  # fmt: skip


@dataclass(frozen=True)
class SentFile:
    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Said:
    """All that a form says. `answers`: by the key of the question, words or a file; what is missing stays as it was.
    `agreed`: to the principles of today. `complete`: it is to be sent, and not only kept."""

    facts: Mapping[str, Any]
    answers: Mapping[int, str | SentFile] = field(default_factory=dict)
    agreed: bool = False
    complete: bool = False
    seat_at: Organisation | None = None
    news_wording: str = ''
    notes_wording: str = ''


@transaction.atomic
def begin(category: Category, *, email: str, by: Person | None, said: Said) -> Application:
    """A new draft. Whoever is not known by this address as signed in gets a letter with the way back to it."""
    now = timezone.now()
    row = Application(category=category, email=email.strip().lower(), person=by, began_at=now, held_since=now)
    _say(row, said)
    record(row, 'begin', '', by=by, at=now)
    if by is None:
        send_link(row)
    return row


@transaction.atomic
def save(application: Application, *, by: Person | None, said: Said) -> Application:
    """What is said now instead. NotAllowed for anybody but the applicant; NotNow where it is in other hands."""
    row = locked(application)
    if Party.APPLICANT not in roles_of(row, by):
        raise NotAllowed('This application is somebody else’s.')
    if not row.row.editable:
        raise NotNow(f'It cannot be changed now. {row.sentence}')
    _say(row, said)
    if by is None and row.is_draft and _link_ends_first(row):
        letters_overtaken(row)
        send_link(row)
    return row


@transaction.atomic
def discard(application: Application, *, by: Person | None) -> None:
    """A draft goes at once, with its files and what was to be written about it."""
    row = locked(application)
    if Party.APPLICANT not in roles_of(row, by):
        raise NotAllowed('This application is somebody else’s.')
    if not row.is_draft:
        raise NotNow(f'It was sent already: withdraw it instead. {row.sentence}')
    letters_overtaken(row)
    row.delete()


def send_link(row: Application) -> None:
    """The letter by which an applicant comes back, and confirms that the address is theirs."""
    letters.tell(
        'application_link',
        [applicant(row)],
        row,
        key=f'application {row.pk} saved {row.saved_at.isoformat()}',
        link=link_to(row),
    )


def _link_ends_first(row: Application) -> bool:
    """Whether a draft that was saved again is kept for longer than its links work."""
    kind = ContentType.objects.get_for_model(row)
    links = PrivateLink.objects.filter(purpose='application', content_type=kind, object_id=row.pk)
    last = links.order_by('-expires_at').first()
    return last is not None and last.expires_at < timezone.now() + timedelta(days=DRAFT_DAYS)


def _say(row: Application, said: Said) -> None:
    now = timezone.now()
    for name in FACTS:
        if name in said.facts:
            setattr(row, name, said.facts[name])
    row.news_wording, row.notes_wording = said.news_wording, said.notes_wording
    row.complete, row.organisation = said.complete, said.seat_at
    row.wants_seat = said.seat_at is not None
    if said.agreed and (not row.agreed_at or principles.changed_since(row)):
        row.principles, row.agreed_at = principles.today(), now
    elif not said.agreed:
        row.principles, row.agreed_at = '', None
    row.saved_at, row.warned_on = now, None
    if row.state == ApplicationState.DRAFT:
        row.due_on = days.london_day(now) + timedelta(days=DRAFT_DAYS)
    row.save()
    for question in row.category.questions.filter(pk__in=list(said.answers)):
        _answer(row, question, said.answers[question.pk])


def _answer(row: Application, question: Question, value: str | SentFile) -> None:
    words = value if isinstance(value, str) else value.name
    answer, _ = ApplicationAnswer.objects.update_or_create(
        application=row,
        question=question,
        defaults={'asked': question.text, 'value': words, 'position': question.position},
    )
    if isinstance(value, SentFile):
        AnsweredFile.objects.update_or_create(
            answer=answer, defaults={'content': value.content, 'kind': value.kind}
        )
