"""A picture on a page."""

from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ukis.pictures import focus
from ukis.pictures.models import Picture

FALLBACK = 640  # the width that a browser gets which knows no others


def picture_html(
    picture: Picture,
    *,
    alt: str,
    sizes: str = '100vw',
    css_class: str = '',
    eager: bool = False,
    cut: bool = False,
) -> SafeString:
    """The picture in the best form the reader's browser knows; `alt=''` where it is decorative.

    `sizes` is HTML's: how wide it is shown. `eager`: it stands at the top of its page. `cut`: the page shows a part of
    it, which is then the one in which its focal point lies.
    """
    if cut and (place := focus.css_class(picture)):
        css_class = f'{css_class} {place}'.strip()
    # All sizes lie beside each other: the store is asked for one address, not for each.
    own = picture.file.url
    beside = own.removesuffix(picture.file.name or '')
    of_kind: dict[str, list[dict[str, Any]]] = {}
    for size in picture.sizes:
        of_kind.setdefault(size['format'], []).append(size)
    sets = {
        kind: ', '.join(f'{beside}{size["name"]} {size["width"]}w' for size in made)
        for kind, made in of_kind.items()
    }
    sources = format_html_join(
        '',
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, sets[kind], sizes) for kind in ('avif', 'webp') if kind in sets),
    )
    known = next((kind for kind in ('jpeg', 'png') if kind in sets), '')
    image = format_html(
        '<img src="{}"{} alt="{}" width="{}" height="{}"{}{} decoding="async">',
        beside + _nearest(of_kind[known])['name'] if known else own,
        format_html(' srcset="{}" sizes="{}"', sets[known], sizes) if known else '',
        escape(alt),
        picture.width,
        picture.height,
        format_html(' class="{}"', css_class) if css_class else '',
        SafeString(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )
    return format_html('<picture>{}{}</picture>', sources, image) if sources else image


def _nearest(made: list[dict[str, Any]]) -> dict[str, Any]:
    """The largest up to `FALLBACK`; they come smallest first."""
    return next((size for size in reversed(made) if size['width'] <= FALLBACK), made[0])
