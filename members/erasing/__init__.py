"""Forgetting somebody at their own wish: asked for, a week in which it can be taken back, and then done by the clock.

It is refused to the last Administrator alone, until somebody else is one. Whose last main contact goes is a matter
between the organisation and the staff, who hear of it.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest, Lower
from django.urls import reverse
from django.utils import timezone

from members import letters, likeness, moving, staffing
from members.erasing import forgetting, known_again
from members.letters import recipients
from members.meeting import introducing
from members.models import (
    Application,
    DataRequest,
    Erasure,
    GiftAidDeclaration,
    Membership,
    Office,
    Organisation,
    Payment,
    Person,
    Seat,
)
from members.models.erasures import WAITS
from members.money import gift_aid, up_front
from members.organisations import offices
from ukis import clock, days, erasing, merging, pictures
from ukis import letters as outbox
from ukis.engine import hold, locked
from ukis.erasing import FORMER
from ukis.letters.forgetting import RECEIPT, forget_receipt, letters_to
from ukis.letters.models import Letter
from ukis.merging import MergePair, MergeRule
from ukis.personal import Leaving
from ukis.pictures.models import Picture
from ukis.refusals import NotAllowed, NotNow

KINDS = {
    'erasure_asked': 'Erasure asked for',
    'erasure_taken_back': 'Erasure taken back',
    RECEIPT: 'Erasure done',
    'erasure_waits': 'An erasure waits for another Administrator',
    'erasure_posts': 'Posts to be taken down after an erasure',
}
PURPOSE = 'erasure'
SWEPT_AFTER = timedelta(days=1)
AT_ONCE = 20

log = logging.getLogger(__name__)


@transaction.atomic
def ask(
    person: Person,
    *,
    by: Person | None,
    bylines: str,
    arrived_on: date | None = None,
    at: datetime | None = None,
    successors: Mapping[Office, Person] | None = None,
) -> Erasure:
    """By the person, by staff for whoever wrote to them, or by the clock (None; `members.erasing.former`). They get a
    letter by which it can be taken back; asked for twice it is one. NotNow for the last Administrator. `successors`
    take offices at once that would fall vacant."""
    if by is not None and by.pk != person.pk and not may_start(by, person):
        raise NotAllowed('Only an Administrator starts this for somebody of the staff.')
    offices.hand_over(successors or {}, by=by)
    staffing.lock()  # of two Administrators who ask at once the second reads of the first
    moving.lock(person)
    standing = of(person)
    if standing is not None:
        return standing
    if refusal := why_not(person):
        raise NotNow(refusal)
    at = at or timezone.now()
    row = Erasure.objects.create(
        person=person,
        bylines=bylines,
        arrived_on=arrived_on or days.london_day(at),
        asked_at=at,
        asked_by=by,
        due_at=at + WAITS,
    )
    kind = ContentType.objects.get_for_model(Erasure)
    link = {'view': 'erasure_back', 'purpose': PURPOSE, 'days': WAITS.days, 'about': [kind.pk, row.pk]}
    _tell('erasure_asked', row, recipients.of_person(person), link=link, themselves=by == person)
    return row


@transaction.atomic
def take_back(erasure: Erasure, *, by: Person | None) -> Erasure:
    """By the person, or by whoever has the link of their letter (`by` is None): nothing was done yet."""
    if by is not None and by.pk != erasure.person_id:
        raise NotAllowed('Only the person themselves takes this back.')
    row = locked(erasure, 'person')
    if row.taken_back_at is not None:
        return row
    if not row.can_be_taken_back:
        raise NotNow('It has begun already and cannot be taken back.')
    row.taken_back_at = timezone.now()
    row.save(update_fields=['taken_back_at'])
    _tell('erasure_taken_back', row, recipients.of_person(row.person))
    return row


@transaction.atomic
def settle(erasure: Erasure) -> Erasure:
    """Staff have decided what becomes of the posts."""
    row = locked(erasure)
    row.settled_at = row.settled_at or timezone.now()
    row.save(update_fields=['settled_at'])
    return row


def of(person: Person) -> Erasure | None:
    """The one that stands: asked for, or done."""
    return Erasure.objects.filter(person=person, taken_back_at=None).first()


def why_not(person: Person) -> str:
    """Why it can neither be asked for nor done, or nothing."""
    why = staffing.why_last(person)
    return f'{why}, on their page in the admin; then it can be done.' if why else ''


def may_start(by: Person, person: Person) -> bool:
    may = by.has_perm('members.change_person')
    return may and (staffing.may_give_roles(by) or not staffing.is_of_staff(person))


def register() -> None:
    """What the outbox, the clock and the cellar must know of it."""
    outbox.register_subject(
        'members.erasure',
        outbox.Subject(
            letters.kept_from,
            lambda row: reverse('admin:erasures'),
            kinds=KINDS,
            left=_receipt_went,
            recalled=_receipt_went,
            given_up=_receipt_went,
        ),
    )
    clock.register('members: forget people', timedelta(minutes=10), carry_out_due)
    erasing.register_step(leave)
    merging.rules(
        'members.person', MergeRule(column='members.erasure.person', words='Requests to be forgotten')
    )
    merging.way_of('members.person').refuses.append(_asked_to_go)


def _asked_to_go(pair: MergePair) -> str:
    standing = Erasure.objects.filter(person__in=[pair.kept.pk, pair.gone.pk], taken_back_at=None)
    row = standing.select_related('person').first()
    return f'{row.person} has asked to be forgotten. What is asked for goes first.' if row else ''


def carry_out(erasure: Erasure, *, at: datetime | None = None, again: bool = False) -> bool:
    """Whether it was done; `again`: after a restore, of which nobody is written to, and which nobody can refuse.

    First nobody can act as the person any more; then all the rest, in one transaction, so that
    whatever is under way meanwhile has been before it or finds the door closed."""
    at = at or timezone.now()
    if not _close(erasure, at, again=again):
        return False
    with transaction.atomic():
        row = locked(erasure, 'person')
        if row.done_at is not None:
            return False
        _empty(row, at, tells=not again)
    return True


@transaction.atomic
def _close(erasure: Erasure, at: datetime, *, again: bool) -> bool:
    row = locked(erasure, 'person')
    if row.taken_back_at is not None or row.due_at > at:
        return False
    if not again and row.asked_by_id is None and (row.person.last_login or row.asked_at) > row.asked_at:
        row.taken_back_at = at  # who signs in is here again
        row.save(update_fields=['taken_back_at'])
        return False
    if row.closed_at is None:
        staffing.lock()
        moving.lock(row.person)
        if not again and (reason := why_not(row.person)):
            to = [*recipients.of_person(row.person), *recipients.staff()]
            _tell('erasure_waits', row, to, reason=reason, page=letters.address_of('admin:erasures'))
            return False
        Person.objects.filter(pk=row.person_id).update(is_active=False)
        for session in UserSession.objects.filter(user=row.person_id):
            session.end()
        row.closed_at = at
        row.save(update_fields=['closed_at'])
    return True


def _empty(row: Erasure, at: datetime, *, tells: bool) -> None:
    person = Person.objects.get(pk=row.person_id)
    rows = erasing.preview(person)
    row.of_staff = staffing.is_of_staff(person)
    leaving = as_known(person, at=at, choice=row.bylines, of_staff=row.of_staff)
    row.marks = known_again.marks_of(person)
    if person.email and tells:
        to = [recipients.Addressee(person.printed_name, person.email, person)]
        _tell(RECEIPT, row, to, rows=rows, bylines=row.get_bylines_display())
    erasing.erase(leaving)
    for membership in Membership.objects.filter(person=person).order_by('pk'):
        up_front.credit_beyond(
            membership, tell=False
        )  # numbers are drawn last of all, and nobody is there to be told
    row.files = [*row.files, *pictures.let_go(leaving.pictures)]
    row.posts = leaving.asked_down
    row.receipt = [[one.words, one.fate, one.count] for one in rows]
    row.done_at = at
    row.save()
    if row.posts and tells:
        page = letters.address_of('admin:erasures')
        _tell('erasure_posts', row, recipients.staff(), page=page, posts=row.posts)
    for letter in Letter.objects.about(row).filter(kind=RECEIPT, state=Letter.State.SUPPRESSED):
        forget_receipt(letter)


def carry_out_due(now: datetime) -> None:
    """By the clock. One that fails keeps no other from its turn, and is tried again."""
    failed = []
    due: list[tuple[Erasure, Any]] = [
        (row, carry_out) for row in Erasure.objects.due(now).order_by('due_at', 'pk')[:AT_ONCE]
    ]
    late = Erasure.objects.filter(done_at__lte=now - SWEPT_AFTER, swept_at=None).order_by('pk')
    for row, verb in [*due, *((row, sweep) for row in late[:AT_ONCE])]:
        try:
            verb(row, at=now)
        except Exception as error:
            log.exception('%s could not be carried out', row)
            failed.append(error)
    for row in Erasure.objects.exclude(files=[]).order_by('pk')[:AT_ONCE]:
        for name in row.files:
            pictures.forget_file(name)
        Erasure.objects.filter(pk=row.pk, files=row.files).update(files=[])
    if failed:
        raise failed[0]


def sweep(erasure: Erasure, *, at: datetime) -> None:
    """Once more: what somebody's last request had in hand, and letters of theirs that were still to leave."""
    with transaction.atomic():
        row = locked(erasure, 'person')
        leaving = as_known(row.person, at=at, choice=row.bylines, of_staff=row.of_staff)
        erasing.erase(leaving)
        row.files = [*row.files, *pictures.let_go(leaving.pictures)]
        row.swept_at = at
        row.save(update_fields=['files', 'swept_at'])


def as_known(person: Person, *, at: datetime, choice: str = '', of_staff: bool = False) -> Leaving:
    """By which names and addresses somebody is found where no key leads to them."""
    addresses = likeness.addresses_of(person)
    others = EmailAddress.objects.exclude(user=person).annotate(small=Lower('email'))
    addresses -= set(others.filter(small__in=addresses).values_list('small', flat=True))
    names = {person.printed_name, person.name} - {FORMER}
    uploaded = Picture.objects.filter(uploaded_by=person).values_list('pk', flat=True)
    pictures_of = {*uploaded, *([person.photo_id] if person.photo_id else [])}
    return Leaving(
        person=person,
        choice=choice,
        at=at,
        names=tuple(sorted(names, key=len, reverse=True)),
        addresses=tuple(sorted(addresses)),
        of_staff=of_staff,
        pictures=pictures_of,
    )


def leave(leaving: Leaving) -> None:
    """Seats, offices and the membership of their own end. Nothing that stands beside them can refuse it."""
    person, today = leaving.person, days.today()
    staffing.lock()  # first, as whoever merges people does
    for declaration in GiftAidDeclaration.objects.standing().filter(person=person):
        gift_aid.cancel_on(declaration, today)  # from then on the clock counts until it is emptied
    invited = Seat.objects.unanswered().filter(address__in=leaving.addresses)
    own, in_others = Q(person=person), Q(seats__person=person)
    touched: list[Any] = list(Membership.objects.filter(own | in_others).distinct().order_by('pk'))
    hold(Membership.objects, {*(row.pk for row in touched), *invited.values_list('membership', flat=True)})
    invited.delete()
    for membership in touched:
        row = Membership.objects.locked(membership.pk)
        seats = row.seats.filter(person=person, state__in=[*Seat.TAKEN, Seat.State.ASKED])
        seats = seats.exclude(until__lt=today)  # one that is over stays as it was
        seats.update(state=Seat.State.ENDED, until=Greatest('since', days.day_before(today)))
        if row.person_id == person.pk and (row.ended_on is None or row.ended_on > today):
            row.ended_on, row.ended_why = max(row.joined_on, today), 'Their data was erased'
            row.save(update_fields=['ended_on', 'ended_why'])
    offices.leave_all(person, by=None)
    touched += Organisation.objects.filter(offices__person=person).distinct()
    touched += Application.objects.filter(person=person)
    touched += Payment.objects.filter(membership__person=person)
    touched += introducing.recall(person)
    touched += forgetting.reasons(leaving)
    told = [*forgetting.letters_about(touched), *forgetting.letters_that_name(leaving)]
    for letter in told:
        forgetting.unname_letter(leaving, letter)
    asked = DataRequest.objects.filter(Q(person=person) | Q(email__in=leaving.addresses))
    theirs = letters_to(leaving)
    forgetting.unname_history(leaving, [*touched, *told, *asked, *theirs])


def _tell(kind: str, row: Erasure, to: Any, **facts: Any) -> None:
    letters.tell(kind, to, row, key=f'erasure {row.pk}', **facts)


def _receipt_went(letter: Letter) -> None:
    """The receipt has left, or never will: the outbox forgets to whom."""
    if letter.kind == RECEIPT:
        forget_receipt(letter)
