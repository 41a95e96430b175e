"""A letter to many: first who would get it and who not and why, then once, by the outbox."""

import hashlib
import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from members.models import Mailing, Membership, Office, Organisation, Person
from ukis import engine, letters
from ukis.letters.choosing import choice_of, unwanted_by
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotNow
from ukis.society.models import Society

MOST = 5_000
# How many letters are written in one transaction, and in how many of these the clock does so before others' turn.
AT_ONCE, AT_A_TIME = 100, 5
# Of how many it looks for one of which some can be written.
WAITING = 20
Chosen = Mailing.Chosen
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reached:
    person: Person
    why: str

    @property
    def name(self) -> str:
        return self.person.printed_name

    @property
    def address(self) -> str:
        return self.person.email or ''


@dataclass(frozen=True)
class LeftOut:
    name: str
    why: str


@dataclass
class Audience:
    letter: str  # its words, its kind, and to which contacts
    recipients: list[Reached] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """The same while the same people would get the same words."""
        keys = [self.letter, *sorted(f'{one.person.pk} {one.address}' for one in self.recipients)]
        return hashlib.sha256('\n'.join(keys).encode()).hexdigest()[:32]


@transaction.atomic
def begin(of: str, keys: Sequence[int], *, by: Person) -> Mailing:
    """NotNow for none and for more than can be looked through."""
    if not keys:
        raise NotNow('Choose to whom you write.')
    if len(keys) > MOST:
        raise NotNow(f'Choose at most {MOST:,} at once: narrow the list first.')
    offices = [] if of == Chosen.PEOPLE else [Office.Role.MAIN.value]
    return Mailing.objects.create(of=of, keys=list(keys), offices=offices, by=by, at=timezone.now())


def audience(mailing: Mailing) -> Audience:
    """Who would get it today, each once, and who would not."""
    named, gone = _reached(mailing)
    words = (mailing.subject, mailing.words, mailing.kind, mailing.offices)
    found = Audience('\n'.join(map(str, words)), left_out=gone)
    people = [person for person, _ in named if person.email]
    scopes = _scopes_of(one.email or '' for one in people)
    choice = choice_of(mailing.kind)
    unwanted = unwanted_by(people, choice) if choice else set()
    for person, reasons in named:
        why = _why_not(person, scopes.get(person.email or '', set()), unwanted, mailing)
        if why:
            found.left_out.append(LeftOut(person.printed_name, why))
        else:
            found.recipients.append(Reached(person, '; '.join(dict.fromkeys(reasons))))
    found.recipients.sort(key=lambda one: (one.person.sorted_as, one.person.pk))
    found.left_out.sort(key=lambda one: one.name.casefold())
    return found


def _reached(mailing: Mailing) -> tuple[list[tuple[Person, list[str]]], list[LeftOut]]:
    """People with why each gets it; those that were chosen and lead to nobody."""
    if mailing.of == Chosen.PEOPLE:
        people = Person.objects.filter(pk__in=mailing.keys)
        return [(one, ['chosen from the list of people']) for one in people], []
    found: dict[int, tuple[Person, list[str]]] = {}
    gone: list[LeftOut] = []
    bodies: dict[int, str] = {}
    if mailing.of == Chosen.MEMBERSHIPS:
        rows = Membership.objects.filter(pk__in=mailing.keys).select_related('person', 'organisation')
        for row in rows:
            if row.person:
                found.setdefault(row.person.pk, (row.person, []))[1].append(f'holds membership {row.number}')
            elif row.organisation:
                bodies[row.organisation.pk] = row.organisation.name
    else:
        bodies = dict(Organisation.objects.filter(pk__in=mailing.keys).values_list('pk', 'name'))
    held = Office.objects.current().filter(organisation__in=bodies, role__in=mailing.offices)
    reached = set()
    for office in held.select_related('person').order_by('organisation', 'pk'):
        reached.add(office.organisation_id)
        why = f'{office.get_role_display()} of {bodies[office.organisation_id]}'
        found.setdefault(office.person_id, (office.person, []))[1].append(why)
    wanted = ' or '.join(Office.Role(one).label for one in mailing.offices)
    gone += [LeftOut(name, f'has no {wanted}') for pk, name in bodies.items() if pk not in reached]
    return list(found.values()), gone


def _scopes_of(addresses: Iterable[str]) -> dict[str, set[str]]:
    rows = SuppressedAddress.objects.standing().filter(address__in=list(addresses))
    found: dict[str, set[str]] = {}
    for address, scope in rows.values_list('address', 'scope'):
        found.setdefault(address, set()).add(scope)
    return found


def _why_not(person: Person, scopes: set[str], unwanted: set[int], mailing: Mailing) -> str:
    if not person.email:
        return 'has no address'
    if not person.is_active:
        return 'may not sign in any more'
    if SuppressedAddress.Scope.ALL in scopes:
        return 'the address takes no letters'
    if mailing.kind == Mailing.Kind.REFUSABLE:
        if SuppressedAddress.Scope.REFUSABLE in scopes:
            return 'refuses such letters'
        if person.pk in unwanted:
            return 'did not ask for such letters, or said no to them'
    return ''


@transaction.atomic
def send(mailing: Mailing, *, by: Person, seen: str) -> Mailing:
    """To all who would get it, once, however often somebody says so: the first letters are written at once, the others
    by the clock. NotNow where that changed since it was seen."""
    held = engine.locked(mailing, 'by')
    if held.is_sent:
        return held
    _refuse_unwritten(held)
    found = audience(held)
    if not found.recipients:
        raise NotNow('Nobody would get it.')
    if found.mark != seen:
        raise NotNow(
            'Who would get it, or what it says, has changed since you looked: look through it again.'
        )
    held.sent_at, held.sent_by = timezone.now(), by
    held.left = [one.person.pk for one in found.recipients]
    held.save(update_fields=['sent_at', 'sent_by'])
    _write(held)
    return held


def go_on(now: datetime) -> None:
    """By the clock: of what was sent and is not all written, the next letters. Where none of them can be written, those
    of the next have their turn."""
    for row in Mailing.objects.filter(to_write__gt=0).order_by('sent_at', 'pk')[:WAITING]:
        if _written_of(row):
            break


def _written_of(row: Mailing) -> bool:
    """Whether any was."""
    before = left = row.to_write
    for _ in range(AT_A_TIME):
        now = write_next(row).to_write
        if now in (0, left):
            return now < before
        left = now
    return True


@transaction.atomic
def write_next(mailing: Mailing) -> Mailing:
    """Who dies in the middle has written none of these, and they are written by whoever comes next."""
    held = engine.locked(mailing, 'sent_by')
    if held.to_write:
        _write(held)
    return held


def _write(held: Mailing) -> None:
    """Of a mailing that is held the next letters."""
    by = (
        held.sent_by if held.sent_by and held.sent_by.is_staff else None
    )  # who went meanwhile hinders nothing
    now, later = held.left[:AT_ONCE], held.left[AT_ONCE:]
    people = Person.objects.in_bulk(now)
    failed: list[int] = []
    for key in now:
        if key in people:
            try:
                with transaction.atomic():
                    held.letters += _queue(held, people[key], by, held.kind) is not None
            except (OperationalError, InterfaceError):
                raise  # the database is away: nobody's letter is to blame
            except Exception as error:
                failed.append(key)
                _note(held, people[key], error)
    held.left = later + failed  # these come last, and hinder nobody
    held.to_write = len(held.left)
    if not held.left:
        held.trouble = ''
    held.save(update_fields=['left', 'to_write', 'letters', 'trouble'])


def _note(held: Mailing, person: Person, error: Exception) -> None:
    trouble = f'The letter to {person.printed_name} cannot be written: {error}'[:300]
    if not held.trouble:  # told once, not each time it is tried
        log.error('Letter to many %s: %s', held.pk, trouble, exc_info=error)
    held.trouble = trouble


def send_test(mailing: Mailing, *, by: Person) -> None:
    """To whoever writes it, as often as they like."""
    _refuse_unwritten(mailing)
    _queue(mailing, by, by, 'mailing_test', f' {secrets.token_urlsafe(6)}')


def _queue(mailing: Mailing, to: Person, by: Person | None, kind: str, occasion: str = '') -> Letter | None:
    society = Society.get()
    return letters.queue(
        kind=kind,
        key=f'mailing {mailing.pk}{occasion} {kind} {to.pk}',
        about=mailing,
        to=to,
        subject=mailing.subject,
        body=letters.without_places(
            f'Dear {to.printed_name},\n\n{mailing.words.strip()}\n\n{society.name}\n'
        ),
        reply_to=society.office_address,
        by=by,
    )


def _refuse_unwritten(mailing: Mailing) -> None:
    if not mailing.subject.strip() or not mailing.words.strip():
        raise NotNow('Write a subject and the words first.')
