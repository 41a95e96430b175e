from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.featuring import SHOWN_FEATURED
from blog.models import Post
from blog.shelves import listing
from members.models import Organisation
from members.organisations import counting
from ukis import days, markup
from ukis.fetched import later
from ukis.pagecache import kept
from ukis.pictures.models import Picture
from ukis.prepared import prepared
from ukis.public import public_page
from ukis.site.errors import formerly
from ukis.society import notices
from ukis.society.models import Society


class Mission(NamedTuple):
    html: SafeString
    text: str


LATEST, MEMBERS = 5, 12


@prepared()
def _featured(*, at: datetime, day: date) -> QuerySet[Post]:
    return Post.objects.live(at).for_listing().featured_on(day)[:SHOWN_FEATURED]


@prepared()
def _latest(*, at: datetime, beside: tuple[int, ...]) -> QuerySet[Post]:
    return Post.objects.live(at).exclude(pk__in=beside).for_listing()[:LATEST]


def _first_members() -> list[Organisation]:
    return list(Organisation.objects.listed().order_by(Lower('name'), 'pk')[: MEMBERS + 1])


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The featured posts stand among the latest only where they are no others. Other systems have the addresses of all
    their posts here: `/?p=12`."""
    if request.GET and (moved := formerly(request)) is not None:
        return moved
    at = timezone.now()
    featured = _featured(at=at, day=days.london_day(at))
    latest = _latest(at=at, beside=featured.sent('id') or (0,))
    society = Society.shown()
    context = {
        'society': society,
        'notices': notices.standing(),
        'mission': later(_mission, society, markup.pictures_in(society.mission)),
        'featured': listing.with_bylines(featured),
        'latest': listing.with_bylines(latest),
        'by_nation': kept('members by nation', counting.by_nation),
        'organisations': kept('first members', _first_members),
        'members_shown': MEMBERS,
    }
    return render(request, 'home.html', context)


def _mission(society: Society, pictures: Sequence[Picture]) -> Mission:
    words = markup.clean(society.mission)
    return Mission(markup.render(words, pictures=pictures), markup.to_text(words))
