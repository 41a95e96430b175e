"""From a draft to its post, and the lists on which posts stand."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import taggit.managers
import ukis.addresses.fields
from django.conf import settings
from django.db import migrations, models

from ukis.migrations._at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0002_organisations_memberships_and_money'),
        ('members', '__first__'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('working_title', models.CharField(max_length=200)),
                    ('found_by', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower('working_title'), output_field=models.CharField(max_length=200))),
                    ('state', models.CharField(choices=[('drafting', 'Drafting'), ('submitted', 'Needs an editor'), ('in_review', 'Reading'), ('changes_requested', 'Waiting for the author'), ('editing', 'Copy-edit'), ('author_approval', 'Waiting for approval'), ('ready', 'Ready to schedule'), ('released', 'Scheduled or published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='drafting', editable=False, max_length=20)),
                    ('holder', models.CharField(choices=[('author', 'the author'), ('editors', 'the editors'), ('editor', 'the editor'), ('calendar', 'the calendar'), ('nobody', 'nobody')], default='author', editable=False, max_length=10)),
                    ('held_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('due_on', models.DateField(blank=True, editable=False, null=True)),
                    ('editor', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='edited_submissions', to=settings.AUTH_USER_MODEL)),
                    ('told_state', models.CharField(blank=True, choices=[('drafting', 'Drafting'), ('submitted', 'Needs an editor'), ('in_review', 'Reading'), ('changes_requested', 'Waiting for the author'), ('editing', 'Copy-edit'), ('author_approval', 'Waiting for approval'), ('ready', 'Ready to schedule'), ('released', 'Scheduled or published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], editable=False, max_length=20)),
                    ('told_since', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('told_due_on', models.DateField(blank=True, editable=False, null=True)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('started_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('first_submitted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('approved_hash', models.CharField(blank=True, editable=False, max_length=64)),
                    ('reopens_to', models.CharField(blank=True, choices=[('drafting', 'Drafting'), ('submitted', 'Needs an editor'), ('in_review', 'Reading'), ('changes_requested', 'Waiting for the author'), ('editing', 'Copy-edit'), ('author_approval', 'Waiting for approval'), ('ready', 'Ready to schedule'), ('released', 'Scheduled or published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], editable=False, max_length=20)),
                    ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('extended_by_author', models.BooleanField(default=False, editable=False)),
                    ('source', models.CharField(blank=True, editable=False, max_length=300, null=True, unique=True)),
                    ('current', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('handed_in_version', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('asked_version', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('read_version', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('approved_version', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                ],
                options={
                    'ordering': ['-held_since'],
                    'indexes': [models.Index(fields=['state', 'held_since'], name='blog_submis_state_e442ca_idx'), models.Index(fields=['holder', 'due_on'], name='blog_submis_holder_c3e407_idx'), models.Index(fields=['holder', 'held_since'], name='blog_submis_holder_e5b1da_idx'), models.Index(fields=['-held_since', '-id'], name='submission_newest'), models.Index(fields=['working_title'], name='submission_by_words'), models.Index(fields=['found_by'], name='submission_found_by')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holder__in', ('author',)), ('state', 'drafting')), models.Q(('holder__in', ('editors',)), ('state', 'submitted')), models.Q(('holder__in', ('editor',)), ('state', 'in_review')), models.Q(('holder__in', ('author',)), ('state', 'changes_requested')), models.Q(('holder__in', ('editor',)), ('state', 'editing')), models.Q(('holder__in', ('author',)), ('state', 'author_approval')), models.Q(('holder__in', ('editor',)), ('state', 'ready')), models.Q(('holder__in', ('calendar', 'nobody')), ('state', 'released')), models.Q(('holder__in', ('nobody',)), ('state', 'declined')), models.Q(('holder__in', ('nobody',)), ('state', 'withdrawn')), _connector='OR'), name='submission_has_its_holder'), models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'declined', 'withdrawn']), models.Q(('holder', 'nobody'), ('state', 'released')), ('due_on__isnull', False), _connector='OR'), name='open_submission_has_a_due_date'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), models.Q(('reopens_to', ''), _negated=True), _connector='OR'), name='closed_submission_can_be_reopened'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ready', 'released']), _negated=True), models.Q(('approved_hash', ''), _negated=True), ('source__isnull', False), _connector='OR'), name='print_is_approved_or_imported'), models.CheckConstraint(condition=models.Q(('editor__isnull', False), ('state__in', ['drafting', 'submitted', 'declined', 'withdrawn']), ('source__isnull', False), _connector='OR'), name='work_on_the_desk_has_an_editor')],
                },
            ),
            migrations.CreateModel(
                name='Authorship',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='members.organisation')),
                    ('name', models.CharField(max_length=300, verbose_name='name to print')),
                    ('citation_name', models.CharField(blank=True, max_length=600)),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='job title to print')),
                    ('affiliation', models.CharField(blank=True, max_length=200, verbose_name='organisation to print')),
                    ('biography', models.TextField(blank=True)),
                    ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ukis.picture')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='blog.submission')),
                    ('email', models.EmailField(blank=True, help_text='For a co-author who has no sign-in.', max_length=254)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('corresponding', models.BooleanField(default=False)),
                    ('can_edit', models.BooleanField(default=False)),
                    ('printed', models.BooleanField(default=True)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='told that they are named')),
                    ('objected_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('objection', models.TextField(blank=True, editable=False)),
                    ('found_by', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Concat('name', models.Value(' '), 'affiliation')), output_field=models.CharField(max_length=501))),
                ],
                options={
                    'ordering': ['order', 'pk'],
                    'indexes': [models.Index(fields=['name', 'affiliation', 'submission', 'organisation'], name='authorship_by_words'), models.Index(fields=['found_by', 'submission', 'organisation'], name='authorship_found_by')],
                    'constraints': [models.UniqueConstraint(fields=('submission', 'person'), name='named_once'), models.UniqueConstraint(condition=models.Q(('corresponding', True)), fields=('submission',), name='one_corresponding_author'), models.CheckConstraint(condition=models.Q(models.Q(('can_edit', False), ('corresponding', False)), ('person__isnull', False), _connector='OR'), name='who_may_edit_is_a_person'), models.CheckConstraint(condition=models.Q(('printed', True), ('corresponding', True), _connector='OR'), name='who_handles_it_corresponds')],
                },
            ),
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='blog.submission')),
                    ('number', models.PositiveIntegerField()),
                    ('title', models.CharField(blank=True, max_length=200)),
                    ('standfirst', models.TextField(blank=True)),
                    ('body', models.TextField(blank=True)),
                    ('references', models.TextField(blank=True)),
                    ('lead_picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ukis.picture')),
                    ('lead_alt', models.CharField(blank=True, max_length=300, verbose_name='what the picture shows')),
                    ('lead_decorative', models.BooleanField(default=False, verbose_name='decorative')),
                    ('lead_caption', models.CharField(blank=True, max_length=300, verbose_name='caption')),
                    ('lead_credit', models.CharField(blank=True, max_length=200, verbose_name='credit')),
                    ('tag_words', models.JSONField(blank=True, default=list)),
                    ('language', models.CharField(choices=[('en-GB', 'English'), ('cy', 'Cymraeg (Welsh)'), ('gd', 'Gàidhlig (Scottish Gaelic)'), ('ga', 'Gaeilge (Irish)'), ('sco', 'Scots')], default='en-GB', max_length=10)),
                    ('byline', models.JSONField(default=list)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('typo', models.BooleanField(default=False, verbose_name='only typos put right')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('why', models.CharField(help_text='The move or the save that made it.', max_length=40)),
                    ('hash', models.CharField(max_length=64)),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('submission', 'number'), name='version_number_once')],
                },
            ),
            migrations.CreateModel(
                name='LastRead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='blog.submission')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='blog.version')),
                    ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='blog.version')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('submission', 'person'), name='read_once_by_each')],
                },
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='blog.submission')),
                    ('from_state', models.CharField(blank=True, choices=[('drafting', 'Drafting'), ('submitted', 'Needs an editor'), ('in_review', 'Reading'), ('changes_requested', 'Waiting for the author'), ('editing', 'Copy-edit'), ('author_approval', 'Waiting for approval'), ('ready', 'Ready to schedule'), ('released', 'Scheduled or published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=20)),
                    ('to_state', models.CharField(choices=[('drafting', 'Drafting'), ('submitted', 'Needs an editor'), ('in_review', 'Reading'), ('changes_requested', 'Waiting for the author'), ('editing', 'Copy-edit'), ('author_approval', 'Waiting for approval'), ('ready', 'Ready to schedule'), ('released', 'Scheduled or published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=20)),
                    ('move', models.CharField(max_length=40)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('by_name', models.CharField(default='system', max_length=300)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('note', models.TextField(blank=True)),
                    ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Declaration',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='blog.submission')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(choices=[('rights', 'Rights'), ('interests', 'Interests'), ('views', 'Views')], max_length=10)),
                    ('sentence', models.TextField()),
                    ('answer', models.TextField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('submission', 'version', 'person', 'kind'), name='declared_once_a_version')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='blog.submission')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('audience', models.CharField(choices=[('authors', 'Author and editors'), ('editors', 'Editors only')], default='authors', max_length=8)),
                    ('text', models.TextField()),
                    ('step', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='blog.step')),
                    ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('recalled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ShelfCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('shelf', models.PositiveSmallIntegerField(choices=[(0, 'all posts'), (1, 'a tag’s posts'), (2, 'a person’s posts'), (3, 'an organisation’s posts')])),
                    ('key', models.PositiveBigIntegerField()),
                    ('month', models.PositiveIntegerField()),
                    ('posts', models.PositiveIntegerField()),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('month', 0)), fields=['shelf', '-posts', 'key'], name='shelf_most_used')],
                    'constraints': [models.UniqueConstraint(fields=('shelf', 'key', 'month'), name='shelf_counted_once')],
                },
            ),
            migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='post', to='blog.submission')),
                    ('version', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.version')),
                    ('slug', ukis.addresses.fields.AddressField(max_length=120, unique=True, verbose_name='address')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('revised_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('taken_down_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('taken_down_why', models.CharField(blank=True, editable=False, max_length=300)),
                    ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('touched_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('views', models.CharField(choices=[('own', 'my own'), ('organisation', 'my organisation’s'), ('society', 'the Society’s')], default='own', max_length=12, verbose_name='whose views')),
                    ('interests', models.TextField(blank=True, help_text='Printed unless it is empty.', verbose_name='interests declared')),
                    ('licence', models.CharField(blank=True, max_length=300)),
                    ('featured', models.BooleanField(default=False)),
                    ('elsewhere_url', models.URLField(blank=True, verbose_name='first published at')),
                    ('elsewhere_on', models.DateField(blank=True, null=True, verbose_name='first published on')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='ukis.TaggedItem', to='ukis.Tag', verbose_name='Tags')),
                ],
                options={
                    'ordering': ['-published_at', '-pk'],
                    'indexes': [models.Index(fields=['-published_at', '-id'], name='post_newest'), models.Index(condition=models.Q(('archived_at', None), ('taken_down_at', None)), fields=['-published_at', '-id'], name='post_live'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['-touched_at'], name='post_touched'), models.Index(condition=models.Q(('archived_at', None), ('featured', True), ('taken_down_at', None)), fields=['-published_at', '-id'], name='post_featured')],
                    'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('slug'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.CharField()), models.Value('')), models.Q(('slug', ''), ('slug__startswith', '-'), ('slug__endswith', '-'), _connector='OR', _negated=True), models.Q(('slug__contains', '--'), _negated=True)), name='post_address_well_formed', violation_error_message='Write it with small letters, digits and single hyphens, as in careful-change-2027.'), models.CheckConstraint(condition=models.Q(('published_at', None), ('version__isnull', False), _connector='OR'), name='published_post_has_words'), models.CheckConstraint(condition=models.Q(('taken_down_at', None), models.Q(('taken_down_why', ''), _negated=True), _connector='OR'), name='taken_down_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Shelved',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('shelf', models.PositiveSmallIntegerField(choices=[(0, 'all posts'), (1, 'a tag’s posts'), (2, 'a person’s posts'), (3, 'an organisation’s posts')])),
                    ('key', models.PositiveBigIntegerField()),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shelved', to='blog.post')),
                    ('published_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['shelf', 'key', '-published_at', '-post'], name='shelved_newest'), models.Index(fields=['shelf', 'key', '-changed_at'], name='shelved_changed')],
                    'constraints': [models.UniqueConstraint(fields=('shelf', 'key', 'post'), name='shelved_once')],
                },
            ),
            migrations.CreateModel(
                name='Byline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='members.organisation')),
                    ('name', models.CharField(max_length=300, verbose_name='name to print')),
                    ('citation_name', models.CharField(blank=True, max_length=600)),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='job title to print')),
                    ('affiliation', models.CharField(blank=True, max_length=200, verbose_name='organisation to print')),
                    ('biography', models.TextField(blank=True)),
                    ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ukis.picture')),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='blog.post')),
                    ('order', models.PositiveSmallIntegerField()),
                ],
                options={
                    'ordering': ['order', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('post', 'order'), name='byline_order_once')],
                },
            ),
            migrations.CreateModel(
                name='Correction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='blog.post')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('note', models.TextField()),
                    ('printed', models.BooleanField(default=True)),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
        ]),
    ]
