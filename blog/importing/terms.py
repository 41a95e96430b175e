"""Old addresses of lists: categories, tags, authors and feeds lead to what stands for them here."""

from urllib.parse import urlsplit

from blog.importing.records import Former
from blog.importing.taking import Taking
from members.models import Person
from ukis import addresses
from ukis.society.models import Society
from ukis.tags import fold
from ukis.tags.models import Tag


def lead_lists(former: Former, taking: Taking) -> None:
    """Only to what is there: a category in which nothing is public has no page here. Lists of our own export stood
    where they stand here."""
    if taking.report.dry or former.is_ours:
        return
    society, _ = Society.objects.get_or_create(pk=1)
    for feed in former.feeds:
        parts = urlsplit(feed)
        is_atom = 'atom' in feed
        if addresses.came_from(society, parts.path, parts.query, view='feed' if is_atom else 'feed_rss'):
            taking.report.redirects += 1
    tags = {
        tag.folded: tag for tag in Tag.objects.filter(folded__in={fold(one) for one in former.terms.values()})
    }
    for path, name in former.terms.items():
        tag = tags.get(fold(name))
        if tag is not None and addresses.came_from(tag.standing, path):
            taking.report.redirects += 1
    for login, person in taking.names.people.items():
        if (
            login
            and isinstance(person, Person)
            and addresses.came_from(person, f'/author/{login}/', view='author')
        ):
            taking.report.redirects += 1
