"""A picture on a page."""

import re
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ukis.pictures import focus
from ukis.pictures.models import Picture

FALLBACK = 640  # the width that a browser gets which knows no others
FINE = 3  # points of a picture to a pixel of a page, beyond which nobody sees more


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
    of_kind = {kind: _of_use(made, sizes) for kind, made in of_kind.items()}
    if 'avif' in of_kind and 'webp' in of_kind:
        of_kind['webp'] = _of_few(of_kind['webp'])
    sets = {kind: _set(made, beside, sizes) for kind, made in of_kind.items()}
    sources = format_html_join(
        '',
        '<source type="image/{}"{}>',
        ((kind, sets[kind]) for kind in ('avif', 'webp') if kind in sets),
    )
    known = next((kind for kind in ('jpeg', 'png') if kind in sets), '')
    # Of a browser that knows neither of the other kinds there is hardly one left, and each width weighs on the page.
    named = known and not sources and len(of_kind[known]) > 1
    image = format_html(
        '<img src="{}"{} alt="{}" width="{}" height="{}"{}{}>',
        beside + _nearest(of_kind[known])['name'] if known else own,
        sets[known] if named else '',
        escape(alt),
        picture.width,
        picture.height,
        format_html(' class="{}"', css_class) if css_class else '',
        SafeString(' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"'),
    )
    return format_html('<picture>{}{}</picture>', sources, image) if sources else image


def _of_use(made: list[dict[str, Any]], sizes: str) -> list[dict[str, Any]]:
    """Those that some screen takes. They come smallest first; what is as wide everywhere needs none beyond the first
    that is fine enough, what is as wide as a telephone none that is too coarse for any, and each that is named weighs
    on the page."""
    if sizes.endswith('100vw'):
        return [size for size in made if size['width'] >= FALLBACK] or made
    shown = re.fullmatch(r'(\d+)px', sizes)
    if not shown:
        return made
    fine = (place for place, size in enumerate(made) if size['width'] >= int(shown[1]) * FINE)
    return made[: next(fine, len(made)) + 1]


def _of_few(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the kind that only few browsers still take, for they know none better: the smallest and the largest."""
    return made if len(made) < 3 else [made[0], made[-1]]


def _set(made: list[dict[str, Any]], beside: str, sizes: str) -> SafeString:
    if len(made) == 1:
        return format_html(' srcset="{}"', beside + made[0]['name'])
    named = ', '.join(f'{beside}{size["name"]} {size["width"]}w' for size in made)
    return format_html(' srcset="{}" sizes="{}"', named, sizes)


def _nearest(made: list[dict[str, Any]]) -> dict[str, Any]:
    """The largest up to `FALLBACK`; they come smallest first."""
    return next((size for size in reversed(made) if size['width'] <= FALLBACK), made[0])
