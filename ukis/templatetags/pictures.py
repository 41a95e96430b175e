from django import template
from django.utils.safestring import SafeString

from ukis.pictures.models import Picture
from ukis.pictures.rendering import picture_html

register = template.Library()


@register.simple_tag
def picture(
    pic: Picture,
    alt: str = '',
    sizes: str = '100vw',
    eager: bool = False,
    cut: bool = False,
    **rest: str,
) -> SafeString:
    """`{% picture pic alt='A bridge' sizes='(min-width: 60rem) 42rem, 100vw' class='lead' eager=True %}`"""
    return picture_html(pic, alt=alt, sizes=sizes, css_class=rest.get('class', ''), eager=eager, cut=cut)
