"""The Society itself, and the pages of its staff."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ukis import addresses, search
from ukis.fetched import later
from ukis.markup.languages import LANGUAGES
from ukis.pagecache import kept
from ukis.prepared import prepared
from ukis.society.accessibility import ADDRESS


class Society(models.Model):
    """The Society itself, one row: pages, footers and letters read it and nothing else."""

    name = models.CharField(max_length=200, default='UK Implementation Society')
    short_name = models.CharField(max_length=40, default='UK-IS')
    strapline = models.CharField(max_length=200, blank=True)
    mission = models.TextField(
        'what the Society is',
        blank=True,
        help_text='Shown in the band on top of the home page, which has room for about forty words.',
    )
    postal_address = models.TextField(blank=True)
    office_address = models.EmailField('office email', blank=True)
    contributions_address = models.EmailField(
        'contributions email',
        blank=True,
        help_text='Where somebody writes who would like to contribute a blog.',
    )
    charity_number = models.CharField(max_length=40, blank=True)
    legal_name = models.CharField(
        max_length=200, blank=True, help_text='As the registers have it, for invoices. Empty: the name.'
    )
    registered_as = models.TextField(
        blank=True,
        help_text='What every invoice must say, a line each: “Registered charity in England and Wales, 1234567”; the '
        'company number and registered office where it is one.',
    )
    pay_to = models.TextField(
        'how to pay', blank=True, help_text='The bank account as invoices give it, and any other way.'
    )
    payment_days = models.PositiveSmallIntegerField('days to pay an invoice', default=30)
    year_begins_month = models.PositiveSmallIntegerField(
        'month in which the financial year begins',
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text='4: April. The books show this year unless asked for other days.',
    )
    vat_number = models.CharField(
        'VAT number', max_length=20, blank=True, help_text='Empty: not registered, and no invoice names VAT.'
    )
    vat_rate = models.DecimalField('standard rate of VAT (%)', max_digits=4, decimal_places=1, default=20)
    gift_aid_wording = models.TextField(
        'what a Gift Aid declaration says',
        default='I want {society} to claim Gift Aid on what I pay for my membership of my own money. I pay income tax '
        'or capital gains tax in the United Kingdom, and I know that if in a tax year this is less than all charities '
        'claim on my gifts of that year, I owe the tax office the difference.',
        help_text='As the treasurer has it from the tax office; {society} becomes the legal name. Whoever declares '
        'agrees to the words of the day, and they are kept.',
    )
    invoices_up_front = models.BooleanField(
        'a renewal’s invoice is drawn with the notice',
        default=False,
        help_text='Otherwise when somebody renews, asks for it or pays. Drawn earlier it is a debt nobody agreed to.',
    )
    commissioning_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        help_text='Who is Commissioning Editor for Blogs today.',
    )
    views_own = models.CharField(
        'line for the author’s own views',
        max_length=300,
        default='The views expressed are the author’s own and not those of the Society.',
    )
    views_organisation = models.CharField(
        'line for an organisation’s views',
        max_length=300,
        default='The views expressed are those of the author’s organisation and not those of the Society.',
    )
    views_society = models.CharField(
        'line for the Society’s views', max_length=300, default='This post gives the view of the Society.'
    )
    words_from = models.PositiveIntegerField('words of a blog, from', default=600)
    words_to = models.PositiveIntegerField('to', default=1200)
    licence = models.CharField(
        max_length=300, blank=True, help_text='Said after the copyright line of every post, if anything is.'
    )
    rights_sentence = models.TextField(
        'what an author agrees to',
        default='I hold the rights in this text and its pictures, or have permission to use them, and I agree that '
        'the Society publishes them under its copyright line.',
    )

    # Another each time a letter's text is edited; empty while none was.
    letter_texts = models.CharField(max_length=32, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = 'society'
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name='one_society'),
            models.CheckConstraint(
                condition=Q(words_from__lte=models.F('words_to')),
                name='from_few_words_to_more',
                violation_error_message='The fewest words are more than the most: change one of the two.',
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def get(cls) -> 'Society':
        """The one row, with its editor; an unsaved one with the defaults before there is any."""
        return _one_of(_society(key=1))

    @classmethod
    def shown(cls) -> 'Society':
        """As every public page names it: asked for once until it changes, and not to be changed."""
        return kept('society', lambda: later(_one_of, _society(key=1)))

    @property
    def blog_name(self) -> str:
        """As feeds, citations and reference managers call it."""
        return f'{self.name} blog'

    @property
    def words_range(self) -> str:
        """How long a blog is: 'between 600 and 1,200 words', wherever it is said."""
        return f'between {self.words_from:,} and {self.words_to:,} words'

    def views_line(self, views: str) -> str:
        lines = {'own': self.views_own, 'organisation': self.views_organisation}
        return (lines | {'society': self.views_society})[views]


def _one_of(rows: Sequence[Society]) -> Society:
    return rows[0] if rows else Society(pk=1)


@prepared()
def _society(*, key: int) -> models.QuerySet[Society]:
    return Society.objects.select_related('commissioning_editor').filter(pk=key)


class PageQuerySet(models.QuerySet['Page']):
    def published(self) -> 'PageQuerySet':
        return self.filter(published=True)

    def in_navigation(self) -> 'PageQuerySet':
        """Those that the foot of every page names, in the order that staff gave them."""
        return self.published().filter(in_footer=True)


# Pages with a part of their own beside what staff write in them, known by their addresses.
GUIDELINES = 'writing-guidelines'


class Page(addresses.Addressed):
    """A page of the staff's own: about, principles, privacy. Its words are those that readers have; before it is on the
    site, those saved last. What was saved since stands in its versions (`ukis/society/versions.py`)."""

    title = models.CharField(max_length=200)
    address = addresses.AddressField(
        blank=True,
        views=('page',),
        made_from='title',
        help_text='“about” stands at /about/, every other page below it: /about/principles/. Left empty, it is made '
        'from the title.',
    )
    language = models.CharField(max_length=10, choices=LANGUAGES, default='en-GB')
    body = models.TextField(blank=True)
    published = models.BooleanField(default=False)
    in_footer = models.BooleanField(
        'in the navigation', default=True, help_text='At the foot of every page, once it is published.'
    )
    position = models.PositiveSmallIntegerField('place in the navigation', default=0)
    # Of the words that readers have.
    changed_at = models.DateTimeField('words changed', default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ['position', 'title', 'pk']
        constraints = [addresses.well_formed('page_address_well_formed', 'address')]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        search.saved(self, kwargs.get('update_fields'))

    @property
    def is_guidelines(self) -> bool:
        """The page on how to write for the blog, which says how long a blog is."""
        return self.address == GUIDELINES

    @property
    def shows_statement(self) -> bool:
        """The page that shows the accessibility statement, which is made from facts."""
        return self.address == ADDRESS

    def get_absolute_url(self) -> str:
        return reverse('about') if self.address == 'about' else reverse('page', args=[self.address])
