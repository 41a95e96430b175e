"""The Society and its staff's pages in the admin."""

from ukis.society.admin import accessibility, notices, ordering, page_versions, pages, society

__all__ = ['accessibility', 'notices', 'ordering', 'page_versions', 'pages', 'society']
