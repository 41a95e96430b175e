from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from blog import listing
from blog.models import Post
from ukis.public import public_page
from ukis.tags.models import Tag


@public_page
def tags(request: HttpRequest) -> HttpResponse:
    return render(request, 'blog/tags/index.html', {'all_tags': listing.tags_in_use()})


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag.objects.select_related('merged_into'), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    posts = Post.objects.live().tagged(found.slug).for_listing()
    return render(request, 'blog/tags/tag.html', listing.page_of(posts, request.GET) | {'tag': found})
