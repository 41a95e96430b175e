"""What a post weighs beyond its own words, as `bench/weight.py` reckons it."""

import pytest
from django.utils import timezone

from bench import weight
from blog.models import Version
from blog.shelves import relating
from tests.conftest import make_organisation, make_person, make_post
from tests.ukis.test_pictures import accepted, drawn
from ukis import pictures
from ukis.pictures import sizing
from ukis.society.models import Society

# Of the 3,000 that a post may weigh: a society of which there is more to say, with pages of its own in the foot and
# digits in the names of its files, takes some 400 more than this one.
MOST, MOST_WITH_PICTURE = 2_420, 2_620
WORDS = ''.join(
    f'<p>On ward {number} the list was kept by hand until {number + 3} people had asked why.</p>'
    for number in range(12)
)


@pytest.fixture
def usual(society, monkeypatch):
    """A post among others, by somebody with a face."""
    monkeypatch.setitem(sizing.AVIF, 'quality', 5)
    Society.objects.update(
        postal_address='The Old Ropeworks\nInvented Town\nZZ99 9ZZ',
        commissioning_editor=make_person('Cora Chief'),
        licence='You are welcome to quote from this post; please ask before you reprint the whole.',
    )
    face = accepted_in_sizes((496, 496))
    person = make_person('Ada Author', biography='Ada Author studies change.')
    organisation = make_organisation('Institute for Careful Change')
    by = {'people': (person,), 'organisation': organisation, 'body': WORDS}
    for title in ('A ninth meeting', 'Honest minutes', 'What was still there in June', 'Late numbers'):
        make_post(title, **by)
    post = make_post('The drawing in the corridor', **by)
    post.bylines.update(picture=face)
    make_post('Stopping when it is done', **by)
    relating.keep_up(timezone.now())
    return post


def accepted_in_sizes(size):
    picture = accepted(drawn(size=size))
    pictures.make_sizes(picture)
    return picture


def test_a_post_weighs_little_beyond_its_own_words(client, usual):
    page = client.get(usual.get_absolute_url()).text

    assert 'Related posts' in page
    assert 'Recent posts' in page
    assert 'rel="prev"' in page
    assert '<div class="who"><picture>' in page
    assert weight.beyond(page) <= MOST


def test_a_post_with_a_picture_above_it_weighs_little_more(client, usual):
    Version.objects.filter(pk=usual.version_id).update(
        lead_picture=accepted_in_sizes((1600, 900)),
        lead_alt='A drawing of a corridor.',
        lead_credit='A. Author',
    )

    page = client.get(usual.get_absolute_url()).text

    assert page.count('1600w') == 2
    assert weight.beyond(page) <= MOST_WITH_PICTURE
