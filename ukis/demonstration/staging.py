"""Makes rows of the demonstration's content. Everything is looked up before it is made, so that a second run,
or one after a run that was cut off, adds only what is missing."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import InMemoryUploadedFile

from blog import workflow
from blog.models import PrintedName, Submission, Words
from blog.workflow.author import printed_as
from members import joining
from members.models import Affiliation, Category, EarlierName, Organisation, Person, Term
from members.money import renewing
from members.places import seats
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR, SECRETARY
from ukis import days, markup, pictures, tags
from ukis.demonstration import content
from ukis.demonstration import pictures as drawings
from ukis.pictures.models import Picture
from ukis.society import reviewing
from ukis.society.accessibility import AccessibilityStatement, KnownProblem
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
from ukis.tags.models import Tag

PASSWORD = 'careful-change-2027'  # noqa: S105  # printed for everybody: these people do not exist
SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'  # noqa: S105
ROLES = {
    'editor': COMMISSIONING_EDITOR,
    'second-editor': EDITOR,
    'secretary': SECRETARY,
    'administrator': ADMINISTRATOR,
}
# The one term, in days from today, that gives a membership each status.
SPANS = {
    'active': (-200, 164),
    'due': (-330, 34),
    'grace': (-395, -30),
    'lapsed': (-565, -200),
    'starting': (12, 376),
}
Say = Callable[[str], None]


class Stage:
    """What has been made so far, by the keys of the content."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}

    def set(self) -> None:
        self.make_tags()
        self.make_organisations()
        self.make_people()
        self.make_society()
        self.make_posts()

    def make_tags(self) -> None:
        for name, description in content.tags().items():
            [tag] = tags.find_or_make([name])
            Tag.objects.filter(pk=tag.pk, description='').update(description=description)

    def make_organisations(self) -> None:
        wanted = content.organisations()
        self.say(f'{len(wanted)} organisations')
        categories = _categories()
        for given in wanted:
            organisation, new = Organisation.objects.get_or_create(
                name=given['name'],
                defaults={
                    key: given[key]
                    for key in ('short_name', 'kind', 'nations', 'website', 'links', 'description')
                },
            )
            self.organisations[given['key']] = organisation
            if not new:
                continue
            if given['part_of']:
                organisation.part_of = self.organisations[given['part_of']]
                organisation.save(update_fields=['part_of'])
            organisation.topics.set(given['topics'])
            if given['logo']:
                organisation.logo = picture(drawings.logo(given['logo']))
                organisation.logo_alt = f'Logo of {organisation.shown_name}'
                organisation.save(update_fields=['logo', 'logo_alt'])
            for earlier in given['earlier_names']:
                EarlierName.objects.create(organisation=organisation, **earlier)
            if given['member'] != 'none':
                _membership(categories['organisation'], given['member'], organisation)

    def make_people(self) -> None:
        wanted = content.people()
        self.say(f'{len(wanted)} people')
        for given in wanted:
            self.people[given['key']] = self._person(given)

    def _person(self, given: dict[str, Any]) -> Person:
        known = Person.objects.filter(
            email=given['email'] or None, name=given['name'], orcid=given['orcid']
        ).first()
        if known:
            return known
        person = Person(
            **{
                key: given[key]
                for key in ('title', 'name', 'given_names', 'family_name', 'biography', 'orcid', 'nation')
            },
            email=given['email'] or None,
            page_for='public',
            is_staff=given['key'] in ROLES,
        )
        person.part_name()
        person.photo = picture(drawings.portrait(given['key'], given['look']))
        # Hashing is slow on purpose: only those who are meant to sign in get a password.
        if given['key'] in ('author', 'coauthor', 'contact', *ROLES):
            person.set_password(PASSWORD)
        else:
            person.set_unusable_password()
        person.save()
        person.topics.set(given['topics'])
        if person.email:
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if given['key'] in ROLES:
            person.groups.add(Group.objects.get(name=ROLES[given['key']]))
            add_authenticator(person)
        organisation = self.organisations.get(given['organisation'] or '')
        if organisation:
            Affiliation.objects.create(
                person=person, organisation=organisation, job_title=given['job_title'], main=True
            )
            membership = organisation.memberships.first()
            if membership and given['key'] != 'coauthor':
                seats.give(membership, by=None, person=person, since=date(2024, 4, 1))
        elif given['key'] == 'tariq-anwar':
            _membership(_categories()['individual'], 'active', person)
        return person

    def make_society(self) -> None:
        wanted = {key: value for key, value in content.society().items() if hasattr(Society, key)}
        if not Society.objects.exists():
            Society.objects.create(pk=1, commissioning_editor=self.people['editor'], **wanted)
            words, last = content.society()['notice'], days.today() + timedelta(days=30)
            Notice.objects.create(
                words=words, link='/join/', link_words='How to become a member', last_day=last
            )
        for position, given in enumerate(content.pages()):
            Page.objects.get_or_create(
                address=given['slug'],
                defaults={
                    'title': given['title'],
                    'body': markup.clean(given['body']),
                    'published': True,
                    'position': position,
                },
            )

        self._make_statement()

    def _make_statement(self) -> None:
        if AccessibilityStatement.objects.exists():
            return
        given, today = content.accessibility(), days.today()
        problems = given.pop('problem')
        statement = AccessibilityStatement(
            prepared_on=today - timedelta(days=200),
            reviewed_on=today - timedelta(days=40),
            tested_on=today - timedelta(days=60),
            **given,
        )
        statement.save()
        for position, problem in enumerate(problems, 1):
            days_left = problem.pop('in_days', None)
            mend_by = today + timedelta(days=days_left) if days_left else None
            KnownProblem.objects.create(statement=statement, position=position, mend_by=mend_by, **problem)
        reviewing.kept(statement, by=self.people['administrator'])

    def make_posts(self) -> None:
        wanted = content.posts()
        self.say(f'{len(wanted)} posts, with their pictures')
        known = set(
            Submission.objects.filter(source__startswith='demonstration:').values_list('source', flat=True)
        )
        for given in wanted:
            source = f'demonstration:{given["slug"]}'
            if source not in known:
                self._post(given, source)

    def _post(self, given: dict[str, Any], source: str) -> None:
        words = words_of(given)
        workflow.import_submission(
            by=None,
            source=source,
            words=words,
            names=self._names(given),
            published_at=datetime.combine(given['date'], time(9, 0), days.LONDON),
            tags=given['tags'],
            slug=given['slug'],
            views=given['views'],
            featured=given['featured'],
        )

    def _names(self, given: dict[str, Any]) -> list[PrintedName]:
        if given['by_organisation']:
            organisation = self.organisations[given['by_organisation']]
            return [
                PrintedName(
                    name=organisation.name,
                    organisation=organisation.pk,
                )
            ]
        return [printed_as(self.people[key]) for key in given['authors']]


def words_of(given: dict[str, Any]) -> Words:
    """With its lead picture drawn, where there is one."""
    words = Words(
        tag_words=list(given['tags']),
        **{name: given[name] for name in ('title', 'standfirst', 'body', 'references', 'language')},
    )
    if not (wanted := given['picture']):
        return words
    drawing = picture(drawings.draw(wanted['scene']))
    return words.but(lead_picture_id=drawing.pk, lead_alt=wanted['alt'], lead_caption=wanted['caption'])


def picture(drawing: bytes) -> Picture:
    """A drawing through the same door as everybody's uploads."""
    upload = InMemoryUploadedFile(BytesIO(drawing), None, 'drawing.jpg', 'image/jpeg', len(drawing), None)
    return pictures.accept(upload, None)


def _categories() -> dict[str, Category]:
    found = {}
    for key, given in content.categories().items():
        questions = given.pop('questions')
        found[key], new = Category.objects.get_or_create(name=given['name'], defaults=given)
        for question in questions if new else []:
            found[key].questions.create(**question)
    return found


def _membership(category: Category, status: str, holder: Organisation | Person) -> None:
    membership = joining.admit(holder, by=None, category=category, joined_on=date(2019, 4, 1))
    if status in SPANS:
        start, end = (days.today() + timedelta(days=offset) for offset in SPANS[status])
        renewing.add_term(membership, by=None, start=start, end=end, payment=Term.Payment.PAID)


def add_authenticator(person: Person, secret: str = SECRET) -> None:
    """As if they had set up an app on their telephone."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={'secret': encrypt(secret)})
