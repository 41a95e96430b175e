"""The register of places. What somebody said no to stays so, and no file goes beyond the cap."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from members import likeness
from members.exchange.cells import Column, Refused, one_of
from members.exchange.memberships import NUMBER, membership, person, told_person
from members.exchange.register import KEY, Exchanged, key, keys_of, no_such
from members.exchange.sheets import FileRow
from members.models import Membership, Person, Seat
from members.places import seats
from ukis import days

State = Seat.State
NOES = (State.REFUSED, State.WITHDRAWN)


class SeatRegister(Exchanged):
    name, words, model = 'places', 'place', Seat
    columns = (
        key(),
        Column(
            NUMBER,
            lambda row: row.membership_id and row.membership.number,
            'membership',
            membership,
            once=True,
        ),
        Column('Organisation', lambda row: row.membership_id and row.membership.holder),
        Column(
            'Person', told_person, 'person', person, once=True, hint='email, or the address of their page'
        ),
        Column('Name', lambda row: row.person),
        Column('State', lambda row: row.get_state_display(), 'state', one_of(State.choices)),
        Column('From', lambda row: row.since, 'since', is_day=True),
        Column('To', lambda row: row.until, 'until', is_day=True, clears=True, empty=None),
        Column('How it came', lambda row: row.get_came_display()),
        Column('Invited address', lambda row: row.address),
        Column('Invitation holds until', lambda row: row.holds_until),
    )
    unasked = ('membership', 'person')
    notes_itself = True

    def begin_reading(self) -> None:
        self.uses: dict[int, seats.Use] = {}
        self.given: dict[int, int] = defaultdict(int)

    def rows(self) -> QuerySet[Seat]:
        rows = Seat.objects.order_by('membership__number', 'pk')
        return rows.select_related(
            'person', 'membership__category', 'membership__person', 'membership__organisation'
        )

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        given = keys_of(lines)
        rows = self.rows().in_bulk(given.values())
        fresh = [line for line in lines if line.number not in given]
        theirs = self._theirs(fresh) if fresh else {}
        return [
            rows.get(given[line.number]) or no_such(self.words, KEY, line.cells[KEY])
            if line.number in given
            else theirs.get((line.cells.get(NUMBER, ''), line.cells.get('Person', '').lower()))
            for line in lines
        ]

    def _theirs(self, lines: Sequence[FileRow]) -> dict[tuple[str, str], Seat]:
        """Open seats and those to come of these memberships, by number and by both ways of naming somebody."""
        numbers = keys_of(lines, NUMBER).values()
        rows = self.rows().taken().filter(membership__number__in=numbers, person__isnull=False)  # type: ignore[attr-defined]
        found = {}
        for row in rows:
            for name in filter(None, (row.person.email, row.person.slug)):
                found[str(row.membership.number), name] = row
        return found

    def begin(self, values: dict[str, Any]) -> Seat:
        return Seat()

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        yield from super().same(row, values)
        if row is not None and row.pk is None:
            yield row.membership_id, row.person_id

    def judge(self, row: Seat, values: dict[str, Any], is_new: bool) -> None:
        if row.membership_id is None or row.person_id is None:
            raise Refused(
                'Say the number of the membership and the person.'
                if is_new
                else 'An invitation is changed on the organisation’s page: its owner answers it.'
            )
        if is_new and row.state not in (State.ACTIVE, State.ENDED):
            raise Refused('“State”: a file gives places that are active or ended. Invitations go by letter.')
        self._judge_noes(row, is_new)
        every = list(row.membership.seats.select_related('person'))
        stored = next((one for one in every if one.pk == row.pk), None)
        if stored and row.state != stored.state and (stored.state, row.state) != (State.ACTIVE, State.ENDED):
            raise Refused('“State”: a file can only end a place that is active.')
        others = [one for one in every if one is not stored]
        for problem in seats.problems(row.membership, [*others, row]):
            if row in problem.rows:
                raise Refused(problem.sentence)
        if _is_held(row) and not (stored and _is_held(stored)):
            self._judge_cap(row.membership)
        self.clean(row)

    @staticmethod
    def _judge_noes(row: Seat, is_new: bool) -> None:
        if not is_new or row.person is None:
            return
        theirs = Q(person=row.person) | Q(address__in=likeness.addresses_of(row.person))
        if row.membership.seats.filter(theirs, state__in=NOES).exists():
            raise Refused(
                f'{row.person} has a place here that was refused or withdrawn: a file cannot undo that.'
            )

    def _judge_cap(self, its: Membership) -> None:
        use = self.uses.setdefault(its.pk, seats.use(its))
        self.given[its.pk] += 1
        if use.used + self.given[its.pk] > use.cap:
            raise Refused(f'The membership has {use.cap} places, and this would be one more.')

    def write(self, row: Seat, values: dict[str, Any], by: Person, is_new: bool) -> None:
        self.put(row, values)
        seats.keep_seats(row.membership, by=by, seats=[row])
        if (is_new or 'until' in values) and _is_held(row) and (use := seats.use(row.membership)).beyond:
            raise Refused(f'More places than the membership has: {use}.')


def _is_held(row: Seat) -> bool:
    """Whether it counts against the cap, today or from a day to come."""
    return row.is_taken and (row.until is None or row.until >= days.today())
