"""A post that was taken down moves as what its address says, and without its words."""

from datetime import UTC, datetime

import pytest

from blog import importing, workflow
from blog.importing import around
from blog.models import Post, Version
from tests.blog.test_exporting import emptied, written
from tests.conftest import make_post
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


def test_what_was_taken_down_is_put_back_only_with_words(tmp_path, administrator, client):
    down = make_post('Of tides', body='<p>Withdrawn words.</p>')
    Post.objects.filter(pk=down.pk).update(
        taken_down_at=datetime(2026, 11, 1, tzinfo=UTC), taken_down_why='Why.'
    )
    export = written(tmp_path)
    emptied()
    importing.run([export], by=None)
    post = Post.objects.get()

    with pytest.raises(NotNow, match='Its words stayed where it was moved from'):
        workflow.put_back(post.submission, by=administrator, reason='They changed their mind.')

    assert (post.slug, post.version.body, client.get('/blog/').text.count('Of tides')) == ('of-tides', '', 0)
    assert importing.run([export], by=None).lists[around.TAKEN_DOWN] == []


def test_what_is_published_here_is_not_taken_down_by_what_another_site_says(tmp_path):
    post = make_post('Of tides')
    Post.objects.filter(pk=post.pk).update(
        taken_down_at=datetime(2026, 11, 1, tzinfo=UTC), taken_down_why='Why.'
    )
    export = written(tmp_path)
    Post.objects.filter(pk=post.pk).update(taken_down_at=None, taken_down_why='')

    report = importing.run([export], by=None)

    assert report.lists[around.ABSENT] == ['Of tides: it is published here']
    assert Post.objects.live().count() == 1


def test_a_language_that_is_not_known_here_is_taken_for_english(tmp_path):
    post = make_post('Of tides')
    Post.objects.filter(pk=post.pk).update(
        taken_down_at=datetime(2026, 11, 1, tzinfo=UTC), taken_down_why='Why.'
    )
    post.version.language = 'klingon'
    Version.objects.filter(pk=post.version_id).update(language='klingon')
    export = written(tmp_path)
    assert 'klingon' in export.read_text()
    emptied()

    importing.run([export], by=None)

    assert Post.objects.get().version.language == 'en-GB'
