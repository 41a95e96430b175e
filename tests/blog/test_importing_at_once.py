"""An import that two begin at the same moment, and one that is killed in the middle: each text, name and tag once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from blog import importing
from blog.importing.taking import Taking
from blog.models import Post
from members.models import Person
from tests import exports
from ukis.addresses.models import OldAddress
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def export(tmp_path):
    path = tmp_path / 'export.xml'
    path.write_text(exports.AWKWARD, encoding='utf-8')
    return path


def found() -> tuple:
    posts = Post.objects.order_by('published_at', 'version__title', 'version__body')
    return (
        list(posts.values_list('version__title', 'version__body')),
        sorted(Post.objects.values_list('slug', flat=True)),
        sorted(Person.objects.values_list('name', flat=True)),
        sorted(Tag.objects.values_list('name', 'slug', 'waiting')),
        sorted(OldAddress.objects.values_list('path', flat=True)),
    )


def test_two_who_bring_in_the_same_file_bring_it_in_once(export):
    barrier = threading.Barrier(2)

    def bring_in() -> importing.ImportReport:
        barrier.wait()
        try:
            return importing.run([export], by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        reports = [one.result() for one in [pool.submit(bring_in) for _ in range(2)]]

    assert sum(report.outcomes['new'] for report in reports) == Post.objects.count() == 9
    assert {report.outcomes.total() for report in reports} == {13}
    assert sorted(Person.objects.values_list('name', flat=True)) == ['Huw Tegid', 'Mairi Lindqvist']
    assert not any(report.outcomes['refused'] for report in reports)


def test_what_was_killed_in_the_middle_comes_to_the_same_when_it_is_begun_anew(export, monkeypatch):
    took, take = [], Taking.take

    def dies(taking, record, former):
        if len(took) == 7:
            raise KeyboardInterrupt
        took.append(take(taking, record, former))

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(Taking, 'take', dies)
        importing.run([export], by=None)
    begun = Post.objects.count()
    importing.run([export], by=None)
    twice = found()

    for model in (OldAddress, Tag):
        assert model.objects.exists()
    assert 0 < begun < 9
    assert [title for title, _ in twice[0]].count('Same address') == 2
    assert len(twice[0]) == len(twice[1]) == 9
    assert twice[2] == ['Huw Tegid', 'Mairi Lindqvist']
    importing.run([export], by=None)
    assert found() == twice
