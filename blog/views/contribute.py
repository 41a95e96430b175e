from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ukis.public import public_page
from ukis.society.models import GUIDELINES, Page


@public_page
def contribute(request: HttpRequest) -> HttpResponse:
    """How to contribute; the writing guidelines are a page of the staff's, linked when it is published."""
    guidelines = Page.objects.published().filter(address=GUIDELINES).only('address', 'title').first()
    return render(request, 'blog/contribute.html', {'guidelines': guidelines})
