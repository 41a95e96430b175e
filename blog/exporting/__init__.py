"""Moving out: what is public, as an export that other systems and our own import take."""

from blog.exporting.wordpress import write

__all__ = ['write']
