"""The public site as files: every page of its own list of addresses, and in them no link that leads nowhere."""

from ukis.management.static_copy.copying import Copied, copy

__all__ = ['Copied', 'copy']
