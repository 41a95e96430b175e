"""Who is named under a submission, and how; and taking one's own name off."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from blog import letters
from blog.letters.asked_by_link import FRESH
from blog.models import Authorship, PrintedName, State, Submission, Version
from blog.models.words import PRINTED
from blog.states import Savers, row_of
from blog.workflow import silent_names
from blog.workflow.engine import locked, record, wait_for_another_date
from blog.workflow.moves import EVENTS
from blog.workflow.words import refuse_unless_editing, write_version
from members.models import Person
from ukis import days, search
from ukis.refusals import NotAllowed, NotNow

ASK_AGAIN_AFTER = timedelta(days=1)


def change_byline(
    submission: Submission, *, by: Person, names: Sequence[dict], removed: Collection[int] = ()
) -> Version:
    """Sets how people are named, and in which order. Each name is a dict of Authorship fields, with `pk` for one
    that stands; `removed` are the keys of those taken off.

    Whom the caller did not know of, because somebody added them meanwhile, stays, at the end. A person or
    address that is named already is not named twice. The corresponding author cannot be taken off. A new
    version carries the byline.
    """
    with search.gathered():
        held = locked(submission)
        at = timezone.now()
        refuse_unless_editing(held, by)
        gone = held.authorships.filter(Q(pk__in=removed) | _off_and_named_anew(names))
        if gone.filter(corresponding=True).exists():
            raise NotNow('The corresponding author cannot be taken off. Withdraw the submission instead.')
        letters.ask_no_more(gone.filter(agreed_at=None), held)
        gone.delete()
        known = {name['pk'] for name in names if name.get('pk')}
        others = [{'pk': pk} for pk in held.authorships.exclude(pk__in=known).values_list('pk', flat=True)]
        for order, name in enumerate([*names, *others]):
            fields = {key: value for key, value in name.items() if key in _BYLINE_FIELDS} | {'order': order}
            if name.get('pk'):
                held.authorships.filter(pk=name['pk']).update(**fields)
            elif not _is_named_already(held, name):
                Authorship.objects.create(submission=held, **fields)
        if not held.authorships.filter(printed=True).exists():
            raise NotNow('Somebody’s name must be printed. Add the author’s name first.')
        version = write_version(held, held.current.words(), by=by, at=at, why='byline')
    submission.refresh_from_db()
    return version


def _off_and_named_anew(names: Sequence[dict]) -> Q:
    """Who came off on silence and is named again is asked anew."""
    new = [name for name in names if not name.get('pk')]
    people = Q(person__in=[name['person'] for name in new if name.get('person')])
    addresses = Q(email__in=[name['email'].lower() for name in new if name.get('email')])
    return Q(came_off_at__isnull=False) & (people | addresses)


def _is_named_already(submission: Submission, name: dict) -> bool:
    """Refuses to name the submission's own editor: they would be left with a submission that they may not touch."""
    person = name.get('person')
    if person is None:
        return submission.authorships.filter(email__iexact=name.get('email') or '–').exists()
    if person.pk == submission.editor_id:
        raise NotNow(
            f'{person.printed_name} is the editor of this submission. Ask in the conversation for another editor first.'
        )
    return submission.authorships.filter(person=person).exists()


_BYLINE_FIELDS = {'email', 'can_edit', 'printed', *PRINTED, *PrintedName().columns()}


def ask(submission: Submission, *, by: Person, authorship: Authorship) -> None:
    """Asks somebody now, and not first when it is submitted, whether they agree to be named."""
    with search.gathered():
        held = locked(submission)
        at = timezone.now()
        refuse_unless_editing(held, by)
        theirs = held.authorships.filter(pk=authorship.pk).first()
        if theirs is None or theirs.has_agreed or theirs.came_off_at:
            raise NotNow('They have answered already, or are not named any more.')
        if theirs.told_at and at - theirs.told_at < ASK_AGAIN_AFTER:
            raise NotNow('They were asked less than a day ago. Give them a little time.')
        letters.ask(theirs, held, by=by, at=at)
        if theirs.comes_off_on:  # asked once more, they have time to answer
            silent_names.give_notice(held, theirs, on=days.london_day(at))


def send_named_link(authorship: Authorship) -> None:
    """To whoever is named and holds a link that has run out: a fresh one, to the address we have."""
    if not FRESH.take(f'named {authorship.pk}'):
        return
    with search.gathered():
        held = locked(authorship.submission)
        theirs = held.authorships.select_related('person').filter(pk=authorship.pk).first()
        if theirs is not None:
            key = f'named link {theirs.pk} {timezone.now()}'
            letters.tell_named('named_link', theirs, held, by=None, key=key, facts=letters.Facts())


def agree(submission: Submission, *, by: Person | None, authorship: Authorship) -> Authorship:
    """Somebody says yes to being named. `by` is whoever is signed in where they came by their private link: they,
    or whoever has the address by which they were named, see the submission from now on. Saying it twice is one yes.
    """
    with search.gathered():
        held = locked(submission)
        at = timezone.now()
        mine = held.authorships.filter(pk=authorship.pk).first()
        if mine is None:
            raise NotNow('Your name is not on this submission any more.')
        person = mine.person or by or _owner_of(mine.email)
        if mine.has_agreed and mine.person_id == (person.pk if person else None):
            return mine
        was_off = mine.came_off_at is not None
        if was_off and (why_not := silent_names.why_not_back(held)):
            raise NotNow(why_not)
        if person and mine.person_id is None:
            _refuse_a_second_part(held, person)
            _take_in(mine, person, fills=row_of(held.state).savers == Savers.AUTHORS)
        first = mine.agreed_at is None
        mine.agreed_at = mine.agreed_at or at
        if was_off:
            mine.printed, mine.came_off_at, mine.comes_off_on = True, None, None
        mine.save()
        if was_off:
            silent_names.bring_back(held, mine, by=person, at=at)
            return mine
        if held.approved_version_id is None and row_of(held.state).byline_open:
            _carry_byline(held, by=person, at=at)
        if first:
            step = record(held, 'agree', State(held.state), by=person, at=at, note=f'{mine.name} said yes')
            facts = letters.Facts(name=mine.name)
            letters.tell_of_step(EVENTS['agree'].letters, held, step=step, by=person, hold=False, facts=facts)
    return mine


def _owner_of(address: str) -> Person | None:
    """Whoever can sign in with it: their mailbox is where the question arrived."""
    owners = Person.objects.filter(is_active=True, emailaddress__verified=True)
    return owners.filter(emailaddress__email__iexact=address).first() if address else None


def _refuse_a_second_part(submission: Submission, person: Person) -> None:
    if person.pk == submission.editor_id:
        raise NotNow(
            'You are the editor of this submission. Ask in the conversation for another editor first.'
        )
    if submission.authorships.filter(person=person).exists():
        raise NotNow('You are named on this submission already.')


def _take_in(mine: Authorship, person: Person, *, fills: bool) -> None:
    """Their name is theirs from now on. `fills`: what nobody has written yet is taken from what their profile shows
    to everybody."""
    mine.person = person
    if not fills:
        return
    affiliation = person.main_affiliation()
    mine.citation_name = mine.citation_name or person.citation_name
    if affiliation and not (mine.role or mine.affiliation or mine.organisation_id):
        mine.role, mine.organisation = affiliation.job_title, affiliation.organisation
        mine.affiliation = affiliation.organisation.name
    mine.biography = mine.biography or person.public_biography
    if mine.picture_id is None:
        mine.picture = person.public_photo


def _carry_byline(submission: Submission, *, by: Person | None, at: datetime) -> None:
    """A version with the byline as it now stands. Who read or handed in the words has read these: no letter changed."""
    before = submission.current
    version = write_version(submission, before.words(), by=by, at=at, why='agree')
    for name in ('handed_in_version', 'read_version'):
        if getattr(submission, f'{name}_id') == before.pk:
            setattr(submission, name, version)
    submission.save(update_fields=['handed_in_version', 'read_version'])


def leave(submission: Submission, *, by: Person | None, authorship: Authorship) -> None:
    """A co-author takes their own name off; `by` is None for one without a sign-in, who came by a private link."""
    with search.gathered():
        held = locked(submission)
        at = timezone.now()
        mine = held.authorships.filter(pk=authorship.pk).first()
        if mine is None:
            raise NotNow('Your name is not on this submission any more.')
        if mine.person_id != (by.pk if by else None):
            raise NotAllowed('You can take off your own name only.')
        if mine.corresponding:
            raise NotNow('The corresponding author cannot leave. Withdraw the submission instead.')
        if held.is_live_at(at):
            raise NotNow('The submission is published. Write to the editors about your name on it.')
        name, was, was_off = mine.name, State(held.state), mine.came_off_at is not None
        mine.delete()
        if was_off:
            return  # it stood there no more, and all had been told
        note = f'{name} took their name off'
        version = write_version(held, held.current.words(), by=by, at=at, why='leave', note=note)
        was_scheduled = wait_for_another_date(held, 'leave', at=at)
        if held.asked_version_id and row_of(was).asks_approval:
            held.asked_version = version
        held.save(update_fields=['asked_version'])
        step = record(held, 'leave', was, by=by, at=at, note=note)
        facts = letters.Facts(name=name, off_the_calendar=was_scheduled)
        letters.tell_of_step(EVENTS['leave'].letters, held, step=step, by=by, hold=False, facts=facts)
