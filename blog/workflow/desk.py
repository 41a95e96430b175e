"""The desk's verbs before print, and the author's two answers to the final copy."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from blog import checklist, differences, letters
from blog.checklist import declared
from blog.models import Post, State, Submission
from blog.models.series import looks_after
from blog.states import row_of
from blog.workflow.engine import Moving, moving, off_the_calendar
from blog.workflow.guards import approved_base
from blog.workflow.roles import Role
from blog.workflow.talking import chosen_for, quote_with
from members.models import Person
from ukis import addresses, days
from ukis.refusals import NotNow

LINES_OF_CHANGES = 12  # in a letter


def take(submission: Submission, *, by: Person) -> Submission:
    """An editor takes a submission that nobody has: one click on the queue's row."""
    with moving('take', submission, by=by) as move:
        move.submission.editor = by
    return submission


def assign(submission: Submission, *, by: Person, editor: Person, listed: bool = False) -> Submission:
    """`listed`: its editor hears of it with others, in one letter."""
    with moving('assign', submission, by=by) as move:
        refuse_as_editor(move.submission, editor)
        move.told_apart = _editors_told_apart(listed, editor)
        move.submission.editor = editor
        move.note = f'to {editor.printed_name}'
    return submission


def change_editor(submission: Submission, *, by: Person, editor: Person, listed: bool = False) -> Submission:
    """`listed`: both editors hear of it with others, in one letter each."""
    with moving('change_editor', submission, by=by) as move:
        refuse_as_editor(move.submission, editor)
        if editor.pk == move.submission.editor_id:
            raise NotNow(f'{editor.printed_name} is the editor already.')
        move.facts.old_editor = move.submission.editor
        move.told_apart = _editors_told_apart(listed, editor, move.submission.editor)
        move.submission.editor = editor
        move.note = f'to {editor.printed_name}'
    return submission


def _editors_told_apart(listed: bool, *editors: Person | None) -> frozenset[str]:
    return frozenset(str(one.pk) for one in editors if one) if listed else frozenset()


def refuse_as_editor(submission: Submission, editor: Person) -> None:
    if not editor.is_editor and not looks_after(editor, submission):
        raise NotNow(f'{editor.printed_name} is not an editor.')
    if submission.authorships.filter(person=editor).exists():
        raise NotNow(f'{editor.printed_name} is an author of this submission. Choose another editor.')


def request_changes(
    submission: Submission,
    *,
    by: Person,
    note: str,
    due_on: date | None = None,
    quoting: Collection[int] = (),
) -> Submission:
    """Back to the author with a note; `due_on` is 14 days from today unless the editor says otherwise. `quoting`: keys
    of passages that the note is about."""
    with transaction.atomic():
        with moving('request_changes', submission, by=by, note=note) as move:
            if due_on is not None and due_on < days.london_day(move.at):
                raise NotNow('Choose a day that is not past.')
            move.due_on = due_on
            move.facts.quoted = chosen_for(submission, by, quoting)
            move.submission.read_version = move.submission.current
            if move.was_live:
                move.submission.asked_at = move.at  # dropping the revision is then told to the author
            _edited_by(move)
        if move.facts.quoted and move.step is not None:
            quote_with(move.step.message, quoting)
    return submission


def _edited_by(move: Moving) -> None:
    """Whoever decides on a submission becomes its editor where it has none (an import under revision)."""
    if move.submission.editor_id is None:
        move.submission.editor = move.by


def _give_address(submission: Submission) -> None:
    """The Post, with an address proposed from the title; not out until it is released."""
    if submission.post_or_none is None:
        addresses.give(Post(submission=submission, **vars(declared.for_print(submission))), submission.title)


def accept(submission: Submission, *, by: Person, note: str = '', fair: str = '') -> Submission:
    """The submission will be published; copy-editing begins, and it gets its address."""
    with moving('accept', submission, by=by, note=note, fair=fair) as move:
        move.submission.read_version = move.submission.current
        _give_address(move.submission)
    return submission


def _ask(move: Moving) -> None:
    """Whoever was sent a copy before, and has handed in nothing since, reads in the letter what is another in this."""
    held, before = move.submission, move.submission.asked_version
    handed_in = held.handed_in_version.number if held.handed_in_version else 0
    told = held.asked_at and letters.has_left(held, 'final_copy', since=held.asked_at)
    if before and before.number >= handed_in and told:
        move.facts.asked_before = before
        move.facts.what_changed = differences.in_lines(before, held.current, most=LINES_OF_CHANGES)
    move.submission.asked_version = move.submission.current
    move.submission.asked_at = move.at


def accept_as_it_stands(submission: Submission, *, by: Person, note: str = '', fair: str = '') -> Submission:
    """Accepted without changing a letter: straight to the author's approval."""
    with moving('accept_as_it_stands', submission, by=by, note=note, fair=fair) as move:
        _give_address(move.submission)
        _ask(move)
    return submission


def send_for_approval(submission: Submission, *, by: Person, note: str = '') -> Submission:
    with moving('send_for_approval', submission, by=by, note=note) as move:
        _give_address(move.submission)
        _ask(move)
    return submission


def keep_approval(submission: Submission, *, by: Person) -> Submission:
    """Every change since the approved version was a typo: the approval is carried over, the list sent."""
    with moving('keep_approval', submission, by=by) as move:
        held = move.submission
        base = approved_base(held)
        move.facts.changes = list(held.versions.filter(number__gt=base.number)) if base else []
        if held.went_on_without_reply:
            held.silent_hash = held.current.hash  # slips alone differ from what nobody answered
        if held.approved_elsewhere:
            held.noted_hash = held.current.hash
        held.approved_version, held.approved_hash = held.current, held.current.hash
    return submission


def approve(submission: Submission, *, by: Person, fingerprint: str, note: str = '') -> Submission:
    """The corresponding author approves exactly the words that have this fingerprint (`Version.hash`)."""
    with moving('approve', submission, by=by, note=note) as move:
        if fingerprint != move.submission.current.hash:
            raise NotNow('The text changed since you opened it. Read it again before you approve.')
        move.submission.approved_version, move.submission.approved_hash = (
            move.submission.current,
            move.submission.current.hash,
        )
        move.submission.silent_hash = move.submission.noted_hash = ''
    return submission


def proceed_without_reply(submission: Submission, *, by: Person, reason: str, fair: str = '') -> Submission:
    """On the author's silence, by the reason of somebody named; what they were asked about goes into print."""
    with moving('proceed_without_reply', submission, by=by, note=reason, fair=fair) as move:
        held = move.submission
        if held.asked_version_id != held.current_id:
            raise NotNow('The text changed since the author was asked. Ask them again.')
        held.approved_version = held.current
        held.approved_hash = held.silent_hash = held.current.hash
        held.noted_hash = ''
    return submission


def note_answer(submission: Submission, *, by: Person, note: str) -> Submission:
    """They answered by telephone, or by ordinary mail: the words are kept among the editors, the reminders stop."""
    with moving('note_answer', submission, by=by, note=note):
        pass
    return submission


def note_approval(submission: Submission, *, by: Person, note: str, fair: str = '') -> Submission:
    """The author approved the final copy by telephone, or by ordinary mail: `note` has their words. They hear of it,
    and have time to say that it is not so."""
    with moving('note_approval', submission, by=by, note=note, fair=fair) as move:
        held = move.submission
        held.approved_version, held.noted_at = held.current, move.at
        held.approved_hash = held.noted_hash = held.current.hash
        held.silent_hash = ''
        move.facts.off_on = checklist.free_to_go_on(move.at)
    return submission


def deny_approval(submission: Submission, *, by: Person) -> Submission:
    """What an editor noted was not so: it waits for its author again, and is asked about anew."""
    with moving('deny_approval', submission, by=by) as move:
        held = move.submission
        move.facts.off_the_calendar = row_of(move.was).off_calendar is not None
        off_the_calendar(held, move.at)
        held.approved_version, held.approved_hash, held.noted_hash = None, '', ''
        _ask(move)
    return submission


def ask_for_correction(submission: Submission, *, by: Person, note: str) -> Submission:
    with moving('ask_for_correction', submission, by=by, note=note):
        pass
    return submission


def send_back(submission: Submission, *, by: Person, note: str) -> Submission:
    """One step back; the letter of the decision that it undoes is recalled, if it still waits."""
    with moving('send_back', submission, by=by, note=note) as move:
        back_to = row_of(move.was).back_to
        assert back_to is not None, 'the table lets only states with a step back be sent back'
        move.to = back_to
        if not row_of(move.to).needs_editor:
            move.submission.editor = None
    return submission


def decline(submission: Submission, *, by: Person, note: str, fair: str = '') -> Submission:
    with moving('decline', submission, by=by, note=note, fair=fair) as move:
        off_the_calendar(move.submission, move.at)
    return submission


def reopen(submission: Submission, *, by: Person, note: str = '') -> Submission:
    """Back to where it was; one that was scheduled comes back as ready."""
    with moving('reopen', submission, by=by, note=note) as move:
        move.to = State(move.submission.reopens_to)
        move.facts.by_author = Role.CORRESPONDING in move.roles
    return submission
