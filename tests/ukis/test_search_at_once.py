"""The index where two write at once: each word is counted once, and nothing of what went comes back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from blog.models import Post
from blog.search.found import PEOPLE, POSTS
from members import erasing
from members.models import Person
from tests.conftest import make_membership, make_person, make_post
from ukis import search
from ukis.search.models import Document, Word

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]


def at_once(*acts) -> None:
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


def test_words_of_posts_that_change_and_go_at_once_are_counted_once():
    posts = [make_post(f'Zebra number{number}', body='<p>A zebra and a ward.</p>') for number in range(4)]

    def touched():
        for post in posts:
            Post.objects.filter(pk=post.pk).update(revised_at=timezone.now())

    def gone():
        for post in posts[:2]:
            Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())

    at_once(touched, gone, lambda: POSTS.keep([post.pk for post in reversed(posts)]), touched)

    assert Word.objects.get(word='zebra', form=1).documents == 2
    assert search.slips() == []


def test_whoever_is_erased_while_their_words_are_written_is_found_no_more():
    person = make_person('Zoe Zebra', page_for='public', biography='Keeps a platypus.')
    make_membership(person)
    search.put_right()
    row = erasing.ask(person, by=person, bylines='contributor')

    def written():
        for _ in range(5):
            PEOPLE.keep([person.pk])

    at_once(lambda: erasing.carry_out_due(row.due_at), written, written)

    assert Person.objects.get(pk=person.pk).erased_at is not None
    assert not Document.objects.filter(rest__contains='platypus').exists()
    assert not Document.objects.filter(first__contains='zebra').exists()
    assert not Word.objects.filter(word__in=('platypus', 'zebra')).exists()


def test_what_is_published_and_hidden_while_all_is_made_anew_stands_as_it_is():
    posts = [make_post(f'Zebra number{number}') for number in range(6)]

    def made_anew():
        for _ in search.rebuild():
            pass

    def others():
        Post.objects.filter(pk=posts[0].pk).update(archived_at=timezone.now())
        for number in range(3):
            make_post(f'Okapi number{number}')
        Post.objects.filter(pk=posts[5].pk).update(taken_down_at=timezone.now(), taken_down_why='A slip.')

    at_once(made_anew, others)

    assert (search.find('zebra').total, search.find('okapi').total) == (4, 3)
    assert (search.slips(), search.is_whole()) == ([], True)
