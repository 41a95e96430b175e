from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from blog.models import Byline, Shelf
from blog.shelves import listing
from members import seeing
from members.models import Person
from ukis.public import public_page, reading_query


@reading_query('page')
@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever is named on a post that answers at its address has a page, member or not."""
    person = get_object_or_404(Person.objects.select_related('photo'), slug=slug)
    posts = listing.OnShelf(Shelf.PERSON, person.pk)
    shown = listing.page_of(posts, request.GET)
    latest = _in_list(person, shown) or _latest(person, posts)
    if latest is None:
        raise Http404('Nobody of this name has written for the blog.')
    seen = person.as_seen(seeing.PUBLIC)
    context = {'author': person, 'seen': seen, 'latest': latest, **_about(person, latest)}
    return render(request, 'blog/authors/author.html', shown | context)


def _in_list(person: Person, shown: dict[str, Any]) -> Byline | None:
    """As the newest post names them, if it stands here."""
    newest = shown['posts'][:1] if shown['number'] == 1 else []
    return next((line for post in newest for line in post.bylines.all() if line.person_id == person.pk), None)


def _latest(person: Person, posts: listing.OnShelf) -> Byline | None:
    """As the newest post in the lists names them, else the newest in the archive."""
    bylines = Byline.objects.filter(person=person).select_related('organisation')
    listed = bylines.filter(post__in=posts.newest(1).values('pk')).first()
    return listed or bylines.in_print().order_by('-post__published_at').first()


def _about(person: Person, latest: Byline) -> dict[str, object]:
    """Today's profile where it is public; else what the person approved for print under the newest post."""
    own_words, own_picture = person.public_biography, person.public_photo
    if own_words and own_picture:
        return {'biography': own_words, 'picture': own_picture}
    printed = Byline.objects.select_related('picture').get(pk=latest.pk)
    return {'biography': own_words or printed.biography, 'picture': own_picture or printed.picture}
