"""Person: who signs in, who is listed and whose name stands under a title, all one row."""

from datetime import date
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from members import roles, seeing, standing
from members.orcid import OrcidField
from members.seeing import Visibility
from ukis import addresses, search
from ukis.folding import folded
from ukis.lines import one_line
from ukis.tags import Tags


class Nation(models.TextChoices):
    ENGLAND = 'england', 'England'
    SCOTLAND = 'scotland', 'Scotland'
    WALES = 'wales', 'Wales'
    NORTHERN_IRELAND = 'northern-ireland', 'Northern Ireland'


class PersonQuerySet(models.QuerySet['Person']):
    def may_submit(self, on: date | None = None) -> 'PersonQuerySet':
        """Who may start and submit a blog today: the one rule, as a set. `Person.may_submit` is the same for one."""
        return self.filter(standing.may_submit(on))

    def visible_to(self, to: seeing.Sees, on: date | None = None) -> 'PersonQuerySet':
        """Members whose page is meant for those who see `to` (`seeing.sees(viewer)`): the one rule for every page,
        list, count and suggestion. Whoever is suspended or has lapsed is a member no longer."""
        return self.may_submit(on).filter(page_for__in=to)

    def standing(self) -> 'PersonQuerySet':
        """All but the rows that were emptied: merged into others, or forgotten."""
        return self.filter(merged_into=None, erased_at=None)

    def in_group(self, name: str) -> 'PersonQuerySet':
        return self.filter(is_active=True, groups__name=name)

    def editors(self) -> 'PersonQuerySet':
        return self.filter(is_active=True, groups__name__in=roles.EDITORS)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, password: str | None = None, **fields) -> 'Person':
        person = self.model(email=self.normalise(email), **fields)
        person.part_name()
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields) -> 'Person':
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> 'Person':
        return self.get(email=self.normalise(email))

    @staticmethod
    def normalise(email: str | None) -> str | None:
        return (email or '').strip().lower() or None


TITLES = frozenset(
    ['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir', 'dame', 'rev', 'revd', 'reverend']
)


class Person(addresses.Addressed, AbstractBaseUser, PermissionsMixin):
    """May have no password and even no address (a guest author): then nobody can sign in as them."""

    email = models.EmailField(unique=True, null=True, blank=True)
    title = models.CharField(max_length=40, blank=True, help_text='Dr, Professor, … if it is to be printed.')
    name = models.CharField('name as printed', max_length=200, help_text='Without the title.')
    given_names = models.CharField(max_length=200, blank=True, help_text='For sorting and citing.')
    family_name = models.CharField(max_length=200, blank=True)
    slug = addresses.AddressField('page address', blank=True, views=('person', 'author'), made_from='name')
    biography = models.TextField(
        blank=True, help_text='About 80 words, in the third person. It is printed under your posts.'
    )
    photo = models.ForeignKey(
        'ukis.Picture', on_delete=models.SET_NULL, null=True, blank=True, related_name='+'
    )
    orcid = OrcidField('ORCID')
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    website = models.URLField(blank=True)
    postal_address = models.TextField(
        blank=True,
        max_length=1000,
        help_text='At home, as invoices and Gift Aid need it. Shown nowhere else.',
    )
    page_for = models.CharField(
        'who sees my page',
        max_length=10,
        choices=Visibility,
        default=Visibility.MEMBERS,
        help_text='Your page in the directory. Who sees no page sees nothing that stands on it; what is printed under '
        'a post is public.',
    )
    biography_for = seeing.choice('who sees the biography', Visibility.PUBLIC)
    photo_for = seeing.choice('who sees the photo', Visibility.PUBLIC)
    nation_for = seeing.choice('who sees the nation', Visibility.PUBLIC)
    links_for = seeing.choice('who sees ORCID and website', Visibility.PUBLIC)
    work_for = seeing.choice('who sees where I work', Visibility.PUBLIC)
    topics_for = seeing.choice('who sees the topics I offer', Visibility.MEMBERS)
    sought_for = seeing.choice('who sees the topics I seek', Visibility.MEMBERS)
    indexed = models.BooleanField(
        'search engines may list my page',
        default=True,
        help_text='Who may see the page is another choice: colleagues find it here in any case.',
    )
    may_be_asked = models.BooleanField(
        'members may ask to be introduced to me',
        default=True,
        help_text='They write a note; nobody’s address is shown to anybody unless you say yes.',
    )
    is_active = models.BooleanField(
        'may sign in', default=True, help_text='Untick instead of deleting: then nobody can sign in as them.'
    )
    is_staff = models.BooleanField('may open the admin', default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # The row is emptied, and points to the one that stands for the same person. Chains are flattened.
    merged_into = models.ForeignKey(
        'self',
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='merged',
        editable=False,
        db_index=False,  # nearly all have none: a list would be found by it, and then sorted
    )
    # The row stays where history points at it; nothing of the person does (`members.erasing`).
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Family name and name without accents, in small letters: lists are sorted by it, and people found.
    found_by = models.CharField(max_length=900, blank=True, editable=False)

    topics = Tags(blank=True, help_text='Topics offered, separated by commas.')
    tags_wait = True
    objects = PersonManager()

    USERNAME_FIELD = 'email'
    REQUIRED_FIELDS = ['name']

    class Meta:
        verbose_name_plural = 'people'
        ordering = ['family_name', 'name']
        indexes = [
            models.Index(fields=['family_name', 'name', 'id'], name='person_by_name'),
            models.Index(fields=['found_by', 'id'], name='person_found_by'),
            models.Index(
                fields=['merged_into'], name='person_merged', condition=Q(merged_into__isnull=False)
            ),
        ]
        constraints = [
            addresses.well_formed('person_address_well_formed'),
            models.CheckConstraint(
                condition=Q(email=None) | Q(email=Lower('email')),
                name='email_in_lower_case',
                violation_error_message='Write the email address in small letters.',
            ),
            models.CheckConstraint(
                condition=~Q(email=''),
                name='email_or_none',
                violation_error_message='An email address is either there or not: leave it out altogether.',
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    def save(self, *args, **kwargs) -> None:
        self.email = PersonManager.normalise(self.email)
        self.found_by = self.folded_name
        named = {'name', 'family_name'} & set(kwargs.get('update_fields') or ())
        if named:
            kwargs['update_fields'] = {*kwargs['update_fields'], 'found_by'}
        super().save(*args, **kwargs)
        if kwargs.get('update_fields') is None or {'name', 'family_name'} & set(kwargs['update_fields']):
            self.affiliations.exclude(sorted_as=self.sorted_as).update(sorted_as=self.sorted_as)
        search.saved(self, kwargs.get('update_fields'))

    def clean(self) -> None:
        super().clean()
        self.title, self.name = one_line(self.title), one_line(self.name)
        self.given_names, self.family_name = one_line(self.given_names), one_line(self.family_name)
        self.part_name()

    def part_name(self) -> None:
        """For sorting and citing, where nobody said which part is which: the last word is the family's, and a first one
        that is a title stands apart."""
        first, _, rest = self.name.strip().partition(' ')
        if not self.title and rest.strip() and first.rstrip('.').lower() in TITLES:
            self.title, self.name = first, rest.strip()
        if not self.family_name:
            self.given_names, _, self.family_name = self.name.strip().rpartition(' ')

    def get_absolute_url(self) -> str:
        return addresses.path_of('person', self.slug)

    def get_full_name(self) -> str:
        return self.printed_name

    def get_short_name(self) -> str:
        return self.given_names or self.name

    @property
    def sorted_as(self) -> str:
        """By family name, in small letters."""
        return f'{self.family_name} {self.name}'.lower()

    @property
    def folded_name(self) -> str:
        return folded(f'{self.family_name} {self.name}')[:900]

    @property
    def printed_name(self) -> str:
        return f'{self.title} {self.name}'.strip()

    @property
    def public_biography(self) -> str:
        return self.as_seen(seeing.PUBLIC).biography

    @property
    def public_photo(self) -> Any:
        """The Picture, if its person shows it to everybody."""
        return self.as_seen(seeing.PUBLIC).photo

    def as_seen(self, to: seeing.Sees) -> seeing.Seen:
        return seeing.Seen(self, to)

    @property
    def initials(self) -> str:
        """In the place of a photo: 'CP'."""
        return f'{self.given_names[:1]}{self.family_name[:1]}'.upper()

    @property
    def citation_name(self) -> str:
        """'Family, G. H.' for citing; the printed name where the parts are not known."""
        if not self.given_names:
            return self.family_name or self.name
        initials = ' '.join(f'{part[0]}.' for part in self.given_names.replace('-', ' ').split())
        return f'{self.family_name}, {initials}'

    def may_submit(self, on: date | None = None) -> bool:
        return Person.objects.filter(pk=self.pk).may_submit(on).exists()

    def main_affiliation(self):
        """The affiliation to print by default: the main one of today, else the newest."""
        return self.affiliations.current().select_related('organisation').order_by('-main', '-since').first()

    @cached_property
    def opens_the_admin(self) -> bool:
        """Staff with a second factor: the door to the admin, and to others' work before it is public."""
        return self.is_active and self.is_staff and is_mfa_enabled(self)

    @property
    def is_editor(self) -> bool:
        return any(map(self.is_in, roles.EDITORS))

    @property
    def is_on_the_desk(self) -> bool:
        return any(map(self.is_in, roles.DESK))

    @property
    def is_guest_editor(self) -> bool:
        """Looks after one series or more, and is no editor of the rest."""
        return self.is_in(roles.GUEST_EDITOR) and not self.is_on_the_desk

    def is_in(self, group: str) -> bool:
        """Membership of one of the staff's groups; read once per row."""
        if not hasattr(self, '_group_names'):
            self._group_names = {row.name for row in self.groups.all()} if self.is_active else set()
        return group in self._group_names
