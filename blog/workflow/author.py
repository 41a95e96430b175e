"""The authors' verbs: start, save, hand in, take back, send back, name, leave, withdraw."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from blog import checklist, letters
from blog.models import Authorship, Declaration, Message, State, Submission, Version
from blog.models.versions import WORDS
from blog.workflow.engine import locked, moving, record
from blog.workflow.moves import EDITORS, Role
from blog.workflow.rights import can_edit, roles_of
from members.models import Person
from ukis import days, markup
from ukis.refusals import NotAllowed, NotNow, Stale


def start(*, by: Person, working_title: str = '', name: str = '') -> Submission:
    """A self-started draft: no date, one author, an empty first version.

    `by` must be someone who may submit today; `name` overrides the printed name of the profile.
    """
    if not by.may_submit():
        raise NotAllowed(
            'Only members can start a blog. Your membership, or your organisation’s, does not allow it today.'
        )
    with transaction.atomic():
        now = timezone.now()
        row = Submission.objects.create(
            working_title=working_title.strip()[:200], started_by=by, started_at=now, held_since=now
        )
        Authorship.objects.create(
            submission=row,
            corresponding=True,
            can_edit=True,
            agreed_at=timezone.now(),
            **printed_as(by, name),
        )
        write_version(row, {'title': row.working_title}, by=by, why='start')
        record(row, 'start', '', by=by)
    return row


def printed_as(person: Person, name: str = '') -> dict:
    """The fields of an Authorship as the person's profile of today would have them."""
    affiliation = person.main_affiliation()
    return {
        'person': person,
        'name': name or person.printed_name,
        'citation_name': person.citation_name,
        'role': affiliation.job_title if affiliation else '',
        'organisation': affiliation.organisation if affiliation else None,
        'affiliation': affiliation.organisation.shown_name if affiliation else '',
        'biography': person.biography,
        'picture': person.photo,
    }


def write_version(
    row: Submission,
    words: dict,
    *,
    by: Person | None,
    why: str,
    note: str = '',
    typo: bool = False,
    byline: list[dict] | None = None,
) -> Version:
    """The next version, cleaned; the row's current one. Call it under the lock.

    `byline` is the one to carry on; without it that of today's authorships.
    """
    if byline is None:
        byline = [authorship.as_printed() for authorship in row.authorships.order_by('order', 'pk')]
    given = {key: value for key, value in words.items() if key in WORDS}
    for key in ('body', 'references'):
        if key in given:
            given[key] = markup.clean(given[key])
    for key in ('title', 'standfirst', 'lead_alt', 'lead_caption', 'lead_credit'):
        if key in given:
            printable = ''.join(max(letter, ' ') for letter in str(given[key]))
            given[key] = ' '.join(printable.split())
    version = Version(
        submission=row,
        number=(row.current.number if row.current else 0) + 1,
        byline=byline,
        made_by=by,
        made_at=timezone.now(),
        why=why,
        note=note[:300],
        typo=typo,
        **given,
    )
    version.hash = version.fingerprint()
    if row.current and row.current.hash == version.hash and row.current.words() == version.words():
        return row.current
    version.save()
    row.current = version
    row.working_title = version.title or row.working_title
    row.save(update_fields=['current', 'working_title'])
    return version


def save_words(
    submission: Submission, *, by: Person, base: int, words: dict, note: str = '', typo: bool = False
) -> Version:
    """A version made on explicit save. `base` is the number of the version the writer started from.

    Raises NotAllowed where `by` may not save words now, and Stale, with the words that stand, where
    somebody saved other words since `base`. Saving what already stands makes no new version.
    """
    with transaction.atomic():
        row = locked(submission)
        refuse_unless_editing(row, by)
        refuse_stale(row, base)
        version = write_version(
            row, _over(row, words), by=by, why='save', note=note, typo=typo and row.state == State.EDITING
        )
        row.buffers.filter(writer=by).delete()
    submission.refresh_from_db()
    return version


def refuse_unless_editing(row: Submission, by: Person) -> None:
    if can_edit(row, by):
        return
    if roles_of(row, by) & {Role.AUTHOR, *EDITORS}:
        raise NotNow(
            'The text cannot be changed now: it is with somebody else. Nothing of yours was thrown away.'
        )
    raise NotAllowed('The words of this submission are not yours to change.')


def refuse_stale(row: Submission, base: int) -> None:
    """A change of the byline alone does not make a text stale."""
    if row.current is None or base == row.current.number:
        return
    started_from = row.versions.filter(number=base).first()
    if started_from is None or started_from.words() != row.current.words():
        raise Stale(row.current)


def _over(row: Submission, words: dict) -> dict:
    """The words as given, over those that stand."""
    return {**(row.current.words() if row.current else {}), **words}


def _declare(row: Submission, version: Version, by: Person, declarations: dict[str, tuple[str, str]]) -> None:
    missing = set(Declaration.Kind.values) - {
        kind for kind, (_, answer) in declarations.items() if answer.strip()
    }
    if missing:
        raise NotNow('Make all three declarations: rights, interests and views.')
    for kind, (sentence, answer) in declarations.items():
        Declaration.objects.update_or_create(
            submission=row,
            version=version,
            person=by,
            kind=kind,
            defaults={'sentence': sentence, 'answer': answer.strip(), 'at': timezone.now()},
        )


def _ready_to_hand_in(row: Submission, version_number: int) -> None:
    if row.current.number != version_number:
        raise Stale(row.current)
    open_lines = checklist.sentence(checklist.for_submit(row.current))
    if open_lines:
        raise NotNow(open_lines)


def submit(
    submission: Submission,
    *,
    by: Person,
    version: int,
    declarations: dict[str, tuple[str, str]],
    note: str = '',
) -> Submission:
    """Hands the submission in. `version` is the number of the words the author saw; `declarations` maps each
    kind to the sentence as it read and the answer."""
    with moving('submit', submission, by=by, note=note) as move:
        _ready_to_hand_in(move.row, version)
        _declare(move.row, move.row.current, by, declarations)
        if not move.row.first_submitted_at:
            move.row.first_submitted_at = move.at
        move.row.read_version = move.row.handed_in_version = move.row.current
        # A submission that an editor has already (commissioned, or taken back into drafting later) goes to them.
        if move.row.editor_id:
            move.to = State.IN_REVIEW
    return submission


def resubmit(
    submission: Submission,
    *,
    by: Person,
    version: int,
    note: str,
    declarations: dict[str, tuple[str, str]] | None = None,
) -> Submission:
    """Back to the editor with the changes; the note says what was done."""
    with moving('resubmit', submission, by=by, note=note) as move:
        _ready_to_hand_in(move.row, version)
        if declarations:
            _declare(move.row, move.row.current, by, declarations)
        move.facts['since'] = move.row.read_version
        move.row.read_version = move.row.handed_in_version = move.row.current
        post = getattr(move.row, 'post', None)
        if declarations and post is not None and not move.was_live:
            for name, value in declared_for_print(move.row).items():
                setattr(post, name, value)
            post.save(update_fields=['views', 'interests'])
    return submission


def declared_for_print(row: Submission) -> dict[str, str]:
    """`views` and `interests` of the Post, as the author last declared them; no interests are no words."""
    said = dict(row.declarations.order_by('at', 'pk').values_list('kind', 'answer'))
    interests = said.get(Declaration.Kind.INTERESTS, '').strip()
    none = interests.rstrip('.').lower() in ('', 'none', 'no', 'nil')
    return {'views': said.get(Declaration.Kind.VIEWS, 'own'), 'interests': '' if none else interests}


def take_back(submission: Submission, *, by: Person) -> Submission:
    with moving('take_back', submission, by=by):
        pass
    return submission


def withdraw(submission: Submission, *, by: Person, reason: str) -> Submission:
    with moving('withdraw', submission, by=by, note=reason) as move:
        off_the_calendar(move.row)
    return submission


def off_the_calendar(row: Submission) -> None:
    """A scheduled post that is declined or withdrawn is not scheduled any more."""
    post = getattr(row, 'post', None)
    if post is not None and post.is_scheduled:
        post.published_at = None
        post.save(update_fields=['published_at'])


def extend(submission: Submission, *, by: Person, due_on: date) -> Submission:
    """Another date. An author may do it once, by up to seven days; an editor freely."""
    with moving('extend', submission, by=by) as move:
        if due_on < days.today():
            raise NotNow('Choose a day that is not past.')
        if not move.roles & EDITORS:
            if not move.row.due_on < due_on <= move.row.due_on + timedelta(days=7):
                raise NotNow('You can move the date once, by up to seven days.')
            move.row.extended_by_author = True
        move.facts['was_due'] = move.row.due_on
        move.due_on = due_on
        move.note = f'due {due_on.day} {due_on:%B %Y}'
    return submission


def say(
    submission: Submission, *, by: Person, text: str, audience: str = Message.Audience.AUTHORS
) -> Message:
    """A message in the conversation; the other side gets it as a letter.

    Raises NotAllowed for somebody who has no part in the submission, and for an author who asks for the editors' talk.
    """
    with transaction.atomic():
        row = locked(submission)
        roles = roles_of(row, by)
        named = bool(roles & {Role.AUTHOR, Role.NAMED})
        if not roles or (named and audience != Message.Audience.AUTHORS):
            raise NotAllowed('This conversation is not yours to join.')
        if not text.strip():
            raise NotNow('Write something first.')
        message = Message.objects.create(
            submission=row, by=by, at=timezone.now(), text=text.strip(), audience=audience
        )
        letters.tell_of_message(row, message, from_author=named)
    return message
