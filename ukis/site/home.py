from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from blog import listing
from blog.models import Post
from members import counting
from members.models import Organisation
from ukis import markup
from ukis.pagecache import kept
from ukis.prepared import prepared
from ukis.public import public_page
from ukis.society.models import Society

LATEST, FEATURED, MEMBERS = 5, 2, 12


@prepared()
def _featured(*, at: datetime) -> QuerySet[Post]:
    return Post.objects.live(at).filter(featured=True).for_listing()[:FEATURED]


@prepared()
def _latest(*, at: datetime, beside: tuple[int, ...]) -> QuerySet[Post]:
    return Post.objects.live(at).exclude(pk__in=beside).for_listing()[:LATEST]


def _first_members() -> list[Organisation]:
    return list(Organisation.objects.listed().order_by(Lower('name'), 'pk')[: MEMBERS + 1])


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The featured posts stand among the latest only where they are no others."""
    at = timezone.now()
    featured = listing.with_bylines(_featured(at=at))
    latest = listing.with_bylines(_latest(at=at, beside=tuple(post.pk for post in featured) or (0,)))
    society = Society.shown()
    mission = markup.clean(society.mission)
    context = {
        'society': society,
        'mission': markup.render(mission),
        'summary': markup.to_text(mission),
        'featured': featured,
        'latest': latest,
        'by_nation': kept('members by nation', counting.by_nation),
        'organisations': kept('first members', _first_members),
        'members_shown': MEMBERS,
    }
    return render(request, 'home.html', context)
