"""Submissions on their way into print, brought where they are by the moves that lead there, as of days gone by."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.db.models import F
from django.utils import timezone

from blog import commissioning, workflow
from blog.messages import attachments, passages
from blog.models import Message, Submission
from blog.workflow.author import printed_as
from blog.writing import word_files
from members.models import Person
from ukis import days
from ukis.demonstration import content
from ukis.demonstration.files import open_document
from ukis.demonstration.staging import Stage, words_of
from ukis.letters.models import Letter
from ukis.letters.subjects import tell_left
from ukis.society.models import Society

NOW = timezone.now


@contextmanager
def on_day(moment: datetime) -> Iterator[None]:
    """The moves inside are made as if it were that moment: a queue in which nobody waits shows nothing."""
    with mock.patch('django.utils.timezone.now', return_value=moment):
        yield


def stage_submissions(stage: Stage) -> None:
    """Every submission of the content that is not there yet."""
    known = set(Submission.objects.values_list('working_title', flat=True))
    given_here = content.submissions()
    wanted = [given for given in given_here if given['title'] not in known]
    stage.say(f'{len(given_here)} submissions in progress')
    for given in wanted:
        Story(stage, given, started=NOW() - timedelta(days=given['days_ago'])).tell()
    deliver_what_is_old()


def deliver_what_is_old() -> None:
    """What has waited longer than a decision waits has been sent, and its readers know of it."""
    old = Letter.objects.filter(
        state=Letter.State.WAITING, queued_at__lt=timezone.now() - timedelta(minutes=10)
    )
    delivered = list(old.order_by('pk'))
    old.update(state=Letter.State.SENT, sent_at=F('send_after'), attempts=1)
    for letter in delivered:
        tell_left(letter)


class Story:
    """One submission: each move a little later than the one before, none of them in the future."""

    def __init__(self, stage: Stage, given: dict, started: datetime) -> None:
        self.stage, self.given, self.at = stage, given, started
        self.author: Person = stage.people[given['author']]
        self.editor: Person = stage.people[given['editor']]
        self.submission: Any = None

    @contextmanager
    def later(self, **wait: float) -> Iterator[None]:
        self.at = min(self.at + timedelta(**(wait or {'hours': 20})), NOW() - timedelta(minutes=15))
        with on_day(self.at):
            deliver_what_is_old()  # what this move answers was read
            yield

    def tell(self) -> None:
        if self.given['pitch']:
            self.pitch()
        else:
            self.write_and_hand_in()

    def pitch(self) -> None:
        """Left as it is where it waits for an answer."""
        with self.later(hours=0):
            self.submission = workflow.pitch(
                by=self.author,
                title=self.given['title'],
                note=self.given['pitch'].strip(),
                tags=self.given['tags'],
            )
        if self.given['aim'] == 'declined':
            with self.later():
                workflow.decline_pitch(self.submission, by=self.editor, note=self.note('decline_pitch'))
        elif self.given['aim'] == 'drafting':
            with self.later():
                workflow.take_up(self.submission, by=self.editor, note=self.note('take_up'))
            with self.later():
                workflow.save_words(self.submission, by=self.author, base=1, words=words_of(self.given))

    def write_and_hand_in(self) -> None:
        steps = ['submit', 'take', 'review', 'edit', 'ask', 'approve', 'print', 'revise']
        if self.given['aim'] == 'revising':
            steps.remove('edit')
        reach = {
            'drafting': 0,
            'withdrawn': 1,
            'submitted': 1,
            'in_review': 2,
            'declined': 2,
            'changes_requested': 2,
            'editing': 4,
            'author_approval': 5,
            'ready': 6,
            'scheduled': 7,
            'live': 7,
            'revising': 7,
        }[self.given['aim']]
        self.write()
        for step in steps[:reach]:
            getattr(self, step)()
        self.end()

    def write(self) -> None:
        given = self.given
        words = words_of(given)
        if given['brief']:
            self.be_asked()
        else:
            with self.later(hours=0):
                self.submission = workflow.start(by=self.author, working_title=given['title'])
        with self.later(hours=3):
            base = self.submission.current.number
            workflow.save_words(self.submission, by=self.author, base=base, words=words)
            if given['coauthors']:
                first = {'pk': self.submission.authorships.get().pk}
                others = [
                    {**printed_as(self.stage.people[key]).columns(), 'can_edit': True}
                    for key in given['coauthors']
                ]
                workflow.change_byline(self.submission, by=self.author, names=[first, *others])
                for theirs in self.submission.authorships.filter(corresponding=False):
                    workflow.agree(self.submission, by=theirs.person, authorship=theirs)

    def be_asked(self) -> None:
        """By an invitation, and the first words come in a file."""
        given, on = self.given, days.london_day(self.at)
        with self.later(hours=0):
            asked = commissioning.draft(
                by=self.editor,
                invitee=self.author,
                name=self.author.name,
                email=self.author.email,
                working_title=given['title'],
                brief=given['brief'],
                tag_words=list(given['tags'])[:2],
                answer_by=on + timedelta(days=14),
                deadline=on + timedelta(days=45),
            )
            commissioning.send(asked, by=self.editor)
        with self.later():
            commissioning.accept(asked, by=self.author, words='I would be glad to.')
            self.submission = commissioning.begin(asked, by=self.author)
        with self.later():
            file = word_files.take(
                self.submission,
                by=self.author,
                source=open_document(given['title'], given['body']),
                name='For the blog.odt',
            )
            word_files.answer(file, keep=True)

    def submit(self) -> None:
        society = Society.get()
        with self.later():
            workflow.submit(
                self.submission,
                by=self.author,
                version=self.submission.current.number,
                declarations={
                    'rights': (society.rights_sentence, 'yes'),
                    'interests': (
                        'Do you have interests that a reader should know of?',
                        self.given['interests'],
                    ),
                    'views': ('Whose views are these?', self.given['views']),
                },
            )

    def take(self) -> None:
        if self.given['brief']:
            return  # whoever asked for it has it already
        with self.later():
            workflow.take(self.submission, by=self.editor)

    def review(self) -> None:
        with self.later():
            workflow.accept(self.submission, by=self.editor, note=self.note('accept'))

    def edit(self) -> None:
        for edit in self.given['edits']:
            if 'asked' in edit:
                with self.later(hours=1):
                    passage = self.passage(edit['old'], by=self.editor)
                    workflow.say(self.submission, by=self.editor, text=edit['asked'], quoting=[passage])
        body = self.submission.current.body
        for edit in self.given['edits']:
            body = body.replace(edit['old'], edit['new'])
        with self.later(hours=5):
            workflow.save_words(
                self.submission,
                by=self.editor,
                base=self.submission.current.number,
                words=self.submission.current.words().but(body=body),
                note='house style',
            )

    def ask(self) -> None:
        with self.later(hours=1):
            workflow.send_for_approval(self.submission, by=self.editor, note=self.note('send_for_approval'))

    def approve(self) -> None:
        with self.later():
            workflow.approve(
                self.submission,
                by=self.author,
                fingerprint=self.submission.current.hash,
                note=self.note('approve'),
            )

    def print(self) -> None:
        coming = timezone.localtime(NOW(), days.LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
        coming += timedelta(days=self.given['publish_in_days'] or 6)
        with self.later(hours=4):
            workflow.release(
                self.submission, by=self.editor, at=coming if self.given['aim'] == 'scheduled' else None
            )
        with self.later(hours=1):
            commissioning.fulfil_due(timezone.now())

    def revise(self) -> None:
        # It has been out for long; the revision is of these days.
        self.at = max(self.at, NOW() - timedelta(days=4))
        with self.later():
            workflow.revise(
                self.submission, by=self.editor, note=self.note('revise') or 'A figure has changed since.'
            )
        if self.given['edits']:
            self.edit()

    def end(self) -> None:
        aim = self.given['aim']
        with self.later():
            if aim == 'changes_requested':
                workflow.request_changes(self.submission, by=self.editor, note=self.note('request_changes'))
            elif aim == 'declined':
                workflow.decline(self.submission, by=self.editor, note=self.note('decline'))
            elif aim == 'withdrawn':
                workflow.withdraw(self.submission, by=self.author, reason=self.note('withdraw'))
        for message in self.given['messages']:
            with self.later(hours=2):
                by = self.author if message['by'] == 'author' else self.submission.editor or self.editor
                audience = Message.Audience(message['to'])
                workflow.say(
                    self.submission,
                    by=by,
                    text=message['text'],
                    audience=audience,
                    quoting=[self.passage(message['quotes'], by=by)] if 'quotes' in message else [],
                    enclosing=[self.file(message, by=by)] if 'file' in message else [],
                )

    def passage(self, words: str, by: Person) -> int:
        """Chosen where it stands in the text."""
        version = self.submission.current
        where = next(one for one in passages.blocks_in(version) if words in one.text)
        return workflow.quote(
            self.submission, by=by, version=version, part=where.part, block=where.number, words=words
        ).pk

    def file(self, message: dict, by: Person) -> int:
        content = message['words_of_file'].encode()
        return attachments.keep(self.submission, by, message['file'], content).pk

    def note(self, move: str) -> str:
        return self.given['notes'].get(move, '')
