"""What was there before there was one rule: it gets addresses that can be asked for, and twins become one."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ukis.pagecache import triggers

BEFORE = [('ukis', '0007_by_name'), ('blog', '0005_shelves'), ('members', '0008_affiliations_sorted')]


@pytest.fixture
def before(transactional_db):
    """The tables as they were; afterwards as they are today."""
    today = MigrationExecutor(connection).loader.graph.leaf_nodes()
    triggers.close(plan=BEFORE)
    MigrationExecutor(connection).migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps, today
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    triggers.install()


@pytest.fixture
def after(before):
    apps, today = before

    def migrated():
        executor = MigrationExecutor(connection)
        executor.migrate(today)
        return MigrationExecutor(connection).loader.project_state(today).apps

    return apps, migrated


def old_paths(apps) -> dict[str, tuple[str, int]]:
    return {
        old.path: (old.content_type.model, old.object_id)
        for old in apps.get_model('ukis.OldAddress').objects.select_related('content_type')
    }


def test_twins_become_one_and_everything_has_an_address_that_its_former_one_leads_to(after):
    """Both at once: to take every migration back and forth is what takes its time."""
    apps, migrated = after
    used, child = make_twins(apps)
    make_misnamed(apps)

    apps = migrated()

    twins_became_one(apps, used, child)
    misnamed_have_addresses(apps)


def make_twins(apps):
    tag_model, item_model = apps.get_model('ukis.Tag'), apps.get_model('ukis.TaggedItem')
    type_model = apps.get_model('contenttypes.ContentType')
    person, _ = type_model.objects.get_or_create(app_label='members', model='person')
    used = tag_model.objects.create(name='Coaching', slug='coaching')
    twin = tag_model.objects.create(name='COACHING', slug='coaching_1', description='Support at work.')
    merged = tag_model.objects.create(name='coaching ', slug='coaching_2', merged_into=twin)
    child = tag_model.objects.create(name='Mentoring', slug='mentoring', merged_into=twin)
    tag = type_model.objects.get_or_create(app_label='ukis', model='tag')[0]
    apps.get_model('ukis.OldAddress').objects.create(
        path='/blog/tags/coaches/', view='tag', content_type=tag, object_id=twin.pk
    )
    for row, carrier in ((used, 1), (used, 2), (twin, 2), (twin, 3), (merged, 4)):
        item_model.objects.create(tag=row, content_type=person, object_id=carrier)
    tag_model.objects.create(name='Health, social care', slug='health-social-care')
    for name, slug in (('–', ''), ('dŵr', 'dŵr'), ('Under', 'Under_score')):
        tag_model.objects.create(name=name, slug=slug)
    return used, child


def twins_became_one(apps, used, child):
    tag_model, item_model = apps.get_model('ukis.Tag'), apps.get_model('ukis.TaggedItem')
    kept = tag_model.objects.get(folded='coaching')
    assert (kept.pk, kept.slug, kept.description, kept.merged_into) == (
        used.pk,
        'coaching',
        'Support at work.',
        None,
    )
    assert sorted(item_model.objects.values_list('tag', 'object_id')) == [
        (kept.pk, carrier) for carrier in (1, 2, 3, 4)
    ]
    assert tag_model.objects.get(pk=child.pk).merged_into == kept
    assert sorted(tag_model.objects.values_list('name', 'slug')) == [
        ('Coaching', 'coaching'),
        ('Health/social care', 'health-social-care'),
        ('Mentoring', 'mentoring'),
        ('Under', 'under-score'),
        ('dŵr', 'dwr'),
        ('–', 'tag'),
    ]
    leading = old_paths(apps)
    for path in ('coaching_1', 'coaching_2', 'coaches'):
        assert leading[f'/blog/tags/{path}/'] == ('tag', kept.pk)
    assert leading['/blog/tags/Under_score/'] == ('tag', tag_model.objects.get(name='Under').pk)


def make_misnamed(apps):
    person_model, organisation_model = (
        apps.get_model('members.Person'),
        apps.get_model('members.Organisation'),
    )
    submission_model, post_model = apps.get_model('blog.Submission'), apps.get_model('blog.Post')
    person_model.objects.create(name='Ann Lee', family_name='Lee', slug='ann_lee')
    person_model.objects.create(name='Ann Lee', family_name='Lee', slug='ann-lee')
    organisation_model.objects.create(name='…', slug='')
    apps.get_model('ukis.Page').objects.create(title='About', address='About', body='x')
    for title, slug in (('Tags', 'Tags'), ('Fine', 'fine')):
        submission = submission_model.objects.create(working_title=title, state='drafting', holder='author')
        post_model.objects.create(submission=submission, slug=slug)


def misnamed_have_addresses(apps):
    def slugs(label, field='slug'):
        return sorted(apps.get_model(label).objects.values_list(field, flat=True))

    assert slugs('members.Person') == ['ann-lee', 'ann-lee-2']
    assert slugs('members.Organisation') == ['organisation']
    assert slugs('ukis.Page', 'address') == ['about-2']
    assert slugs('blog.Post') == ['fine', 'tags-2']
    assert {path: model for path, (model, _) in old_paths(apps).items() if model != 'tag'} == {
        '/people/ann_lee/': 'person',
        '/blog/authors/ann_lee/': 'person',
        '/about/About/': 'page',
        '/blog/Tags/': 'post',
    }
