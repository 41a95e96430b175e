"""Staff's pages for submissions and posts, and the editors' desk."""

from blog.admin import desk, editions, home, posts, posts_files, series, signed, submissions, subscribers

__all__ = [
    'desk',
    'editions',
    'home',
    'posts',
    'posts_files',
    'series',
    'signed',
    'submissions',
    'subscribers',
]
