"""The status of a membership: computed, never typed. The rules stand here once, as one ordered CASE.

A term covers from its start to `cover_end`, and nothing after the day on which the membership ends. Dates are
London's and inclusive. The first rule that fits wins. Source of the rules: the Society's membership policy,
section 'Status'.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from ukis import days

if TYPE_CHECKING:
    from members.models.memberships import MembershipQuerySet

DUE_DAYS = 60
RENEW_DAYS = 90
LAPSED_MONTHS = 24


class Status(StrEnum):
    ENDED = 'ended'
    SUSPENDED = 'suspended'
    DUE = 'due'
    ACTIVE = 'active'
    STARTING = 'starting'
    AWAITING_PAYMENT = 'awaiting payment'
    GRACE = 'grace'
    LAPSED = 'lapsed'
    FORMER = 'former'


@dataclass(frozen=True)
class Rights:
    is_member: bool
    listed: bool
    may_submit: bool


_YES = Rights(is_member=True, listed=True, may_submit=True)
_NO = Rights(is_member=False, listed=False, may_submit=False)
RIGHTS = {status: _YES if status in (Status.DUE, Status.ACTIVE, Status.GRACE) else _NO for status in Status}
LISTED = [status for status, rights in RIGHTS.items() if rights.listed]
MAY_SUBMIT = [status for status, rights in RIGHTS.items() if rights.may_submit]


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the month's last where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for dom in range(day.day, 27, -1):
        try:
            return date(year, month + 1, dom)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def annotate(memberships: 'MembershipQuerySet', on: date) -> 'MembershipQuerySet':
    """Adds `status` and the facts its sentence names: cover_until, cover_from, last_cover, suspended_why,
    suspended_until.

    Cover stops on the day of a set end: `cover_until`, `cover_from` and `grace_until` hold to that.
    """
    # Reached through the rows themselves: the rules stand below the models and name none of them.
    terms: Any = memberships.model._meta.get_field('terms').related_model
    overrides: Any = memberships.model._meta.get_field('overrides').related_model

    covers = terms.objects.filter(
        membership=OuterRef('pk'), cover_end__isnull=False, cover_end__gte=F('start')
    )
    # Asks of the end first: where no term ends later, and few do, no day needs to be reckoned.
    goes_on = terms.objects.filter(
        membership=OuterRef('membership'),
        cover_end__gt=OuterRef('cover_end'),
        start__lte=OuterRef('day_after'),
    )
    # A stretch of cover that stops in the window: its next day is in no other stretch.
    stops = (
        covers.filter(cover_end__gte=on)
        .annotate(day_after=ExpressionWrapper(F('cover_end') + timedelta(days=1), output_field=DateField()))
        .filter(~Exists(goes_on))
    )
    now = covers.filter(start__lte=on, cover_end__gte=on)
    suspension = overrides.objects.filter(
        membership=OuterRef('pk'), status='suspended', start__lte=on
    ).filter(Q(until=None) | Q(until__gte=on))
    lasting = suspension.order_by(F('until').desc(nulls_first=True), 'pk')

    def of(rows: Any, value: Any, field: Any) -> Subquery:
        return Subquery(
            rows.order_by().values('membership').annotate(found=value).values('found'), output_field=field
        )

    def ends_before(day: str) -> Q:
        return Q(ended_on__isnull=False, ended_on__lt=F(day))

    def until_the_end(day: str) -> Case:
        return Case(When(ends_before(day), then=F('ended_on')), default=F(day), output_field=DateField())

    after = ExpressionWrapper(
        F('cover_end')
        + ExpressionWrapper(
            Cast('membership__category__grace_days', IntegerField()) * Value(timedelta(days=1)),
            DurationField(),
        ),
        output_field=DateField(),
    )
    # Longer where no letter reached anybody.
    # To PostgreSQL a day and an interval make a moment.
    grace = Cast(Case(When(held_until__gt=after, then=F('held_until')), default=after), DateField())
    facts = memberships.annotate(
        today=Value(on, DateField()),
        covered=Exists(now),
        stretch_ends=Case(
            When(Exists(now), then=of(stops, Min('cover_end'), DateField())), output_field=DateField()
        ),
        last_cover=of(covers.filter(cover_end__lt=on), Max('cover_end'), DateField()),
        next_cover=of(covers.filter(start__gt=on), Min('start'), DateField()),
        suspended=Exists(suspension),
        suspended_why=Subquery(lasting.values('reason')[:1], output_field=CharField()),
        suspended_until=Subquery(lasting.values('until')[:1], output_field=DateField()),
        grace_ends=of(covers.filter(cover_end__lt=on), Max(grace), DateField()),
        held_until=of(covers, Max('held_until'), DateField()),
        has_term=ExpressionWrapper(Exists(terms.objects.filter(membership=OuterRef('pk'))), BooleanField()),
    )
    soon = on + timedelta(days=DUE_DAYS)
    # Asks for the bare facts: what is worked out of them below would be nested in it once more for each use.
    ruled = facts.annotate(
        status=Case(
            When(ended_on__lt=on, then=Value(Status.ENDED)),
            When(suspended=True, then=Value(Status.SUSPENDED)),
            When(
                Q(covered=True) & (Q(stretch_ends__lte=soon) | Q(ended_on__lte=soon)), then=Value(Status.DUE)
            ),
            When(covered=True, then=Value(Status.ACTIVE)),
            When(
                Q(last_cover=None, next_cover__isnull=False) & ~ends_before('next_cover'),
                then=Value(Status.STARTING),
            ),
            When(last_cover=None, then=Value(Status.AWAITING_PAYMENT)),
            When(grace_ends__gte=on, then=Value(Status.GRACE)),
            When(last_cover__gt=months_before(on, LAPSED_MONTHS), then=Value(Status.LAPSED)),
            default=Value(Status.FORMER),
            output_field=CharField(),
        )
    )
    return ruled.annotate(
        cover_until=until_the_end('stretch_ends'),
        cover_from=Case(
            When(ends_before('next_cover'), then=None), default=F('next_cover'), output_field=DateField()
        ),
        grace_until=until_the_end('grace_ends'),
    )


def narrow(
    memberships: 'MembershipQuerySet', status: Status, on: date, longest_grace: timedelta
) -> 'MembershipQuerySet':
    """Leaves out most that cannot have this status, by days that an index finds: the rule itself is dear.

    `longest_grace`: of all categories.
    """
    terms: Any = memberships.model._meta.get_field('terms').related_model
    overrides: Any = memberships.model._meta.get_field('overrides').related_model
    soon = on + timedelta(days=DUE_DAYS)

    def with_term(**days: Any) -> Q:
        return Q(pk__in=terms.objects.filter(**days).order_by().values('membership'))

    running = memberships.filter(Q(ended_on=None) | Q(ended_on__gte=on))
    covered = with_term(start__lte=on, cover_end__gte=on)
    match status:
        case Status.ENDED:
            return memberships.filter(ended_on__lt=on)
        case Status.SUSPENDED:
            suspended = overrides.objects.filter(start__lte=on).order_by().values('membership')
            return memberships.filter(pk__in=suspended)
        case Status.DUE:
            return running.filter(with_term(cover_end__range=(on, soon)) | Q(ended_on__range=(on, soon)))
        case Status.ACTIVE:
            return running.filter(covered)
        case Status.STARTING:
            return running.filter(with_term(start__gt=on)).exclude(covered)
        case Status.GRACE:
            lately = with_term(cover_end__range=(on - longest_grace, on)) | with_term(held_until__gte=on)
            return running.filter(lately).exclude(covered)
        case Status.LAPSED:
            since = months_before(on, LAPSED_MONTHS)
            return running.filter(with_term(cover_end__range=(since, on))).exclude(covered)
        case Status.FORMER:
            return running.filter(with_term(cover_end__lt=on)).exclude(covered)
        case Status.AWAITING_PAYMENT:
            return running.exclude(with_term(cover_end__lt=on)).exclude(covered)


def may_renew(membership: Any) -> bool:
    """Whether whoever holds it may renew on that day; takes a row that `annotate` has been over."""
    if membership.status == Status.ACTIVE:
        return membership.cover_until - timedelta(days=RENEW_DAYS) <= membership.today
    return membership.status in (Status.DUE, Status.GRACE, Status.LAPSED)


def _day(day: date | None) -> str:
    return days.in_words(day) if day else 'an unknown day'


def sentence(membership: Any, beside: str = '') -> str:
    """Why the row has its status, for staff and members alike; takes a row that `annotate` has been over. `beside`:
    what else stands behind it, as `members.renewals.grounds` finds."""
    reason = f'{_reason(membership).removesuffix(".")}{beside}.'
    said, end = reason + _kept_on(membership), membership.ended_on
    if end is None or membership.status == Status.ENDED or _stops_at_its_end(membership):
        return said  # which names the end already
    return f'{said} The membership ends on {_day(end)}{_why(membership)}.'


def _kept_on(membership: Any) -> str:
    """Of one that would have lapsed, or will, before anybody heard of it."""
    held, status = membership.held_until, membership.status
    in_grace = status == Status.GRACE and held == membership.grace_until
    covered = status == Status.DUE and held and held > membership.cover_until and not membership.ended_on
    if not (in_grace or covered):
        return ''
    return f' It is kept on until {_day(held)}, because no letter about its end had reached anybody.'


def _stops_at_its_end(membership: Any) -> bool:
    is_covered = membership.status in (Status.DUE, Status.ACTIVE)
    return is_covered and membership.cover_until == membership.ended_on


def _why(membership: Any) -> str:
    return f': {membership.ended_why.rstrip(".")}' if membership.ended_why else ''


def _reason(membership: Any) -> str:
    match membership.status:
        case Status.ENDED:
            return f'Ended on {_day(membership.ended_on)}{_why(membership)}.'
        case Status.SUSPENDED:
            last = membership.suspended_until
            until = f' until {_day(last)}' if last else ''
            return f'Suspended{until}: {membership.suspended_why.rstrip(".")}.'
        case Status.DUE if _stops_at_its_end(membership):
            return f'Due: the membership ends on {_day(membership.ended_on)}{_why(membership)}.'
        case Status.DUE:
            return f'Due: cover stops on {_day(membership.cover_until)}.'
        case Status.ACTIVE:
            ends = f', when the membership ends{_why(membership)}' if _stops_at_its_end(membership) else ''
            return f'Active until {_day(membership.cover_until)}{ends}.'
        case Status.STARTING:
            return f'Starts on {_day(membership.cover_from)}.'
        case Status.AWAITING_PAYMENT if membership.next_cover:
            return (
                f'Never covered: its first paid term begins on {_day(membership.next_cover)}, after its end.'
            )
        case Status.AWAITING_PAYMENT if membership.has_term:
            return 'Awaiting payment: no term has been paid yet.'
        case Status.AWAITING_PAYMENT:
            return 'Awaiting payment: no term has been recorded yet.'
        case Status.GRACE:
            return f'In grace until {_day(membership.grace_until)}: cover ended on {_day(membership.last_cover)}.'
        case Status.LAPSED:
            return f'Lapsed: cover ended on {_day(membership.last_cover)}, and the days of grace are over.'
        case _:
            return f'A former member: cover ended on {_day(membership.last_cover)}.'
