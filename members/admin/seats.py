from datetime import timedelta
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members import merging
from members.admin import showing
from members.forms.seats import SeatAloneForm, SeatForm, SeatFormSet
from members.models import Membership, Person, Seat
from members.places import placing, seats
from ukis import days
from ukis.staff import StaffInline, StaffModelAdmin

ALONG = ('person', 'membership__organisation', 'membership__person', 'membership__category')


# On the page of a membership: each is a row of a form.
SHOWN = 8


class SeatInline(StaffInline):
    """Those of today, of the days to come and of the last year, and of very many those given last; all there ever
    were are in the list of seats."""

    model = Seat
    form = SeatForm
    formset = SeatFormSet
    extra = 2
    fields = [('person', 'state', 'since', 'until')]
    autocomplete_fields = ['person']

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A seat is ended, not deleted."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        lately = Q(until=None) | Q(until__gte=days.today() - timedelta(days=365))
        rows = super().get_queryset(request).filter(lately).select_related(*ALONG)
        match = request.resolver_match
        membership = unquote(match.kwargs.get('object_id', '')) if match else ''
        if not membership:
            return rows
        given_last = rows.filter(membership=membership).order_by('-pk').values('pk')
        return rows.filter(pk__in=given_last[:SHOWN])


def seats_in_words(membership: Membership) -> SafeString:
    """How many are taken; where the page has not room for all of them, where they are."""
    use = seats.use(membership)
    if use.used <= SHOWN:
        return format_html('{}', use)
    address = f'{reverse("admin:members_seat_changelist")}?membership__id__exact={membership.pk}'
    return format_html(
        '{}. Those given last stand below; all are in the <a href="{}">list of its places</a>.', use, address
    )


class LeftOverFilter(admin.SimpleListFilter):
    title, parameter_name = 'what followed', 'left'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [('over', 'no place yet after a merger or split')]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.left_over() if self.value() == 'over' else queryset


@admin.action(description='Nothing more follows these', permissions=['change'])
def let_be(its: Any, request: HttpRequest, chosen: Any) -> None:
    """Nobody is written to."""
    rows = list(chosen.filter(left_over=True).select_related('person'))
    for row in rows:
        merging.let_be(row, by=cast(Person, request.user))
    waited = f'{len(rows)} of them waited' if rows else 'None of these waited'
    messages.success(request, f'{waited} for a place after a merger or split. It is written down as settled.')


@admin.register(Seat)
class SeatAdmin(StaffModelAdmin):
    file_for_keepers = True
    actions = [let_be]
    form = SeatAloneForm
    held_first = ['membership']
    list_display = ['who', 'membership', 'state', 'came', 'since', 'until']
    list_filter = ['state', LeftOverFilter]
    list_select_related = ALONG
    search_fields = ['person__name', 'person__email', 'address', 'membership__organisation__name']
    autocomplete_fields = ['person', 'membership']

    def get_readonly_fields(self, request: HttpRequest, obj: Seat | None = None) -> list[str]:
        invited = ['address', 'invited_by', 'invited_on', 'holds_until'] if obj and obj.address else []
        followed = ['followed'] if obj and obj.left_over else []
        return [*followed, 'membership', 'came', *invited] if obj else []

    @admin.display(description='what followed')
    def followed(self, row: Seat) -> SafeString:
        """Where a place can be given: of each successor's membership how many are left."""
        said = []
        for one in row.membership.organisation.successions.select_related('successor'):  # type: ignore[union-attr]
            place = placing.open_places(one.successor)
            there = (
                showing.link(place, f'give a place in it: {seats.use(place)}')
                if place
                else 'no membership today'
            )
            said.append((one, there))
        after = 'If nothing is to follow, say so in the list of places: tick this one, “Nothing more follows these”.'
        return format_html('{}. {}', format_html_join('. ', '{}: {}', said), after)

    @admin.display(description='whose', ordering='person')
    def who(self, row: Seat) -> str:
        return row.who

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Seat, form: Any, change: bool) -> None:
        by, tells = cast(Person, request.user), seats.tell_whose_it_is
        seats.keep_seats(obj.membership, by=by, seats=[obj], tells=tells)
        if (use := seats.use(obj.membership)).beyond:
            messages.warning(request, f'More places than the membership has: {use}.')
