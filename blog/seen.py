"""Who and what has a page of its own that anybody may read: the rule for such pages, for links to them and for what is
found.

Each condition is asked of one row at a time, by an index: a set worked out for everybody costs what everybody costs.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from blog.models import Byline
from members import seeing, standing
from members.models import Organisation, Person, Term
from ukis import days


def public_people(on: date | None = None, at: datetime | None = None) -> QuerySet[Person]:
    """Members and those named in print, who chose to be seen; an author's page is another, and needs no choice."""
    return people_seen(seeing.PUBLIC, on, at)


def people_seen(to: seeing.Sees, on: date | None = None, at: datetime | None = None) -> QuerySet[Person]:
    """Those whose page is for whoever sees `to`. Whoever is named in print is seen as members are."""
    named = some(Byline.objects.in_print(at).filter(person=OuterRef('pk')))
    return Person.objects.filter(Q(named) | standing.may_submit(on), page_for__in=to)


def public_organisations(on: date | None = None, at: datetime | None = None) -> QuerySet[Organisation]:
    """Those that the directory lists, and those that were members, both if they agreed to be seen; and those that a
    post in print names."""
    named = some(Byline.objects.in_print(at).filter(organisation=OuterRef('pk')))
    # Who is a member today was one when this began, so that the dearer question need not be asked here.
    were = Term.objects.filter(
        membership__organisation=OuterRef('pk'), cover_end__isnull=False, start__lte=on or days.today()
    )
    return Organisation.objects.filter(Q(some(were), public=True) | Q(named))


def some(rows: QuerySet[Any]) -> IsNull:
    """Whether there is one. No EXISTS: PostgreSQL would rather work that out for everybody at once."""
    return IsNull(Subquery(rows.order_by().values('pk')[:1]), False)
