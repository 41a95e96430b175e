"""Where people work: one affiliation ends, the next begins. A fact about people, which gives no access."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction

from members import judging
from members.judging import Problem
from members.models import Affiliation, Organisation, Person, Seat
from ukis import days, history

NOTED = ('organisation', 'job_title', 'since', 'until', 'main')


@transaction.atomic
def keep_affiliations(
    person: Person,
    *,
    by: Person | None,
    affiliations: Iterable[Affiliation],
    gone: Iterable[Affiliation] = (),
) -> None:
    """Takes new, changed and removed ones together, judged with those that stay: the main one may change hands."""
    lock(person)
    stored = {row.pk: row for row in person.affiliations.select_related('organisation')}
    given, gone_keys = list(affiliations), {row.pk for row in gone}
    for row in given:
        row.person = person
        judging.check(row, judged_together=['person'])
    kept = gone_keys | {row.pk for row in given}
    judging.refuse(problems([*given, *(row for pk, row in stored.items() if pk not in kept)]))
    lines = [f'Affiliation removed: {stored[pk]}' for pk in gone_keys & stored.keys()]
    person.affiliations.filter(pk__in=gone_keys).delete()
    for row in sorted(given, key=lambda row: row.is_open_main):  # whichever was main makes room first
        lines += _lines(stored.get(row.pk), row)
        row.save()
    history.note(person, by=by, lines=lines)


@transaction.atomic
def work_at(
    affiliation: Affiliation,
    *,
    by: Person | None,
    left: Collection[Affiliation] = (),
    left_on: date | None = None,
) -> list[Affiliation]:
    """One affiliation, new or changed. Where it is the main one, it takes the place of the one that was. Those that
    were `left` end with that day, by default with the one before the new one begins. All that have an end now."""
    lock(affiliation.person)
    gone = {row.pk for row in left}
    others = []
    for row in affiliation.person.affiliations.filter(until=None).exclude(pk=affiliation.pk):
        if row.pk in gone:
            row.main, row.until = False, left_on or last_day(affiliation)
            others.append(row)
        elif row.main and affiliation.is_open_main:
            row.main = False
            others.append(row)
    keep_affiliations(affiliation.person, by=by, affiliations=[*others, affiliation])
    return [row for row in (*others, affiliation) if row.until is not None]


def last_day(before: Affiliation) -> date:
    """Where somebody was until this one: the day before it begins."""
    return (before.since or days.today()) - timedelta(days=1)


def left_behind(person: Person, ended: Iterable[Affiliation]) -> list[Organisation]:
    """Those of these organisations in whose membership somebody has a place still, which is another matter."""
    over = [row.organisation_id for row in ended if row.until and row.until <= days.today()]
    held = Seat.objects.active().in_membership().filter(person=person, membership__organisation__in=over)
    return list(Organisation.objects.filter(pk__in=held.values('membership__organisation')).order_by('name'))


@transaction.atomic
def move_on(person: Person, *, by: Person | None, to: Organisation, job_title: str = '') -> Affiliation:
    """Somebody works elsewhere from today: what was the main affiliation ends with yesterday, and the next begins.
    One that they have there already stays, and becomes the main one. Bylines in print stay as they are."""
    lock(person)
    today = days.today()
    rows = list(person.affiliations.current().select_related('organisation'))
    there = next((row for row in rows if row.organisation_id == to.pk), None)
    before = [row for row in rows if row.is_open_main and row is not there]
    for row in before:
        last = max(row.since or date.min, today - timedelta(days=1))
        row.main, row.until = False, last
    now = there or Affiliation(organisation=to, since=today)
    now.main, now.job_title = now.until is None, job_title or now.job_title
    keep_affiliations(person, by=by, affiliations=[*before, now])
    return now


def remove(affiliation: Affiliation, *, by: Person | None) -> None:
    keep_affiliations(affiliation.person, by=by, affiliations=[], gone=[affiliation])


def lock(person: Person) -> None:
    list(Person.objects.filter(pk=person.pk).order_by().select_for_update(no_key=True).values_list('pk'))


def problems(affiliations: Iterable[Affiliation]) -> Iterator[Problem]:
    """What forbids these, all of one person as they are to be."""
    main = [row for row in affiliations if row.is_open_main]
    for row in main[1:]:
        yield Problem('main', 'Only one open affiliation can be the main one.', (row, main[0]))


def _lines(before: Affiliation | None, row: Affiliation) -> list[str]:
    if before is None:
        since = f' from {days.in_words(row.since)}' if row.since else ''
        return [f'Affiliation added: {row}{since}']
    return [f'Affiliation “{before}”: {change}' for change in history.changes(before, row, NOTED)]
