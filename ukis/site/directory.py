"""Who and what has a page of its own that anybody may read: the rule for such pages and for links to them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import Byline, Post
from members.models import Organisation, Person, Term
from members.models.people import Visibility
from ukis import days


def public_people() -> QuerySet[Person]:
    """Members and those named in print, who chose to be seen; an author's page is another, and needs no choice."""
    named = _in_print().filter(person__isnull=False).values('person')
    return Person.objects.filter(page_for=Visibility.PUBLIC).filter(
        Q(pk__in=named) | Q(pk__in=Person.objects.may_submit().values('pk'))
    )


def public_organisations() -> QuerySet[Organisation]:
    """Those that the directory lists (`is_listed`), those that were members, and those that a post in print names."""
    listed = Organisation.objects.listed().filter(pk=OuterRef('pk'))
    named = _in_print().filter(organisation__isnull=False).values('organisation')
    were = Term.objects.filter(
        cover_end__isnull=False, start__lte=days.today(), membership__organisation__public=True
    )
    return Organisation.objects.annotate(is_listed=Exists(listed)).filter(
        Q(is_listed=True) | Q(pk__in=were.values('membership__organisation')) | Q(pk__in=named)
    )


def _in_print() -> QuerySet[Byline]:
    return Byline.objects.filter(post__in=Post.objects.at_its_address())
