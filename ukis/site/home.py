from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blog.models import Post
from members import counting
from members.models import Organisation
from ukis import markup
from ukis.public import public_page
from ukis.society.models import Society

LATEST, FEATURED, MEMBERS = 5, 2, 12


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The featured posts stand among the latest only where they are no others."""
    featured = list(Post.objects.live().filter(featured=True).for_listing()[:FEATURED])
    latest = Post.objects.live().exclude(pk__in=[post.pk for post in featured]).for_listing()[:LATEST]
    society = Society.get()
    mission = markup.clean(society.mission)
    context = {
        'society': society,
        'mission': markup.render(mission),
        'summary': markup.to_text(mission),
        'featured': featured,
        'latest': latest,
        'by_nation': counting.by_nation(),
        'organisations': Organisation.objects.listed().order_by(Lower('name'), 'pk')[: MEMBERS + 1],
        'members_shown': MEMBERS,
    }
    return render(request, 'home.html', context)
