"""The site with pages kept and nobody asking whether they are still right: what the races must catch."""

from ukis.wsgi import django  # isort: skip  # it sets Django up
from ukis.pagecache.generation import Mark
from ukis.pagecache.serving import PageCache


class Never:
    def mark(self) -> Mark:
        return Mark('era', 1)


application = PageCache(django, most=16_000_000, check=Never())
