"""Titles, each in its language."""

from django import template

from blog import wording

register = template.Library()
register.filter(wording.titled)
register.filter(wording.standfirst)
