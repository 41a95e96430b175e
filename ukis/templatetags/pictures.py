from django import template
from django.utils.safestring import SafeString

from ukis.markup.picture import picture_html
from ukis.models import Picture

register = template.Library()


@register.simple_tag
def picture(
    pic: Picture, alt: str = '', sizes: str = '100vw', eager: bool = False, **rest: str
) -> SafeString:
    """`{% picture pic alt='A bridge' sizes='(min-width: 60rem) 42rem, 100vw' class='lead' eager=True %}`"""
    return picture_html(pic, alt=alt, sizes=sizes, css_class=rest.get('class', ''), eager=eager)
