"""The list of pictures as staff have it: each as it looks, and what it is for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blog.models import Version
from members.models import Organisation, Person
from tests.conftest import form_of, make_post
from ukis import pictures
from ukis.demonstration.pictures import draw
from ukis.society import writing
from ukis.society.models import Page
from ukis.society.versions import PageWords

pytestmark = pytest.mark.django_db


def test_each_picture_is_seen_and_said_for_what_it_is(administrator, author, organisation, signed_in):
    photo, logo, other = (
        pictures.accept(SimpleUploadedFile('a.jpg', draw(seed, 40, 30)), author) for seed in ('a', 'b', 'c')
    )
    Person.objects.filter(pk=author.pk).update(photo=photo)
    Organisation.objects.filter(pk=organisation.pk).update(logo=logo)

    page = signed_in(administrator).get(reverse('admin:ukis_picture_changelist')).text
    one = signed_in(administrator).get(reverse('admin:ukis_picture_change', args=[photo.pk])).text

    for picture in (photo, logo, other):
        assert f'>Picture {picture.pk} (40 × 30)</a>' in page
        assert f'src="{picture.url}"' in page
        assert f'>{picture.hash[:12]}' not in page
    assert f'Photo: {author.name}' in page
    assert f'Logo: {organisation.name}' in page
    assert f'Photo: {author.name}' in one


def test_a_picture_names_the_pages_in_whose_words_it_stands(administrator, author, signed_in):
    shown, other = (
        pictures.accept(SimpleUploadedFile('a.jpg', draw(seed, 40, 30)), author) for seed in ('a', 'b')
    )
    page = Page.objects.create(title='Who we are', body=f'<p><img src="{shown.url}" alt=""></p>')
    writing.begin(page, by=administrator)
    writing.save_words(page, PageWords('Who we are', 'en-GB', '<p>Us.</p>'), by=administrator)
    staff = signed_in(administrator)

    asked, elsewhere = (
        staff.get(reverse('admin:ukis_picture_change', args=[one.pk])).text for one in (shown, other)
    )

    assert '“Who we are”' in asked
    assert '“Who we are”' not in elsewhere


def test_an_editor_says_what_must_stay_in_sight_and_it_shows_at_once(editor, author, signed_in, client):
    picture = pictures.accept(SimpleUploadedFile('a.jpg', draw('a', 400, 300)), author)
    post = make_post('A post')
    Version.objects.filter(pk=post.version_id).update(lead_picture=picture)
    before = client.get(reverse('blog')).text
    address = reverse('admin:ukis_picture_change', args=[picture.pk])
    staff = signed_in(editor)
    page = staff.get(address)

    answer = staff.post(address, form_of(page) | {'place': '25-100'})

    assert page.text.count('<input type="radio" name="place"') == 25
    assert '<input type="radio" name="place" value="50-50" checked>' in page.text
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y) == (0.25, 1.0)
    assert 'class="x25 y100"' not in before
    assert 'class="x25 y100"' in client.get(reverse('blog')).text


def test_a_place_that_is_none_is_refused(editor, author, signed_in):
    picture = pictures.accept(SimpleUploadedFile('a.jpg', draw('a', 40, 30)), author)

    address, staff = reverse('admin:ukis_picture_change', args=[picture.pk]), signed_in(editor)

    answer = staff.post(address, form_of(staff.get(address)) | {'place': '7-7'})

    assert answer.status_code == 200
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y) == (0.5, 0.5)
