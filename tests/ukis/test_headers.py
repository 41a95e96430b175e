"""What every answer says about itself."""

import pytest
from django.http import HttpResponse
from django.urls import path

from ukis import urls

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def public(request):
    return HttpResponse('the same for everybody')


def personal(request):
    return HttpResponse(f'for {request.user}')


def cached(request):
    return HttpResponse(f'for {request.user}', headers={'Cache-Control': 'private, max-age=60'})


def sets_cookie(request):
    response = HttpResponse('here')
    response.set_cookie('choice', 'one')
    return response


urlpatterns = [
    path('trial/public/', public),
    path('trial/personal/', personal),
    path('trial/cached/', cached),
    path('trial/cookie/', sets_cookie),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def test_a_public_page_sets_no_cookie_and_varies_on_none(client):
    response = client.get('/trial/public/')
    assert not response.cookies
    assert 'Cookie' not in response.get('Vary', '')
    assert 'Cache-Control' not in response


def test_a_page_made_for_somebody_is_stored_nowhere(signed_in, stranger):
    client = signed_in(stranger)
    assert client.get('/trial/personal/')['Cache-Control'] == 'private, no-store'
    assert client.get('/trial/cached/')['Cache-Control'] == 'private, max-age=60'


def test_a_visitor_at_a_page_that_looks_who_is_there_is_not_somebody(client):
    assert 'Cache-Control' not in client.get('/trial/personal/')


@pytest.mark.parametrize(('secure', 'marked'), [(True, True), (False, '')])
def test_over_https_every_cookie_stays_there(client, secure, marked):
    response = client.get('/trial/cookie/', secure=secure)
    assert response.cookies['choice']['secure'] == marked


def test_every_answer_carries_the_policies(client):
    for address in ('/trial/public/', '/nothing/here/', '/health/'):
        response = client.get(address)
        assert response['Content-Security-Policy'].startswith("default-src 'none'")
        assert response['X-Content-Type-Options'] == 'nosniff'
        assert response['Referrer-Policy'] == 'strict-origin-when-cross-origin'
        assert response['Cross-Origin-Opener-Policy'] == 'same-origin'
        assert response['Cross-Origin-Resource-Policy'] == 'same-origin'
        assert response['X-Frame-Options'] == 'DENY'
        assert 'geolocation=()' in response['Permissions-Policy']
