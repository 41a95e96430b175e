from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Lower

from members import spelling, standing, weblinks
from members.models.people import Nation, Person
from ukis import addresses, days, search
from ukis.lines import one_line
from ukis.tags import Tags


class OrganisationQuerySet(models.QuerySet['Organisation']):
    def locked(self, pk: int) -> 'Organisation':
        """The row, held until the transaction ends; it is read after that, and so is all that hangs on it."""
        list(self.filter(pk=pk).order_by().select_for_update(no_key=True).values_list('pk'))
        return self.get(pk=pk)

    def standing(self) -> 'OrganisationQuerySet':
        """All but the rows that were merged into others."""
        return self.filter(merged_into=None)

    def members(self, on: date | None = None) -> 'OrganisationQuerySet':
        return self.filter(standing.is_listed(on))

    def listed(self, on: date | None = None) -> 'OrganisationQuerySet':
        """Those the directory shows: members that agreed to be public."""
        return self.filter(public=True).members(on)

    def working_in(self, nation: str) -> 'OrganisationQuerySet':
        return self.alias(places=Cast('nations', models.TextField())).filter(places__contains=f'"{nation}"')

    def called(self, name: str) -> 'Organisation | None':
        """The public one that has just this name, long or short."""
        named = models.Q(name__iexact=name) | models.Q(short_name__iexact=name)
        return self.filter(named, public=True).first() if name else None


class Organisation(addresses.Addressed):
    class Kind(models.TextChoices):
        UNIVERSITY = 'university', 'University'
        RESEARCH = 'research', 'Research institute'
        HEALTH = 'health', 'Health service'
        LOCAL_GOVERNMENT = 'local-government', 'Local government'
        GOVERNMENT = 'government', 'Government'
        CHARITY = 'charity', 'Charity'
        OTHER = 'other', 'Other'

    name = models.CharField(max_length=200)
    short_name = models.CharField(
        max_length=60, blank=True, help_text='As people say it; printed where there is little room.'
    )
    slug = addresses.AddressField('page address', blank=True, views=('organisation',), made_from='shown_name')
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    nations = models.JSONField(default=list, blank=True)
    website = models.URLField(blank=True)
    links = models.TextField(
        'further links', blank=True, max_length=2000, validators=[weblinks.check], help_text=weblinks.HELP
    )
    logo = models.ForeignKey(
        'ukis.Picture', on_delete=models.SET_NULL, null=True, blank=True, related_name='+'
    )
    logo_alt = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    part_of = models.ForeignKey('self', on_delete=models.PROTECT, null=True, blank=True, related_name='parts')
    # It stood here twice: the row is kept, and points to the one that stands for both. Chains are flattened.
    merged_into = models.ForeignKey(
        'self',
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='merged',
        editable=False,
        db_index=False,  # nearly all have none: a list would be found by it, and then sorted
    )
    public = models.BooleanField('in the public directory', default=True)
    billing_address = models.TextField(
        blank=True,
        max_length=1000,
        help_text='As invoices name it; they are refused without. Shown nowhere else.',
    )

    # By which one that stands here already is found, however it is written: kept with what they are made of.
    folded_name = models.CharField(max_length=spelling.WIDTH, blank=True, editable=False)
    folded_short_name = models.CharField(max_length=spelling.WIDTH, blank=True, editable=False)
    web_host = models.CharField(max_length=spelling.WIDTH, blank=True, editable=False)

    topics = Tags(blank=True)
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ['name']
        constraints = [
            addresses.well_formed('organisation_address_well_formed'),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F('pk')),
                name='organisation_not_part_of_itself',
                violation_error_message='An organisation cannot be part of itself.',
            ),
        ]
        indexes = [
            models.Index(Lower('name'), 'id', name='organisation_by_name', condition=Q(public=True)),
            models.Index(
                fields=['merged_into'], name='organisation_merged', condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=['folded_name'], name='organisation_folded_name'),
            models.Index(fields=['folded_short_name'], name='organisation_folded_short'),
            models.Index(fields=['web_host'], name='organisation_web_host'),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded_name, self.folded_short_name = (
            spelling.folded(self.name),
            spelling.folded(self.short_name),
        )
        self.web_host = spelling.host_of(self.website)
        if kwargs.get('update_fields') is not None:
            kept = {'name': 'folded_name', 'short_name': 'folded_short_name', 'website': 'web_host'}
            along = {kept[field] for field in kwargs['update_fields'] if field in kept}
            kwargs['update_fields'] = {*kwargs['update_fields'], *along}
        super().save(*args, **kwargs)
        search.saved(self, kwargs.get('update_fields'))

    def clean(self) -> None:
        self.name, self.short_name = one_line(self.name), one_line(self.short_name)
        unknown = set(self.nations) - set(Nation.values)
        if unknown:
            raise ValidationError({'nations': f'Not a nation we know: {", ".join(sorted(unknown))}.'})
        above = self.part_of
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({'part_of': f'{above} would then be part of itself.'})
            above = above.part_of

    def get_absolute_url(self) -> str:
        return addresses.path_of('organisation', self.slug)

    @property
    def shown_name(self) -> str:
        """As people say it, where there is little room. Print has the name."""
        return self.short_name or self.name

    def shortened(self, printed: str) -> str:
        """What was printed for it, where there is little room; other words than its name stay as they are."""
        return self.shown_name if printed == self.name else printed

    @property
    def further_links(self) -> list[weblinks.WebLink]:
        return weblinks.read(self.links)

    @property
    def nation_names(self) -> list[str]:
        return [Nation(nation).label for nation in self.nations if nation in Nation.values]


class EarlierName(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name='earlier_names')
    name = models.CharField(max_length=200)
    since = models.DateField('used from', null=True, blank=True)
    until = models.DateField('used until', null=True, blank=True)
    folded_name = models.CharField(max_length=spelling.WIDTH, blank=True, editable=False)

    class Meta:
        ordering = ['-until']
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F('since')),
                name='earlier_name_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]
        indexes = [models.Index(fields=['folded_name'], name='earlier_name_folded')]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded_name = spelling.folded(self.name)
        if 'name' in (kwargs.get('update_fields') or ()):
            kwargs['update_fields'] = {*kwargs['update_fields'], 'folded_name'}
        super().save(*args, **kwargs)
        search.changed('members.organisation', [self.organisation_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        search.changed('members.organisation', [self.organisation_id])
        return gone


class Succession(models.Model):
    """What followed an organisation, from a day on: another that it became part of, or several where it was split.
    Both records stay."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name='successions')
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name='preceded')
    since = models.DateField('from', null=True, blank=True, help_text='Empty where nobody knows.')

    class Meta:
        verbose_name = 'what followed'
        verbose_name_plural = 'what followed'
        ordering = ['since', 'successor__name']
        constraints = [
            models.UniqueConstraint(
                fields=['organisation', 'successor'],
                name='followed_once',
                violation_error_message='It is said already that this one followed.',
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F('successor')),
                name='followed_by_another',
                violation_error_message='Nothing is followed by itself. Choose another organisation.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.day_in_words} part of {self.successor}'

    @property
    def day_in_words(self) -> str:
        """'Since 1 May 2027'; before that day 'From 1 May 2027'."""
        if self.since is None:
            return 'Now'
        return f'{"Since" if self.since <= days.today() else "From"} {days.in_words(self.since)}'


class AffiliationQuerySet(models.QuerySet['Affiliation']):
    def current(self, on: date | None = None) -> 'AffiliationQuerySet':
        on = on or days.today()
        return self.filter(Q(since=None) | Q(since__lte=on)).filter(Q(until=None) | Q(until__gte=on))

    def of_each(self, people: Iterable[int | None]) -> 'AffiliationQuerySet':
        """Of these, by their keys, with the organisation."""
        return self.filter(person__in={*people} - {None}).select_related('organisation')


class Affiliation(models.Model):
    """A person at an organisation: a fact about people. It gives no access to anything."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='affiliations')
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name='affiliations')
    job_title = models.CharField(max_length=200, blank=True)
    since = models.DateField('from', null=True, blank=True)
    until = models.DateField('to', null=True, blank=True)
    main = models.BooleanField(default=False)
    # The person's name as a list of people is sorted: it stands here too, so that the list needs no sorting.
    sorted_as = models.CharField(max_length=600, blank=True, editable=False)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ['-main', '-since']
        constraints = [
            models.UniqueConstraint(
                fields=['person'],
                condition=Q(main=True, until=None),
                name='one_main_affiliation',
                violation_error_message='Only one open affiliation can be the main one.',
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F('since')),
                name='affiliation_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]
        indexes = [models.Index(fields=['organisation', 'sorted_as', 'id'], name='affiliation_by_name')]

    def save(self, *args, **kwargs) -> None:
        self.sorted_as = self.person.sorted_as
        if kwargs.get('update_fields') is not None:
            kwargs['update_fields'] = {*kwargs['update_fields'], 'sorted_as'}
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return ', '.join(filter(None, [self.job_title, self.organisation.shown_name]))

    @property
    def is_open_main(self) -> bool:
        return self.main and self.until is None
