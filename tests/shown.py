"""A society with something of everything that public pages show, and each of its columns otherwise."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from blog.models import Byline, Post, Series, SeriesEditor, Submission, Version
from members.models import Affiliation, Organisation, Person
from tests.conftest import make_person, make_post
from ukis import pictures
from ukis.demonstration.pictures import draw
from ukis.pictures.models import Picture
from ukis.society.models import Page, Society
from ukis.tags.models import Tag


@pytest.fixture
def shown(society, author, organisation):
    """Rows of every model that parts show, and the pages that show them."""
    picture = pictures.accept(SimpleUploadedFile('drawing.jpg', draw('a seed', 90, 60)), author)
    Organisation.objects.filter(pk=organisation.pk).update(logo=picture, website='https://care.example')
    Person.objects.filter(pk=author.pk).update(photo=picture, photo_for='public', biography='Ann writes.')
    Society.objects.update(commissioning_editor=make_person('Cleo Chief'))
    Page.objects.create(title='About', address='about', body='<p>Us.</p>', published=True)
    post = make_post('In print', people=(author, make_person('Bo Rhys')), organisation=organisation)
    series = Series.objects.create(title='Ten years on', description='What it asked of them.')
    series.guests.create(person=author, named=True)
    Submission.objects.filter(pk=post.submission_id).update(series=series)
    post.shelve()
    words = f'<p>Words.</p><figure><img src="/media/{picture.file.name}" alt="A door"></figure>'
    Version.objects.filter(pk=post.version_id).update(lead_picture=picture, body=words)
    long_ago = timezone.now() - timedelta(days=2)  # a feed that has just changed is another a second later
    Post.objects.update(touched_at=long_ago)
    Society.objects.update(changed_at=long_ago)
    return [
        reverse('home'),
        reverse('blog'),
        post.get_absolute_url(),
        reverse('organisations'),
        organisation.get_absolute_url(),
        reverse('archive'),
        reverse('tags'),
        reverse('all_series'),
        series.get_absolute_url(),
        reverse('feed'),
    ]


SHOWN = (
    *(Post, Version, Byline, Series, SeriesEditor, Submission),
    *(Person, Organisation, Affiliation, Picture, Society, Page, Tag),
)


def changes(row):
    """Each of its columns with another value that it might have."""
    for column in row._meta.concrete_fields:
        old = getattr(row, column.attname)
        if column.primary_key:
            continue
        if column.is_relation:
            new = None
        elif isinstance(column, models.JSONField):
            new = []
        elif isinstance(column, models.FileField):
            new = 'elsewhere/changed.jpg'
        elif column.choices:
            new = next(value for value, _ in column.flatchoices if value != old)
        elif isinstance(column, models.BooleanField):
            new = not old
        elif isinstance(column, (models.DateTimeField, models.DateField)):
            new = old - timedelta(days=40) if old else None
        elif isinstance(column, (models.IntegerField, models.FloatField)):
            new = (old or 0) + 1
        elif isinstance(column, (models.CharField, models.TextField)):
            new = re.sub('[^a-z]+', '-', f'{old or ""}changed'.lower())[-(column.max_length or 99) :].strip(
                '-'
            )
        else:
            continue
        if new != old:
            yield column.attname, new
