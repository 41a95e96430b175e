"""People, who sign in: Django makes the table of its user first."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import taggit.managers
import ukis.addresses.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('ukis', '0001_tags_pictures_and_the_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ('title', models.CharField(blank=True, help_text='Dr, Professor, … if it is to be printed.', max_length=40)),
                ('name', models.CharField(help_text='Without the title.', max_length=200, verbose_name='name as printed')),
                ('given_names', models.CharField(blank=True, help_text='For sorting and citing.', max_length=200)),
                ('family_name', models.CharField(blank=True, max_length=200)),
                ('slug', ukis.addresses.fields.AddressField(blank=True, max_length=120, unique=True, verbose_name='page address')),
                ('biography', models.TextField(blank=True, help_text='About 80 words, in the third person. It is printed under your posts.')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ukis.picture')),
                ('orcid', models.CharField(blank=True, max_length=19, verbose_name='ORCID')),
                ('nation', models.CharField(blank=True, choices=[('england', 'England'), ('scotland', 'Scotland'), ('wales', 'Wales'), ('northern-ireland', 'Northern Ireland')], max_length=20)),
                ('website', models.URLField(blank=True)),
                ('postal_address', models.TextField(blank=True, help_text='At home, as invoices and Gift Aid need it. Shown nowhere else.', max_length=1000)),
                ('page_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='members', help_text='Your page in the directory. Who sees no page sees nothing that stands on it; what is printed under a post is public.', max_length=10, verbose_name='who sees my page')),
                ('biography_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='public', max_length=10, verbose_name='who sees the biography')),
                ('photo_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='public', max_length=10, verbose_name='who sees the photo')),
                ('nation_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='public', max_length=10, verbose_name='who sees the nation')),
                ('links_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='public', max_length=10, verbose_name='who sees ORCID and website')),
                ('work_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='public', max_length=10, verbose_name='who sees where I work')),
                ('topics_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='members', max_length=10, verbose_name='who sees the topics I offer')),
                ('sought_for', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('nobody', 'nobody')], default='members', max_length=10, verbose_name='who sees the topics I seek')),
                ('indexed', models.BooleanField(default=True, help_text='Who may see the page is another choice: colleagues find it here in any case.', verbose_name='search engines may list my page')),
                ('may_be_asked', models.BooleanField(default=True, help_text='They write a note; nobody’s address is shown to anybody unless you say yes.', verbose_name='members may ask to be introduced to me')),
                ('is_active', models.BooleanField(default=True, help_text='Untick instead of deleting: then nobody can sign in as them.', verbose_name='may sign in')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may open the admin')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to=settings.AUTH_USER_MODEL)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('found_by', models.CharField(blank=True, editable=False, max_length=900)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('topics', taggit.managers.TaggableManager(blank=True, help_text='Topics offered, separated by commas.', through='ukis.TaggedItem', to='ukis.Tag', verbose_name='Tags')),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ['family_name', 'name'],
                'indexes': [models.Index(fields=['family_name', 'name', 'id'], name='person_by_name'), models.Index(fields=['found_by', 'id'], name='person_found_by'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged')],
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('slug'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.CharField()), models.Value('')), models.Q(('slug', ''), ('slug__startswith', '-'), ('slug__endswith', '-'), _connector='OR', _negated=True), models.Q(('slug__contains', '--'), _negated=True)), name='person_address_well_formed', violation_error_message='Write it with small letters, digits and single hyphens, as in careful-change-2027.'), models.CheckConstraint(condition=models.Q(('email', None), ('email', django.db.models.functions.text.Lower('email')), _connector='OR'), name='email_in_lower_case', violation_error_message='Write the email address in small letters.'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='email_or_none', violation_error_message='An email address is either there or not: leave it out altogether.')],
            },
        ),
    ]
