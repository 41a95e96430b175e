"""Words that may not be English, marked with their language."""

from django import template

from ukis.markup.languages import in_language, in_which, with_languages

register = template.Library()
register.filter(in_language)
register.filter(in_which)
register.filter(with_languages)
