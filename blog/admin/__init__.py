"""Staff's pages for submissions and posts, and the editors' desk."""

from blog.admin import desk, editions, posts, series, submissions

__all__ = ['desk', 'editions', 'posts', 'series', 'submissions']
