from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from blog import listing
from blog.models import Byline, Shelf
from members.models import Person
from ukis.public import public_page


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever is named on a post that answers at its address has a page, member or not."""
    person = get_object_or_404(Person.objects.select_related('photo'), slug=slug)
    posts = listing.OnShelf(Shelf.PERSON, person.pk)
    latest = _latest(person, posts)
    if latest is None:
        raise Http404('Nobody of this name has written for the blog.')
    context = {'author': person, 'latest': latest, **_about(person, latest)}
    return render(request, 'blog/authors/author.html', listing.page_of(posts, request.GET) | context)


def _latest(person: Person, posts: listing.OnShelf) -> Byline | None:
    """As the newest post in the lists names them, else the newest in the archive."""
    bylines = Byline.objects.filter(person=person).select_related('organisation', 'picture')
    listed = bylines.filter(post__in=posts.newest(1).values('pk')).first()
    return listed or bylines.in_print().order_by('-post__published_at').first()


def _about(person: Person, latest: Byline) -> dict[str, object]:
    """Today's profile where it is public; else what the person approved for print under the newest post."""
    return {
        'biography': person.public_biography or latest.biography,
        'picture': person.public_photo or latest.picture,
    }
