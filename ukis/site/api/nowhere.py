"""Addresses below the API at which nothing is: said in its own words."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.views.decorators.csrf import csrf_exempt

from ukis.site.api.refusing import refusal


@csrf_exempt
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """A slash that was left out is put there."""
    whole = f'{request.path_info}/'
    if not rest.endswith('/') and resolve(whole).func is not nowhere:
        query = request.META.get('QUERY_STRING', '')
        return HttpResponsePermanentRedirect(whole + (f'?{query}' if query else ''))
    return refusal(404, f'There is nothing at this address. What there is stands at {reverse("api")}.')
