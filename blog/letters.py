"""Who is told what. One letter per person per move; whoever makes the move gets none, save a receipt."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template.loader import render_to_string

from blog.models import Authorship, Holder, Message, Post, Step, Submission, Version
from blog.notes import key_of
from members.models import Person
from ukis import letters as outbox
from ukis import markup
from ukis.letters.models import Letter
from ukis.society.models import Society

DECISION_HOLD = timedelta(minutes=5)


class Whom(StrEnum):
    """Those to whom a letter goes, as the table of moves names them."""

    AUTHORS = 'the authors with edit right'
    CORRESPONDING = 'the corresponding author'
    COAUTHORS = 'those named who were not told yet'
    EVERYBODY = 'everybody named'
    EDITOR = 'the editor, or whoever decides where there is none'
    CHIEFS = 'whoever decides as Commissioning Editor'
    EDITOR_AND_CHIEFS = 'both'
    DESK = 'every editor who is not writing it'
    OLD_EDITOR = 'the editor who was'
    HOLDER = 'whoever holds it now'
    OTHER_SIDE = 'the editor for an author, the authors for an editor'


@dataclass(frozen=True)
class To:
    """A letter of a move: to whom, which, and whether the actor gets it too."""

    whom: Whom
    kind: str
    receipt: bool = False


@dataclass
class Facts:
    """What a letter may say beside the note; each verb fills in its own."""

    old_editor: Person | None = None
    changes: Sequence[Version] = ()  # since the approved version, where an approval was kept
    since: Version | None = None  # what the editor had read
    by_author: bool = False
    was_due: date | None = None
    post: Post | None = None
    before: Version | None = None
    after: Version | None = None
    name: str = ''  # that was taken off, or objects
    words: str = ''  # of an objection
    off_the_calendar: bool = False
    recalled: bool = False  # a letter that this move made untrue had not gone
    message: Message | None = None


@dataclass(frozen=True)
class Recipient:
    person: Person | None
    name: str
    address: str
    authorship: Authorship | None = None

    @property
    def key(self) -> str:
        return str(self.person.pk) if self.person else self.address.lower()


def _person(person: Person, authorship: Authorship | None = None) -> Recipient:
    return Recipient(
        person, authorship.name if authorship else person.printed_name, person.email or '', authorship
    )


def _named(rows: Iterable[Authorship]) -> list[Recipient]:
    return [
        _person(row.person, row) if row.person else Recipient(None, row.name, row.email, row) for row in rows
    ]


def _people(whom: Whom, row: Submission, by: Person | None, facts: Facts) -> list[Recipient]:
    authorships = list(row.authorships.select_related('person').order_by('order', 'pk'))
    named = {authorship.person_id for authorship in authorships}
    writers = [authorship for authorship in authorships if authorship.can_edit]
    # An unsent draft is its authors' own: the editors hear nothing of it.
    chiefs = [_person(person) for person in row.chiefs()] if row.was_handed_in else []
    editor = [_person(row.editor)] if row.editor and row.editor_id not in named else chiefs
    match whom:
        case Whom.AUTHORS:
            return _named(writers)
        case Whom.CORRESPONDING:
            return _named(authorship for authorship in authorships if authorship.corresponding)
        case Whom.COAUTHORS:
            return _named(a for a in authorships if not a.corresponding and a.told_at is None)
        case Whom.EVERYBODY:
            return _named(authorships)
        case Whom.EDITOR:
            return editor
        case Whom.CHIEFS:
            return chiefs
        case Whom.EDITOR_AND_CHIEFS:
            return editor + chiefs
        case Whom.DESK:
            return [_person(person) for person in row.editors_not_writing()]
        case Whom.OLD_EDITOR:
            return [_person(facts.old_editor)] if facts.old_editor else []
        case Whom.HOLDER:
            return _named(writers) if row.holder == Holder.AUTHOR else editor
        case Whom.OTHER_SIDE:
            return editor if by is not None and by.pk in named else _named(writers)


def told_of_release(post: Post) -> set[str]:
    """Who was written to that it is published when it was released at once: they hear it once."""
    letters = Letter.objects.about(post.submission).filter(kind='scheduled', queued_at__gte=post.published_at)
    return {
        str(person) if person else address.lower()
        for person, address in letters.values_list('to', 'to_address')
    }


def recall(row: Submission, kinds: Collection[str]) -> set[str]:
    """Recalls letters of these kinds that have not gone; of which kinds there was any."""
    return outbox.cancel(about=row, kinds=kinds) if kinds else set()


def recall_all(row: Submission) -> None:
    """Recalls every letter about it that has not gone."""
    recall(row, set(Letter.objects.about(row).values_list('kind', flat=True)))


def tell_of_step(
    rules: Sequence[To],
    row: Submission,
    *,
    step: Step,
    by: Person | None,
    hold: bool,
    facts: Facts,
    told: Collection[str] = (),
) -> int:
    """Queues the letters of one step, in the caller's transaction: one a person, keyed by the step; how many.

    `hold`: they carry a decision, and wait five minutes in which it can be taken back. `told`: keys of recipients
    who know already.
    """
    told, count = set(told), 0
    wait = DECISION_HOLD if hold else timedelta(0)
    for rule in rules:
        for recipient in _people(rule.whom, row, by, facts):
            actor = by is not None and recipient.person is not None and recipient.person.pk == by.pk
            if not recipient.address or recipient.key in told or (actor and not rule.receipt):
                continue
            told.add(recipient.key)
            if rule.whom == Whom.COAUTHORS and recipient.authorship:
                Authorship.objects.filter(pk=recipient.authorship.pk).update(told_at=step.at)
            key = key_of(step)
            _write(rule.kind, recipient, row, by=by, key=key, hold=wait, facts=facts, note=step.note)
            count += 1
    return count


def tell_of_message(row: Submission, message: Message, *, from_author: bool) -> None:
    """A message reaches the other side, or the other editors where it is the editors' own talk.

    Of an unsent draft the editors see nothing: they get the question itself, to be answered by email, and
    those who are not told yet that they are named hear nothing.
    """
    facts = Facts(message=message)
    questions: list[Recipient] = []
    if message.audience == Message.Audience.EDITORS:
        recipients = [_person(person) for person in row.editors_not_writing()]
    elif not row.was_handed_in:
        recipients = _people(Whom.AUTHORS, row, message.by, facts)
        questions = [_person(person) for person in row.chiefs()]
    elif from_author:
        recipients = _people(Whom.EDITOR, row, message.by, facts) + _people(
            Whom.EVERYBODY, row, message.by, facts
        )
    else:
        recipients = _people(Whom.EVERYBODY, row, message.by, facts)
    told = {str(message.by_id)}
    kinds = [('message', recipient) for recipient in recipients] + [('question', one) for one in questions]
    for kind, recipient in kinds:
        if recipient.address and recipient.key not in told:
            told.add(recipient.key)
            _write(kind, recipient, row, by=message.by, key=f'message {message.pk}', facts=facts)


def _write(
    kind: str,
    recipient: Recipient,
    row: Submission,
    *,
    by: Person | None,
    key: str,
    facts: Facts,
    hold: timedelta = timedelta(0),
    note: str = '',
) -> None:
    society = Society.get()
    private = None
    author = recipient.authorship
    if author and recipient.person is None:
        # Somebody without a sign-in: the letter carries a link that opens one page and nothing else.
        link = '{{ link }}'
        about = [ContentType.objects.get_for_model(Authorship).pk, author.pk]
        private = {'view': 'named', 'purpose': 'named', 'days': 90, 'about': about}
    else:
        # It leads authors to their page of it and editors on to the desk, whichever they are when they come.
        link = settings.LETTERS_URL + row.get_absolute_url()
    post = facts.post or row.post_or_none
    final_copy = markup.to_text(post.version.body) if kind == 'scheduled' and post and post.version else ''
    text = render_to_string(
        f'blog/letters/{kind}.txt',
        {
            'recipient': recipient,
            'to_author': author is not None,
            'submission': row,
            'title': row.title or 'your blog',
            'link': link,
            'conversation': link if private else f'{link}#conversation',
            'site': settings.LETTERS_URL,
            'by': by,
            'editor': row.editor,
            'society': society,
            **vars(facts),
            'note': outbox.NOTE if note else '',
            'post': post,
            'final_copy': final_copy,
        },
    )
    subject, _, body = re.sub(r'\n{3,}', '\n\n', text.strip()).partition('\n')
    outbox.queue(
        kind=kind,
        key=f'{key} {kind} {recipient.key}',
        about=row,
        to=recipient.person,
        to_name=recipient.name,
        to_address=recipient.address,
        subject=subject.strip(),
        body=body.strip() + '\n',
        reply_to=(by.email or '') if by and kind == 'question' else society.contributions_address,
        hold=hold,
        by=by,
        link=private,
        note=note if outbox.NOTE in body else '',
        note_key=key,
    )


KINDS = {
    'accepted': 'Accepted',
    'approval_kept': 'Approval kept',
    'approved': 'Approved by the author',
    'archived': 'Archived',
    'arrived': 'New submission',
    'assigned': 'Yours to edit',
    'changes_requested': 'Changes asked for',
    'correction_asked': 'Correction asked for',
    'declined': 'Not taken up',
    'editor_changed': 'Change of editor',
    'extended': 'Date moved',
    'final_copy': 'Final copy to approve',
    'live': 'Published',
    'message': 'Message',
    'name_taken_off': 'Name taken off',
    'named': 'Named as author',
    'objected': 'Objection',
    'put_back': 'Put back',
    'question': 'Question about a draft',
    'received': 'Receipt',
    'reopened': 'Reopened',
    'rescheduled': 'Publication moved',
    'restored': 'Restored',
    'resubmitted': 'Back from the author',
    'revised': 'Revision published',
    'revising': 'Revision begun',
    'revision_dropped': 'Revision dropped',
    'scheduled': 'Publication date',
    'sent_back': 'Sent back',
    'settled': 'Objection settled',
    'taken': 'Editor found',
    'taken_back': 'Taken back',
    'taken_down': 'Taken down',
    'typo_corrected': 'Typo corrected',
    'unscheduled': 'Publication put off',
    'withdrawn': 'Withdrawn',
}


def kept_from(person: Person) -> Q:
    """Letters about submissions are for those who read submissions; of those about one's own one sees the ones to
    oneself, as any author does."""
    about = Q(content_type__app_label='blog')
    if not person.has_perm('blog.view_submission'):
        return about
    own = Authorship.objects.filter(person=person.pk).values('submission')
    about_own = about & Q(content_type__model='submission', object_id__in=own)
    return about_own & ~Q(pk__in=Letter.objects.filter(to=person.pk))


def page_of(submission: Any) -> str:
    """An author's page of it, from which editors are led to the desk."""
    return submission.get_absolute_url()
