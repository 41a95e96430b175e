"""What changed between any two versions, on the author's side."""

import pytest
from django.urls import reverse

from blog import workflow
from tests.conftest import make_submission


@pytest.fixture
def piece(author):
    piece = make_submission(author)
    workflow.save_words(
        piece, by=author, base=piece.current.number, words={'title': 'Careful change, slowly'}
    )
    workflow.save_words(piece, by=author, base=piece.current.number, words={'standfirst': 'Why patience.'})
    return piece


def seen(client, piece, **which) -> str:
    return client.get(reverse('submission_differences', args=[piece.pk]), which).content.decode()


def test_by_default_the_last_change_is_shown(piece, author, signed_in):
    said = seen(signed_in(author), piece)

    assert 'From version 3 to version 4' in said
    assert 'Changed: standfirst.' in said


def test_any_two_versions_can_be_compared(piece, author, signed_in):
    client = signed_in(author)

    assert 'Changed: title, standfirst.' in seen(client, piece, **{'from': 2, 'to': 4})
    assert 'From version 2 to version 3' in seen(client, piece, to=3)
    assert 'These two versions say the same.' in seen(client, piece, **{'from': 4, 'to': 4})


@pytest.mark.parametrize('number', ['99', '-1', 'x', '²', '9' * 40])
def test_a_version_that_is_not_there_is_404(number, piece, author, signed_in):
    answer = signed_in(author).get(reverse('submission_differences', args=[piece.pk]), {'from': number})

    assert answer.status_code == 404


def test_another_pieces_versions_are_not_reached(piece, stranger, signed_in):
    assert signed_in(stranger).get(reverse('submission_differences', args=[piece.pk])).status_code == 404


def test_two_versions_or_seven_take_the_same_queries(piece, author, signed_in, django_assert_num_queries):
    client = signed_in(author)
    seen(client, piece)
    with django_assert_num_queries(QUERIES):
        seen(client, piece)
    for number in range(5):
        workflow.save_words(piece, by=author, base=piece.current.number, words={'title': f'Title {number}'})

    with django_assert_num_queries(QUERIES):
        seen(client, piece)


# Five of them are the session's own and the note of when it was last used.
QUERIES = 9
