"""What the page of a person and that of an organisation show of the other's, and of membership and seats."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.likeness import PersonLikeness
from members.models import Membership, Organisation, Person, Seat
from members.places import seats
from ukis import days, staff
from ukis.pictures.models import Picture
from ukis.pictures.rendering import picture_html

NONE = '–'
SEATS_SHOWN = 50


def link(row: Model, words: str = '') -> SafeString:
    """To the page on which staff keep this row, by its name or these words."""
    address = reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_change', args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, words or row)


def picture(shown: Picture | None, alt: str) -> str:
    return picture_html(shown, alt=alt, sizes='10rem', css_class='staff-picture') if shown else NONE


def picture_fields(name: str, row: Model | None, *, may: bool) -> list[str]:
    """The fields of a picture: how it stands, and what may be done about it."""
    if not may:
        return [f'{name}_shown']
    has_one = row is not None and getattr(row, f'{name}_id') is not None
    return [f'{name}_shown', f'{name}_file', f'remove_{name}'] if has_one else [f'{name}_file']


def memberships(holder: Person | Organisation) -> str:
    """Each membership of theirs with the sentence of its status; how to begin one where there is none."""
    held = 'person' if isinstance(holder, Person) else 'organisation'
    leads = staff.may_follow(holder, Membership)
    rows: Any = Membership.objects.with_status().filter(**{held: holder}).select_related('category')
    found = [
        format_html('{}: {}', link(row, words) if leads else words, row.sentence)
        for row in rows.order_by('-joined_on')
        for words in [f'Number {row.number}, {row.category}']
    ]
    if found:
        return _list(found)
    if not staff.may_add(holder, Membership):
        return SafeString('None.')
    address = reverse('admin:members_membership_add')
    return format_html('None. <a href="{}?{}={}">Begin a membership</a>', address, held, holder.pk)


def seats_of(organisation: Organisation) -> str:
    """Who has a seat in an organisation's membership today."""
    found: list[SafeString] = []
    for membership in organisation.memberships.select_related('category'):
        taken = membership.seats.taken().select_related('person')[: SEATS_SHOWN + 1]
        if not taken:
            continue
        found.append(format_html('Membership {}: {}', membership.number, seats.use(membership)))
        found += [_seat(seat, seat.person or seat.address) for seat in taken[:SEATS_SHOWN]]
        if len(taken) > SEATS_SHOWN:
            found.append(format_html('and more: they are in the {}', _all_seats(organisation)))
    return _list(found) if found else NONE


def seats_of_person(person: Person) -> str:
    """Where somebody has a seat today, and what that membership's status is."""
    standing: Any = Membership.objects.with_status().filter(seats__person=person).distinct()
    statuses = {row.pk: row.status for row in standing}
    rows = person.seats.taken().select_related('membership__organisation', 'membership__category')
    leads = staff.may_follow(person, Membership)
    found = [
        format_html('{}. The membership is: {}.', _seat(seat, of), statuses[seat.membership_id])
        for seat in rows
        for of in [seat.membership if leads else str(seat.membership)]
    ]
    return _list(found) if found else NONE


def warn_of_namesakes(request: HttpRequest, rows: Iterable[Model]) -> None:
    """Likeness warns and never blocks."""
    for row in rows:
        words = format_html('It is saved, but there is another of this name: {}. Are the two one?', link(row))
        messages.warning(request, words)


def warn_of_people_like(request: HttpRequest, alike: Iterable[PersonLikeness]) -> None:
    for one in alike:
        said = 'It is saved, but there is another with {}: {}. Are the two one?'
        messages.warning(request, format_html(said, ' and '.join(one.reasons), link(one.person)))


def _seat(seat: Seat, of: Model | str) -> SafeString:
    until = f' to {days.in_words(seat.until)}' if seat.until else ''
    who = link(of) if isinstance(of, Model) else of
    since = days.in_words(seat.since)
    return format_html('{}, {} from {}{}', who, seat.get_state_display(), since, until)


def _all_seats(organisation: Organisation) -> SafeString:
    address = reverse('admin:members_seat_changelist')
    return format_html('<a href="{}?q={}">list of places</a>', address, organisation.name)


def _list(found: list[SafeString]) -> SafeString:
    if len(found) == 1:
        return found[0]
    return format_html(
        '<ul class="staff-list">{}</ul>', format_html_join('', '<li>{}</li>', ((one,) for one in found))
    )
