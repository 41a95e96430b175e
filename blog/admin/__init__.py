"""Staff's pages for submissions and posts, and the editors' desk."""

from blog.admin import desk, posts, series, submissions

__all__ = ['desk', 'posts', 'series', 'submissions']
