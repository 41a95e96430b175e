"""Which entry of a bar is the page one reads, or the part of the site that it stands in."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NOWHERE = SafeString('')
# The views that the main bar leads to.
BAR = ('home', 'blog', 'contribute', 'organisations', 'about', 'account', 'write')


@register.filter
@lru_cache(maxsize=1000)
def in_bar(path: str) -> str:
    """This address, where an entry of the main bar leads to it; else one that stands below the same entry. The bar
    looks the same on all of them and is drawn once."""
    addresses = [reverse(name) for name in BAR]
    if path in addresses:
        return path
    return max((one for one in addresses if path.startswith(one)), key=len, default='') + '-'


@register.simple_tag
def current(path: str, name: str, *more: str, but: str = '', below: bool = True) -> SafeString:
    """aria-current of the entry that leads to the view `name`.

    `more`: views whose pages belong to the entry as well; `but`: one below it that has an entry of its own;
    `below`: whether the pages below its address belong to it.
    """
    if path == reverse(name):
        return mark_safe(' aria-current="page"')
    if not below or (but and path.startswith(reverse(but))):
        return NOWHERE
    if any(path.startswith(reverse(one)) for one in (name, *more)):
        return mark_safe(' aria-current="true"')
    return NOWHERE
