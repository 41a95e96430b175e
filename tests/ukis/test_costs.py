"""No public page does work that grows with all posts, tags, organisations or people: counted in steps, not seconds."""

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client

from bench import corpus, pages
from blog import sitemaps
from blog.models import Post
from tests.costs import Cost, costing

pytestmark = pytest.mark.django_db

# Large enough that every page is full; and five times that.
SMALL = {'posts': 300, 'organisations': 200, 'people': 1500, 'tags': 300}
LARGE = {name: number * 5 for name, number in SMALL.items()}
GROWS = {
    # Every choice says how many it leaves: all members are counted, once for all visitors until one changes.
    *('directory', 'directory, one nation', 'directory, from m', 'directory, narrowed'),
    # Found by a walk along the rarer of the two tags, as long as that is: nothing links to it, no robot follows it.
    'list, two tags',
    # Until three hundred come into question, and a thousand are counted.
    *('search', 'search, two words', 'search, as one types'),
    # Not full in the small society: what they show grows, and no more than that.
    'archive, month',
    'tag, its last page',
    *('series', 'sitemap, series'),
}


def costs_of(size: dict[str, int]) -> dict[str, Cost]:
    """What each page costs in a society of that size, which is forgotten afterwards."""
    costs = {}
    with transaction.atomic():
        corpus.make(**size)
        Post.objects.update(revised_at=F('published_at'))  # then there is one question more
        client = Client()
        for name, address in pages.addresses().items():
            client.get(address)
            with costing() as costs[name]:
                status = client.get(address).status_code
            assert status == (404 if 'not there' in name else 200), name
        transaction.set_rollback(True)
    return costs


_found: list[dict[str, Cost]] = []


@pytest.fixture
def costs(monkeypatch):
    """Of a small and of a large society; found once for all tests here, since making one takes its time."""
    if not _found:
        monkeypatch.setattr(sitemaps.Section, 'limit', 60)
        _found.extend((costs_of(SMALL), costs_of(LARGE)))
    return _found


def test_no_page_asks_more_questions_of_a_large_society(costs):
    small, large = costs

    more = {name: (small[name].queries, large[name].queries) for name in small if name not in GROWS}

    assert {name: pair for name, pair in more.items() if pair[0] != pair[1]} == {}
    # The list of sitemaps looks at each of them.
    assert more.pop('sitemap')[1] == 11
    assert max(pair[1] for pair in more.values()) <= 9


def test_no_page_costs_more_steps_in_a_society_five_times_as_large(costs):
    """By half more, for what chance makes of a few rows more or less: five times would be growth."""
    small, large = costs

    grown = {
        name: (small[name].steps, large[name].steps)
        for name in small
        if name not in GROWS and large[name].steps > small[name].steps * 1.5 + 300
    }

    assert grown == {}


def test_no_page_reads_a_growing_table_from_end_to_end(costs):
    _, large = costs

    assert {name: cost.read_whole for name, cost in large.items() if cost.read_whole} == {}
