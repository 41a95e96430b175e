"""The list of pictures as staff have it: each as it looks, and what it is for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Organisation, Person
from ukis import pictures
from ukis.demonstration.pictures import draw

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
