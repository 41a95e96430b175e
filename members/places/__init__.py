"""Where somebody's right to write comes from, in a sentence."""

from datetime import date
from typing import Any

from members import contacts, status
from members.models import Membership, Person, Seat
from ukis import days


def places_of(person: Person) -> list[Any]:
    """Their own memberships, then those in which they have a seat, each with its status."""
    own = Membership.objects.filter(person=person).order_by().values('pk')
    seated = Seat.objects.active().filter(person=person).order_by().values('membership')
    rows = Membership.objects.with_status().select_related('organisation', 'category')
    return sorted(rows.filter(pk__in=own.union(seated)), key=lambda row: row.person_id is None)


def lets_write(places: list[Any]) -> bool:
    """Whether any of them gives the right to submit: of somebody who may sign in the same as `may_submit`."""
    return any(row.status in status.MAY_SUBMIT for row in places)


def place_sentence(person: Person, places: list[Any] | None = None) -> str:
    """`places`: as `places_of` gives them, where they are known."""
    places = places_of(person) if places is None else places
    for membership in places:
        if membership.status in status.MAY_SUBMIT:
            source = 'your own membership' if membership.person_id else membership.organisation.shown_name
            covered = membership.cover_until or membership.grace_until
            ends = [day for day in (covered, _seat_ends(membership, person)) if day]
            until = f' until {days.in_words(min(ends))}' if ends else ''
            return f'Your place comes from {source}{until}{_whom_to_ask(person, membership)}.'
    if places:
        return places[0].sentence
    return (
        'You have a sign-in and no membership yet. You can join the Society, and you can still be named on a blog '
        'and help to write it.'
    )


def _whom_to_ask(person: Person, membership: Any) -> str:
    """By name alone: addresses are shown to nobody."""
    if membership.person_id:
        return ''
    found, silent = contacts.main_with_the_silent(membership.organisation)
    if person in found:
        return '; you are its main contact'
    if person in silent and not found:
        return '; you are its main contact, and letters to you come back: ask the Society’s office'
    if not found:
        return '; it has no main contact at present, so ask the Society’s office'
    return f'; contact {" or ".join(one.printed_name for one in found)}'


def _seat_ends(membership: Any, person: Person) -> date | None:
    """The last day of this person's seat there, if one is set and it is no membership of their own."""
    if membership.person_id:
        return None
    ends: Any = (
        Seat.objects.active().filter(person=person, membership=membership).values_list('until', flat=True)
    )
    return None if None in ends else max(ends, default=None)


def gives(membership: Membership) -> str:
    """What a place there gives today, in words for whoever does not belong to it yet."""
    if lets_write([Membership.objects.with_status().get(pk=membership.pk)]):
        return 'With it you may write for the blog and meet other members.'
    return 'That membership is not in force at present: once it is, you may write for the blog and meet other members.'


def invitation_sentence(seat: Seat) -> str:
    """What became of an invitation that waits for no answer any more, and what whoever holds its link can do."""
    place = seat.membership.organisation.shown_name if seat.membership.organisation else 'the organisation'
    ask = f'ask {seat.invited_by.printed_name}' if seat.invited_by else 'ask its main contact'
    if seat.is_expired and seat.holds_until:
        until = days.in_words(seat.holds_until)
        return (
            f'This invitation held until {until}, and its place is free for others. To have another, {ask}.'
        )
    return {
        Seat.State.ACTIVE: f'This place in {place} has been taken. Sign in to find it on your page.',
        Seat.State.ENDED: f'This place in {place} has ended. Your account stays, with all you wrote.',
        Seat.State.REFUSED: f'You said no to this place, and nobody writes to you about it. If you think again, {ask}.',
        Seat.State.WITHDRAWN: f'This invitation was withdrawn. If you think that is a mistake, {ask}.',
    }.get(Seat.State(seat.state), 'This invitation waits for your answer.')
