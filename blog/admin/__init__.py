"""Staff's pages for submissions and posts, and the editors' desk."""

from blog.admin import desk, posts, submissions

__all__ = ['desk', 'posts', 'submissions']
