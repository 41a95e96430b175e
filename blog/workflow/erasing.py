"""Somebody is forgotten: what they wrote alone and is not public goes, what others wrote with them goes on without
their name, and what is in print stands as they chose."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from blog import letters
from blog.letters import message_letters
from blog.models import (
    Attachment,
    Authorship,
    Byline,
    Message,
    Post,
    PrintedName,
    QuotedPassage,
    ReadMark,
    State,
    Step,
    Submission,
    Version,
    Words,
)
from blog.models.authorships import AuthorshipQuerySet
from blog.search import sought
from blog.states import CLOSED, IN_PROCESS, row_of
from blog.workflow.engine import locked, off_the_calendar, place, record, wait_for_another_date
from blog.workflow.handing_on import hand_on
from blog.workflow.moves import EVENTS, MOVES
from blog.workflow.words import take_apart, write_version
from members.models import Erasure, Person
from ukis import addresses, search
from ukis.erasing import ERASED, FORMER
from ukis.letters.models import Letter
from ukis.personal import Leaving
from ukis.tags.models import TaggedItem

CONTRIBUTOR = 'A contributor'
OFF = 'A name was taken off: its person is forgotten'

type Renaming = Callable[[PrintedName], PrintedName]


def in_print(person: Person) -> bool:
    return Byline.objects.filter(person=person).exists()


def forget(leaving: Leaving) -> None:
    """In the transaction that erases. Submissions are taken one after the other, each held as by any verb."""
    person = leaving.person
    named = Authorship.objects.filter(Q(person=person) | Q(email__in=leaving.addresses)).exclude(
        email='', person=None
    )
    bylines = Byline.objects.filter(person=person)
    keys = {*named.values_list('submission', flat=True), *bylines.values_list('post__submission', flat=True)}
    for key in sorted(keys):
        _forget_in(locked(Submission(pk=key)), leaving)
    for submission in Submission.objects.filter(editor=person, state__in=IN_PROCESS).order_by('pk'):
        _hand_on(locked(submission), leaving)
    if keys:
        search.purge()
    Step.objects.filter(by=person).update(by_name=FORMER)
    for model in (Attachment, QuotedPassage):
        model.objects.filter(by=person).delete()
    ReadMark.objects.filter(person=person).delete()
    if not leaving.of_staff:
        message_letters.recall_what_was_said(person)


def _forget_in(held: Submission, leaving: Leaving) -> None:
    mine = next(iter(_own(held, leaving)), None)
    others = held.authorships.agreed().exclude(pk__in=[row.pk for row in _own(held, leaving)])
    post = held.post_or_none
    if post is not None and post.is_out_at(leaving.at):
        _in_print(held, post, mine, leaving)
    elif _outlives(held, others):
        _go_on_without(held, mine, leaving)
    else:
        _withdraw(held, leaving)
    if held.pk:
        sought.keep(held)


def _outlives(held: Submission, others: AuthorshipQuerySet) -> bool:
    known = Q(submission__first_submitted_at__isnull=False) | Q(submission__promised_at__isnull=False)
    return others.filter(Q(person__is_active=True) | known).exists()


def _own(held: Submission, leaving: Leaving) -> list[Authorship]:
    rows = held.authorships.filter(Q(person=leaving.person) | Q(email__in=leaving.addresses, person=None))
    return list(rows.exclude(email='', person=None).order_by('-corresponding', 'pk'))


# --- In print -------------------------------------------------------------------------------------


def _in_print(held: Submission, post: Post, mine: Authorship | None, leaving: Leaving) -> None:
    """Byline, versions and authorship alike, so that no later revision brings back what is gone."""
    keeps = leaving.choice == Erasure.Bylines.KEEP

    def renamed(name: PrintedName) -> PrintedName:
        if not keeps:
            return PrintedName(name=CONTRIBUTOR)
        kept = ('name', 'citation_name', 'role', 'affiliation', 'organisation')
        return PrintedName(**{field: getattr(name, field) for field in kept})

    for byline in post.bylines.filter(_theirs_in_print(mine, leaving)):
        for column, value in renamed(PrintedName.of(byline)).columns().items():
            setattr(byline, column, value)
        byline.save()
    post.shelve()
    _in_versions(held, mine, renamed, leaving)
    for row in _own(held, leaving):
        _hand_over(held, row)
        if row.printed:
            of_row = renamed(PrintedName.of(row)).columns()
            Authorship.objects.filter(pk=row.pk).update(
                **of_row, email='', objected_at=None, objection='', statement=''
            )
        else:
            row.delete()
    _unname(held, mine, leaving)
    if leaving.choice == Erasure.Bylines.REMOVAL and post.is_at_its_address:
        leaving.asked_down.append(post.get_absolute_url())


def _theirs_in_print(mine: Authorship | None, leaving: Leaving) -> Q:
    """Also where another name than their own is printed: that leads to nobody."""
    theirs = Q(person=leaving.person)
    return theirs | Q(person=None, name=mine.name) if mine is not None and mine.printed else theirs


# --- Not in print, with others --------------------------------------------------------------------


def _go_on_without(held: Submission, mine: Authorship | None, leaving: Leaving) -> None:
    at, was = leaving.at, State(held.state)
    for row in _own(held, leaving):
        letters.ask_no_more(held.authorships.filter(pk=row.pk), held)
        _hand_over(held, row)
        if row.picture_id:
            leaving.pictures.add(row.picture_id)
        row.delete()
    held.declarations.filter(person=leaving.person).delete()
    version = write_version(held, held.current.words(), by=None, at=at, why='erased')
    scheduled = wait_for_another_date(held, 'leave', at=at)
    if held.asked_version_id and row_of(was).asks_approval:
        held.asked_version = version
        held.save(update_fields=['asked_version'])
    _in_versions(held, mine, lambda name: PrintedName(name=FORMER), leaving)
    _unname(held, mine, leaving)
    step = record(held, 'leave', was, by=None, at=at, note=OFF)
    facts = letters.Facts(name='Somebody who is forgotten', off_the_calendar=scheduled)
    letters.tell_of_step(EVENTS['leave'].letters, held, step=step, by=None, hold=False, facts=facts)


def _hand_over(held: Submission, row: Authorship) -> None:
    """What the row gave its person goes to the first of the others who can sign in."""
    if not row.corresponding:
        Authorship.objects.filter(pk=row.pk).update(can_edit=False)
        return
    printed = True if not row.printed else row.printed  # a name that is not printed has to correspond
    Authorship.objects.filter(pk=row.pk).update(corresponding=False, can_edit=False, printed=printed)
    heirs = held.authorships.agreed().filter(person__is_active=True).exclude(pk=row.pk)
    heir = heirs.order_by('-can_edit', 'order', 'pk').first()
    if heir is not None:
        Authorship.objects.filter(pk=heir.pk).update(corresponding=True, can_edit=True)


# --- Not in print, and nobody else's --------------------------------------------------------------


def _withdraw(held: Submission, leaving: Leaving) -> None:
    """A draft of which no editor knows is deleted; of the others the history stays, and no words."""
    letters.recall_all(held)
    _note_pictures(held, leaving)
    held.buffers.all().delete()
    if not held.is_known_to_editors:
        Letter.objects.about(held).update(subject=ERASED, body='', note='', languages={}, filled_with={})
        take_apart(held)
        return
    was = State(held.state)
    off_the_calendar(held, leaving.at)
    _drop_post(held)
    if was not in CLOSED:
        place(held, State(MOVES['withdraw'].to or was), was=was, at=leaving.at)
    _empty_words(held)
    step = record(held, 'erased', was, by=None, at=leaving.at)
    Letter.objects.about(held).update(subject=ERASED, body='', note='', languages={}, filled_with={})
    letters.tell_of_step(
        EVENTS['erased'].letters, held, step=step, by=None, hold=False, facts=letters.Facts()
    )


def _note_pictures(held: Submission, leaving: Leaving) -> None:
    for rows, column in ((held.versions, 'lead_picture'), (held.authorships, 'picture')):
        found = rows.exclude(**{column: None}).values_list(column, flat=True)
        leaving.pictures.update(key for key in found if key is not None)


def _empty_words(held: Submission) -> None:
    """One empty version stays: a submission has words, and the history points at them."""
    current = held.current
    assert current is not None, 'a submission has words from the start on'
    held.messages.all().delete()
    held.declarations.all().delete()
    held.reads.all().delete()
    held.previews.all().delete()
    held.incoming.all().delete()
    held.authorships.all().delete()
    held.steps.update(version=current, note='', fair='')
    held.handed_in_version = held.asked_version = held.read_version = held.approved_version = None
    held.approved_hash = held.silent_hash = held.noted_hash = ''
    held.working_title, held.asked_at = 'A withdrawn submission', None
    held.save()
    held.versions.exclude(pk=current.pk).delete()
    for name, value in vars(Words()).items():
        setattr(current, name, value)
    current.byline, current.note = [], ''
    current.hash = current.fingerprint()
    current.save()


def _drop_post(held: Submission) -> None:
    """It has an address made of its title, and was never out."""
    post = held.post_or_none
    if post is None:
        return
    kind = ContentType.objects.get_for_model(Post)
    TaggedItem.objects.filter(content_type=kind, object_id=post.pk).delete()
    post.shelve()
    addresses.forget(post)
    Post.objects.filter(pk=post.pk).delete()
    held.refresh_from_db()


# --- What was said --------------------------------------------------------------------------------


def _in_versions(held: Submission, mine: Authorship | None, renamed: Renaming, leaving: Leaving) -> None:
    """The byline that each version carries; what was approved stays approved."""
    for version in held.versions.order_by('pk'):
        names = [renamed(one) if _is_theirs(one, mine, leaving) else one for one in version.printed_names]
        byline = [vars(name) for name in names]
        if byline == version.byline:
            continue
        was, version.byline = version.hash, byline
        version.hash = version.fingerprint()
        version.note = _without_names(version.note, mine, leaving)
        Version.objects.filter(pk=version.pk).update(byline=byline, hash=version.hash, note=version.note)
        if held.approved_version_id == version.pk and held.approved_hash == was:
            held.silent_hash = version.hash if held.went_on_without_reply else ''
            held.noted_hash = version.hash if held.approved_elsewhere else ''
            held.approved_hash = version.hash
            held.save(update_fields=['approved_hash', 'silent_hash', 'noted_hash'])


def _is_theirs(name: PrintedName, mine: Authorship | None, leaving: Leaving) -> bool:
    if name.person is not None:
        return name.person == leaving.person.pk
    return mine is not None and mine.printed and name.name == mine.name


def _unname(held: Submission, mine: Authorship | None, leaving: Leaving) -> None:
    """Their notes and messages are emptied; in what others wrote their name is not named any more."""
    person = leaving.person
    Message.objects.filter(submission=held, by=person).update(text=ERASED)
    held.steps.filter(by=person).update(note='', fair='', by_name=FORMER)
    for step in held.steps.exclude(note='', fair=''):
        note, fair = (_without_names(text, mine, leaving) for text in (step.note, step.fair))
        if (note, fair) != (step.note, step.fair):
            Step.objects.filter(pk=step.pk).update(note=note, fair=fair)
    for came in held.incoming.exclude(whole=''):
        whole, words = (_without_names(text, mine, leaving) for text in (came.whole, came.words))
        if (whole, words) != (came.whole, came.words):
            held.incoming.filter(pk=came.pk).update(whole=whole, words=words)
    for link in held.previews.exclude(for_whom=''):
        if (whom := _without_names(link.for_whom, mine, leaving)) != link.for_whom:
            held.previews.filter(pk=link.pk).update(for_whom=whom[:200])
    for message in Message.objects.filter(submission=held).exclude(by=person):
        if (text := _without_names(message.text, mine, leaving)) != message.text:
            Message.objects.filter(pk=message.pk).update(text=text)


def _without_names(text: str, mine: Authorship | None, leaving: Leaving) -> str:
    return leaving.unnamed(text, mine.name if mine is not None else '')


def _hand_on(held: Submission, leaving: Leaving) -> None:
    """Its editor is forgotten: whoever decides as Commissioning Editor has it from now on."""
    hand_on(held, by=None, at=leaving.at)
