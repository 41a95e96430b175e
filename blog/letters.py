"""Who is told what. One letter per person per move; whoever makes the move gets none, save a receipt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template.loader import render_to_string

from blog.models import Authorship, Message, Step, Submission
from members.models import Person
from ukis import letters as outbox
from ukis import markup
from ukis.letters.models import Letter
from ukis.society.models import Society

DECISION_HOLD = timedelta(minutes=5)


@dataclass(frozen=True)
class To:
    """One row of the table: whom (a word of `_people`), which letter, and whether the actor gets it too."""

    whom: str
    kind: str
    receipt: bool = False


TELLS: dict[str, tuple[To, ...]] = {
    'submit': (
        To('editors', 'arrived'),
        To('corresponding', 'received', receipt=True),
        To('coauthors', 'named'),
    ),
    'take_back': (To('chiefs', 'taken_back'),),
    'take': (To('authors', 'taken'),),
    'assign': (To('editor', 'assigned'), To('authors', 'taken')),
    'request_changes': (To('authors', 'changes_requested'),),
    'resubmit': (To('editor', 'resubmitted'), To('coauthors', 'named')),
    'accept': (To('authors', 'accepted'),),
    'accept_as_it_stands': (To('authors', 'final_copy'),),
    'send_for_approval': (To('authors', 'final_copy'),),
    'keep_approval': (To('authors', 'approval_kept'),),
    'approve': (To('editor', 'approved'),),
    'ask_for_correction': (To('editor', 'correction_asked'),),
    'release': (To('authors', 'scheduled'),),
    'live': (To('everybody', 'live'),),
    'unschedule': (To('authors', 'unscheduled'),),
    'reschedule': (To('authors', 'rescheduled'),),
    'revise': (To('authors', 'revising'),),
    'drop_revision': (To('authors', 'revision_dropped'),),
    'release_revision': (To('authors', 'revised'),),
    'correct_typo': (To('authors', 'typo_corrected'),),
    'archive': (To('authors', 'archived'), To('desk', 'archived')),
    'restore': (To('authors', 'restored'), To('desk', 'restored')),
    'take_down': (To('authors', 'taken_down'), To('desk', 'taken_down')),
    'put_back': (To('authors', 'put_back'), To('desk', 'put_back')),
    'decline': (To('authors', 'declined'),),
    'withdraw': (To('editor and chiefs', 'withdrawn'), To('everybody', 'withdrawn')),
    'reopen': (To('other side', 'reopened'),),
    'send_back': (To('holder', 'sent_back'),),
    'change_editor': (
        To('editor', 'assigned'),
        To('old editor', 'editor_changed'),
        To('authors', 'editor_changed'),
    ),
    'extend': (To('other side', 'extended'), To('editor', 'extended')),
    'leave': (To('editor', 'name_taken_off'), To('corresponding', 'name_taken_off')),
}
DECISIONS = ('changes_requested', 'accepted', 'final_copy', 'scheduled', 'revised', 'declined')
DATES = ('scheduled', 'rescheduled')
# What a move makes untrue before it was sent, and is recalled with it.
OVERTAKES: dict[str, tuple[str, ...]] = {
    'resubmit': ('changes_requested',),
    'approve': ('final_copy',),
    'ask_for_correction': ('final_copy',),
    'reschedule': DATES,
    'unschedule': DATES,
    'take_down': ('scheduled', 'revised', 'live'),
    'drop_revision': ('changes_requested', 'final_copy'),
    'decline': (*DECISIONS, *DATES),
    'withdraw': (*DECISIONS, *DATES),
    'reopen': ('declined', 'withdrawn'),
    'leave': DATES,
}
SENT_BACK_FROM = {
    'changes_requested': ('changes_requested',),
    'editing': ('accepted',),
    'author_approval': ('final_copy',),
}


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


def _people(whom: str, row: Submission, by: Person | None, facts: dict[str, Any]) -> list[Recipient]:
    authorships = list(row.authorships.select_related('person').order_by('order', 'pk'))
    named = {authorship.person_id for authorship in authorships}
    from_author = by is not None and by.pk in named
    # An unsent draft is its authors' own: the editors hear nothing of it.
    chiefs = [_person(person) for person in row.chiefs()] if row.was_handed_in else []
    editor = [_person(row.editor)] if row.editor_id and row.editor_id not in named else chiefs
    match whom:
        case 'authors':
            return _named(authorship for authorship in authorships if authorship.can_edit)
        case 'corresponding':
            return _named(authorship for authorship in authorships if authorship.corresponding)
        case 'coauthors':
            untold = [row for row in authorships if not row.corresponding and row.told_at is None]
            return _named(untold)
        case 'everybody':
            return _named(authorships)
        case 'editor' | 'editors':
            return editor
        case 'chiefs':
            return chiefs
        case 'editor and chiefs':
            return editor + chiefs
        case 'desk':
            return [_person(person) for person in row.editors_not_writing()]
        case 'old editor':
            return [_person(facts['old_editor'])] if facts.get('old_editor') else []
        case 'holder':
            by_author = row.holder == 'author'
            return _named(a for a in authorships if a.can_edit) if by_author else editor
        case 'other side':
            return editor if from_author else _named(a for a in authorships if a.can_edit)
    raise LookupError(whom)


def recall_overtaken(name: str, row: Submission, *, was: str) -> set[str]:
    """Recalls what this move makes untrue and has not gone; of which kinds there was any."""
    kinds = SENT_BACK_FROM.get(was, ()) if name == 'send_back' else OVERTAKES.get(name, ())
    return outbox.cancel(about=row, kinds=kinds) if kinds else set()


def tell_of_move(
    name: str, row: Submission, *, step: Step, by: Person | None, decision: bool, facts: dict[str, Any]
) -> None:
    """Queues the letters of one move, in the caller's transaction: one a person, keyed by the step."""
    told: set[str] = set()
    for rule in TELLS.get(name, ()):
        for recipient in _people(rule.whom, row, by, facts):
            actor = by is not None and recipient.person is not None and recipient.person.pk == by.pk
            if not recipient.address or recipient.key in told or (actor and not rule.receipt):
                continue
            told.add(recipient.key)
            if rule.kind == 'named':
                Authorship.objects.filter(pk=recipient.authorship.pk).update(told_at=step.at)
            hold = DECISION_HOLD if decision and rule.kind in DECISIONS else timedelta(0)
            _write(
                rule.kind,
                recipient,
                row,
                by=by,
                key=f'step {step.pk}',
                hold=hold,
                facts={**facts, 'note': step.note},
            )


def tell_of_message(row: Submission, message: Message, *, from_author: bool) -> None:
    """A message reaches the other side, or the other editors where it is the editors' own talk.

    Of an unsent draft the editors see nothing: they get the question itself, to be answered by e-mail, and
    those who are not told yet that they are named hear nothing.
    """
    questions: list[Recipient] = []
    if message.audience == Message.Audience.EDITORS:
        recipients = [_person(person) for person in row.editors_not_writing()]
    elif not row.was_handed_in:
        recipients = _people('authors', row, message.by, {})
        questions = [_person(person) for person in row.chiefs()]
    elif from_author:
        recipients = _people('editor', row, message.by, {}) + _people('everybody', row, message.by, {})
    else:
        recipients = _people('everybody', row, message.by, {})
    told = {str(message.by_id)}
    kinds = [('message', recipient) for recipient in recipients] + [('question', one) for one in questions]
    for kind, recipient in kinds:
        if recipient.address and recipient.key not in told:
            told.add(recipient.key)
            key, facts = f'message {message.pk}', {'message': message}
            _write(kind, recipient, row, by=message.by, key=key, facts=facts)


def _write(
    kind: str,
    recipient: Recipient,
    row: Submission,
    *,
    by: Person | None,
    key: str,
    facts: dict[str, Any],
    hold: timedelta = timedelta(0),
) -> None:
    society = Society.get()
    private = None
    author = recipient.authorship is not None
    if author and recipient.person is None:
        # Somebody without a sign-in: the letter carries a link that opens one page and nothing else.
        link = '{{ link }}'
        about = [ContentType.objects.get_for_model(Authorship).pk, recipient.authorship.pk]
        private = {'view': 'named', 'purpose': 'named', 'days': 90, 'about': about}
    else:
        # It leads authors to their page of it and editors on to the desk, whichever they are when they come.
        link = settings.LETTERS_URL + row.get_absolute_url()
    post = facts.get('post') or getattr(row, 'post', None)
    text = render_to_string(
        f'blog/letters/{kind}.txt',
        {
            'recipient': recipient,
            'to_author': author,
            'submission': row,
            'title': row.title or 'your blog',
            'link': link,
            'conversation': link if private else f'{link}#conversation',
            'site': settings.LETTERS_URL,
            'by': by,
            'editor': row.editor,
            'society': society,
            'post': post,
            'final_copy': markup.to_text(post.version.body) if kind == 'scheduled' else '',
            **facts,
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
    )


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
