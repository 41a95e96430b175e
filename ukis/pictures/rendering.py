"""A picture on a page."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ukis.pictures.models import Picture


def picture_html(
    picture: Picture, *, alt: str, sizes: str = '100vw', css_class: str = '', eager: bool = False
) -> SafeString:
    """The picture in the best form the reader's browser knows; `alt=''` where it is decorative.

    `sizes` is HTML's: how wide it is shown. `eager`: it stands at the top of its page.
    """
    # All sizes lie beside each other: the store is asked for one address, not for each.
    own = picture.file.url
    beside = own.removesuffix(picture.file.name or '')
    sources = format_html_join(
        '',
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (
            (kind, ', '.join(f'{beside}{size["name"]} {size["width"]}w' for size in made), sizes)
            for kind in ('avif', 'webp')
            if (made := [size for size in picture.sizes if size['format'] == kind])
        ),
    )
    image = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}"{}{} decoding="async">',
        own,
        escape(alt),
        picture.width,
        picture.height,
        format_html(' class="{}"', css_class) if css_class else '',
        SafeString(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )
    return format_html('<picture>{}{}</picture>', sources, image) if sources else image
