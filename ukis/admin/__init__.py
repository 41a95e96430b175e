"""Staff's pages for what both apps stand on."""

from ukis.admin import letters, pages, pictures, society, tags

__all__ = ['letters', 'pages', 'pictures', 'society', 'tags']
