"""Who may submit and who is listed, as conditions on people and organisations.

The rule of `status` for those who are members (due, active or in grace), put so that keys find the rows: whoever is
asked for, nobody else's terms are read. It is asked on nearly every page and several times on some, and Django takes
longer to write such a question than a database to answer it; so it is written here, once for both databases. The
tests hold it to `status`.
"""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Func, Q

from ukis import days

# A term by which a membership of `whose` is a member's on the day. No EXISTS: PostgreSQL would rather work that out
# for everybody at once, which is right for a thousand rows and wrong for a page of them.
_IS_MEMBER = """(
    SELECT 1 FROM members_term term
    JOIN members_membership membership ON membership.id = term.membership_id
    JOIN members_category category ON category.id = membership.category_id
    WHERE {whose}
    AND term.start <= %s AND term.cover_end >= term.start AND {grace_ends} >= %s
    AND (membership.ended_on IS NULL OR membership.ended_on >= %s)
    AND NOT EXISTS (
        SELECT 1 FROM members_override suspension
        WHERE suspension.membership_id = membership.id AND suspension.status = 'suspended'
        AND suspension.start <= %s AND (suspension.until IS NULL OR suspension.until >= %s)
    )
    LIMIT 1
) IS NOT NULL"""
_OWN = 'membership.person_id = {key}'
_SEATED = """membership.id IN (
    SELECT seat.membership_id FROM members_seat seat
    WHERE seat.person_id = {key} AND seat.state = 'active'
    AND seat.since <= %s AND (seat.until IS NULL OR seat.until >= %s)
)"""
_ORGANISATION = 'membership.organisation_id = {key}'


class _Member(Func):
    """Whether the key leads to somebody whose membership counts on the day."""

    output_field = BooleanField()

    def __init__(self, key: Any, *, whose: str, on: date, **extra: Any) -> None:
        super().__init__(key, **extra)
        self.whose, self.on = whose, on

    def as_sql(self, compiler: Any, connection: Any, *rest: Any, **context: Any) -> tuple[str, Any]:
        key, params = compiler.compile(self.get_source_expressions()[0])
        whose = self.whose.format(key=key)
        sql = _IS_MEMBER.format(whose=whose, grace_ends=self._grace_ends(connection.vendor))
        day = connection.ops.adapt_datefield_value(self.on)
        return sql, (*params, *[day] * (sql.count('%s') - len(params)))

    @staticmethod
    def _grace_ends(vendor: str) -> str:
        if vendor == 'sqlite':
            ends = "date(term.cover_end, '+' || category.grace_days || ' days')"
            return f"max({ends}, coalesce(term.held_until, ''))"
        return 'greatest(term.cover_end + category.grace_days, term.held_until)'


def may_submit(on: date | None) -> Q:
    """Of people: their own membership says so, or one in which they hold an active seat."""
    own, seated = (_Member('pk', whose=whose, on=on or days.today()) for whose in (_OWN, _SEATED))
    return Q(Q(own) | Q(seated), is_active=True)


def is_listed(on: date | None) -> Q:
    """Of organisations: members whose status is shown."""
    return Q(_Member('pk', whose=_ORGANISATION, on=on or days.today()))
