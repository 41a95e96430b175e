"""What becomes of the rows about somebody who was here twice, table by table."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils import timezone

from members import staffing
from members.merging import of_memberships, of_offices, pointing
from members.models import Affiliation, GiftAidDeclaration, Introduction, Person, Seat
from members.money import gift_aid
from ukis import days, merging
from ukis.letters.choosing import CHOICES, wants
from ukis.letters.models import Consent, SuppressedAddress
from ukis.merging import MergeChoice, MergePair, MergeRule

State = Introduction.State
OPEN = (State.ASKED, State.ACCEPTED)
FIELDS = {
    'name': 'Which name is printed from now on?',
    'biography': 'Which biography?',
    'photo': 'Which photo?',
    'orcid': 'Which ORCID?',
    'nation': 'Which nation?',
    'website': 'Which website?',
    'postal_address': 'Which postal address?',
}


def fields(pair: MergePair) -> Iterator[MergeChoice]:
    shown: dict[str, Any] = {
        'photo': partial(pointing.as_shown, pair.kept.photo),
        'nation': lambda nation: Person(nation=nation).get_nation_display(),
    }
    for name, question in FIELDS.items():
        yield from pointing.between(pair, name, question, shown.get(name, str))


def addresses(pair: MergePair) -> Iterator[MergeChoice]:
    """Which one letters go to, of those that either has confirmed."""
    if len(found := addresses_of(pair)) < 2:  # noqa: PLR2004
        return
    options = [(str(at), one.email) for at, one in enumerate(found)]
    main = next((key for key, email in options if email == (pair.kept.email or pair.gone.email)), '0')
    help_text = 'The others stay with the account, and sign in too.'
    yield MergeChoice('email', 'Which address do letters go to?', options, main, help_text)


def addresses_of(pair: MergePair) -> list[EmailAddress]:
    both = EmailAddress.objects.filter(user__in=[pair.kept.pk, pair.gone.pk], verified=True)
    return sorted(both, key=lambda row: (row.user_id != pair.kept.pk, not row.primary, row.pk))


def one_seat_each(pair: MergePair) -> None:
    """Of two places in one membership the one that began first goes on."""
    for mine, other in _meeting_seats(pair):
        later = other if mine.since <= other.since else mine
        later.state, later.until = Seat.State.ENDED, pointing.ended_before_today(later.since)
        later.save(update_fields=['state', 'until'])
    asked = Seat.objects.asked_for()
    held = Seat.objects.taken().filter(person=pair.kept).values('membership')
    known = Q(membership__in=asked.filter(person=pair.kept).values('membership')) | Q(membership__in=held)
    asked.filter(known, person=pair.gone).update(state=Seat.State.WITHDRAWN)


def _meeting_seats(pair: MergePair) -> list[tuple[Seat, Seat]]:
    both = Seat.objects.taken().filter(person__in=[pair.kept.pk, pair.gone.pk]).order_by('since', 'pk')
    by_place: dict[int, dict[int, Seat]] = {}
    for seat in both:
        assert seat.person_id is not None
        by_place.setdefault(seat.membership_id, {}).setdefault(seat.person_id, seat)
    return [(two[pair.kept.pk], two[pair.gone.pk]) for two in by_place.values() if len(two) == 2]  # noqa: PLR2004


def seats_said(pair: MergePair) -> str:
    if not _meeting_seats(pair):
        return ''
    return 'Where both have a place in one membership, the one that began first goes on and the other ends.'


def offices_said(pair: MergePair) -> str:
    return (
        'Where both hold one office, the one held longer goes on.'
        if of_offices.held_twice(pair, 'person')
        else ''
    )


def one_main_affiliation(pair: MergePair) -> None:
    main = Affiliation.objects.filter(main=True, until=None)
    if main.filter(person=pair.kept).exists():
        main.filter(person=pair.gone).update(main=False)


def one_declaration_each(pair: MergePair) -> None:
    """That of the kept one stands; the other's counts for what was received before today."""
    standing = GiftAidDeclaration.objects.standing()
    if standing.filter(person=pair.kept).exists():
        for row in standing.filter(person=pair.gone):
            gift_aid.cancel_on(row, days.today())


def said_already(pair: MergePair) -> Q:
    """That they work at a place in a job, where both say so."""
    mine = Affiliation.objects.filter(person=pair.kept, until=None).values_list('organisation', 'job_title')
    found = Q(pk__in=[])
    for place, job in mine:
        found |= Q(organisation=place, job_title=job, until=None)
    return found


def let_notes_rest(pair: MergePair) -> None:
    """Nobody is introduced to themselves, nor twice to one other. No letter tells of it."""
    now = timezone.now()
    rows = Introduction.objects.filter(state__in=OPEN)
    _end(rows.filter(between_the_two(pair)), now)
    both = {pair.kept.pk, pair.gone.pk}
    met: dict[tuple[int, int], Introduction] = {}
    for row in rows.filter(Q(asker__in=both) | Q(asked__in=both)).order_by('state', 'asked_at', 'pk'):
        one = pair.kept.pk
        two = (one if row.asker_id in both else row.asker_id, one if row.asked_id in both else row.asked_id)
        if two in met:  # 'accepted' comes before 'asked'
            _end(Introduction.objects.filter(pk=row.pk), now)
        met.setdefault(two, row)


def _end(rows: Any, now: Any) -> None:
    rows.filter(state=State.ACCEPTED).update(state=State.ENDED, ended_at=now)
    rows.filter(state=State.ASKED).update(state=State.EXPIRED)


def between_the_two(pair: MergePair) -> Q:
    return Q(asker=pair.kept.pk, asked=pair.gone.pk) | Q(asker=pair.gone.pk, asked=pair.kept.pk)


def confirmed_addresses(pair: MergePair) -> None:
    """Confirmed ones move; what the kept one has unconfirmed makes room for the same one confirmed."""
    moving = EmailAddress.objects.filter(user=pair.gone.pk, verified=True)
    EmailAddress.objects.filter(
        user=pair.kept.pk, verified=False, email__in=list(moving.values_list('email', flat=True))
    ).delete()
    EmailAddress.objects.filter(user=pair.gone.pk, verified=False).delete()
    moving.update(primary=False)


def keep_every_no(pair: MergePair) -> None:
    """Who said no under either name or address gets none of these letters until they say otherwise."""
    both = (pair.kept, pair.gone)
    refusing = SuppressedAddress.objects.standing().filter(scope=SuppressedAddress.Scope.REFUSABLE)
    none_at_all = refusing.filter(address__in=[row.email for row in both if row.email]).exists()
    for name, choice in CHOICES.items():
        said = Consent.objects.filter(choice=name)
        last = [said.filter(Q(person=row) | Q(address=row.email or '')).first() for row in both]
        answers = {one.agreed for one in last if one is not None}
        if answers == {True, False} or (none_at_all and wants(choice, pair.kept.email or '', pair.kept)):
            Consent.objects.create(
                address=pair.kept.email or pair.gone.email or '',
                person=pair.kept,
                choice=name,
                agreed=False,
                wording=choice.wording,
                form='two entries became one',
            )


def end_sign_ins(pair: MergePair) -> None:
    _end_sessions(pair.gone)


def _end_sessions(person: Person) -> None:
    for row in UserSession.objects.filter(user=person.pk):
        row.end()


def has_proved(person: Person) -> bool:
    """Whether anybody has confirmed an address of theirs: whoever set the password may be a stranger otherwise."""
    return EmailAddress.objects.filter(user=person.pk, verified=True).exists()


def forget_sign_in(person: Person) -> None:
    """By what was set before anybody had confirmed an address nobody comes to what is confirmed now."""
    person.set_unusable_password()
    Authenticator.objects.filter(user=person.pk).delete()
    _end_sessions(person)


def refused(pair: MergePair) -> str:
    kept, gone, by = pair.kept, pair.gone, pair.by
    if twice := pointing.same_twice(pair):
        return twice
    if by.pk == gone.pk:
        return (
            'You are signed in as the one that would go. Keep that one, or let somebody else merge the two.'
        )
    if staffing.is_of_staff(gone):
        return (
            f'{pointing.name_of(gone)} has a role of the staff, and roles are never inherited. Keep that one instead, '
            'or let an Administrator take the role away first.'
        )
    if staffing.is_of_staff(kept) and not staffing.may_give_roles(by):
        return f'{pointing.name_of(kept)} is of the staff: what is added there is for an Administrator to decide.'
    return ''


def register() -> None:
    """Called from `AppConfig.ready()`."""
    way = merging.way_of('members.person')
    way.choices += [fields, addresses, of_memberships.choose]
    way.refuses.append(refused)
    merging.rules(
        'members.person',
        MergeRule(
            column='account.emailaddress.user',
            words='Email addresses',
            settle=confirmed_addresses,
            but=lambda pair: Q(verified=False),
            says=pointing.said('Confirmed ones move, and sign in to the kept account; others go.'),
        ),
        MergeRule(
            column='ukis.consent.person',
            words='What they said to letters',
            settle=keep_every_no,
            says=pointing.said('Who said no under either name goes on getting none of that kind.'),
        ),
        MergeRule(
            column='mfa.authenticator.user',
            words='Second factors',
            ends=True,
            says=pointing.said('They go: the kept account has its own.'),
        ),
        MergeRule(
            column='usersessions.usersession.user',
            words='Where somebody is signed in',
            settle=end_sign_ins,
            ends=True,
            says=pointing.said('They are signed out there.'),
        ),
        *(
            MergeRule(column=f'members.person_{rights}.person', words=words, ends=True)
            for rights, words in {'groups': 'Roles', 'user_permissions': 'Rights'}.items()
        ),
        MergeRule(
            column='members.affiliation.person',
            words='Where they work',
            settle=one_main_affiliation,
            but=said_already,
            same_goes=True,
            says=pointing.said(
                'The main one of the kept entry stays the main one; what both say stands once.'
            ),
        ),
        MergeRule(
            column='members.giftaiddeclaration.person',
            words='Gift Aid declarations',
            settle=one_declaration_each,
            says=pointing.said(
                'Where both declared, that of the kept entry goes on and the other ends today.'
            ),
        ),
        MergeRule(
            column='members.membership.person',
            words='Memberships of their own',
            settle=of_memberships.end_others,
        ),
        MergeRule(
            column='members.seat.person', words='Places in memberships', settle=one_seat_each, says=seats_said
        ),
        MergeRule(
            column='members.office.person',
            words='Offices',
            settle=of_offices.one_each('person'),
            says=offices_said,
        ),
        MergeRule(
            column='members.introduction.asker',
            words='Introductions they asked for',
            settle=let_notes_rest,
            but=between_the_two,
            says=pointing.said('A no stays a no. What the two asked of each other ends.'),
        ),
        MergeRule(
            column='members.introduction.asked',
            words='Introductions asked of them',
            settle=let_notes_rest,
            but=between_the_two,
        ),
        MergeRule(column='members.sought.person', words='Topics they seek', same_goes=True),
        MergeRule(column='ukis.taggeditem.object_id', words='Topics they offer', same_goes=True),
        MergeRule(column='taggit.taggeditem.object_id', words='Tags of the package', same_goes=True),
        MergeRule(column='ukis.buffer.writer', words='What they typed and did not send'),
        MergeRule(column='ukis.buffer.object_id', words='What was typed about them and not sent'),
        MergeRule(column='ukis.reminded.object_id', words='Reminders'),
    )
