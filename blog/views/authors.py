from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from blog import listing
from blog.models import Byline, Post
from members.models import Person
from members.models.people import Visibility
from ukis.public import public_page


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever is named on a post that answers at its address has a page, member or not."""
    in_print = Byline.objects.filter(post__in=Post.objects.at_its_address())
    latest = (
        in_print.filter(person__slug=slug)
        .select_related('person__photo', 'organisation', 'picture')
        .order_by('-post__published_at')
        .first()
    )
    if latest is None or latest.person is None:
        raise Http404('Nobody of this name has written for the blog.')
    posts = Post.objects.live().by_person(latest.person).for_listing()
    context = {'author': latest.person, 'latest': latest, **_about(latest.person, latest)}
    return render(request, 'blog/authors/author.html', listing.page_of(posts, request.GET) | context)


def _about(person: Person, latest: Byline) -> dict[str, object]:
    """Today's profile where it is public; else what the person approved for print under the newest post."""
    own_words = person.biography if person.biography_for == Visibility.PUBLIC else ''
    own_picture = person.photo if person.photo_for == Visibility.PUBLIC else None
    return {'biography': own_words or latest.biography, 'picture': own_picture or latest.picture}
