"""Who and what has a page of its own that anybody may read: the rule for such pages and for links to them.

Each condition is asked of one row at a time, by an index: a set worked out for everybody costs what everybody costs.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import Byline
from members.models import Organisation, Person, Term
from members.models.people import Visibility
from ukis import days


def public_people() -> QuerySet[Person]:
    """Members and those named in print, who chose to be seen; an author's page is another, and needs no choice."""
    named = Byline.objects.in_print().filter(person=OuterRef('pk'))
    member = Person.objects.may_submit().filter(pk=OuterRef('pk'))
    return Person.objects.filter(page_for=Visibility.PUBLIC).filter(Exists(named) | Exists(member))


def public_organisations() -> QuerySet[Organisation]:
    """Those that the directory lists (`is_listed`), those that were members, and those that a post in print names."""
    listed = Organisation.objects.listed().filter(pk=OuterRef('pk'))
    named = Byline.objects.in_print().filter(organisation=OuterRef('pk'))
    were = Term.objects.filter(
        membership__organisation=OuterRef('pk'), cover_end__isnull=False, start__lte=days.today()
    )
    return Organisation.objects.annotate(is_listed=Exists(listed)).filter(
        Q(is_listed=True) | Q(Exists(were), public=True) | Exists(named)
    )
