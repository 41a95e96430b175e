"""What leads to people: the outbox, what was typed and not saved, the Society’s own row."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ukis.migrations._at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('members', '__first__'),
        ('ukis', '0001_tags_pictures_and_the_clock'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        AtOnce([
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(editable=False, help_text='Queued once for each key.', max_length=500, unique=True)),
                    ('kind', models.CharField(editable=False, max_length=60)),
                    ('to', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL)),
                    ('to_name', models.CharField(blank=True, max_length=200)),
                    ('to_address', models.EmailField(max_length=254)),
                    ('reply_to', models.EmailField(blank=True, max_length=254)),
                    ('subject', models.CharField(max_length=250)),
                    ('body', models.TextField(verbose_name='words')),
                    ('note', models.TextField(blank=True, help_text='Somebody’s own words to the reader. They stand in the letter where {{ note }} is.')),
                    ('note_key', models.CharField(blank=True, editable=False, max_length=200)),
                    ('languages', models.JSONField(blank=True, default=dict, editable=False)),
                    ('link', models.JSONField(blank=True, editable=False, null=True)),
                    ('judged_by', models.JSONField(blank=True, default=dict, editable=False)),
                    ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('content_type', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                    ('object_id', models.PositiveBigIntegerField(editable=False)),
                    ('state', models.CharField(choices=[('waiting', 'waiting to be sent'), ('held', 'held by staff'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'could not be sent'), ('recalled', 'recalled'), ('suppressed', 'not sent: the address refuses letters'), ('bounced', 'came back')], default='waiting', editable=False, max_length=12)),
                    ('message_id', models.CharField(editable=False, max_length=120, unique=True)),
                    ('queued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('send_after', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('claimed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('first_tried_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('in_doubt', models.BooleanField(default=False, editable=False, help_text='A worker died while sending it; it was sent again under the same Message-ID.', verbose_name='perhaps sent twice')),
                    ('no_more', models.BooleanField(default=False, editable=False)),
                    ('last_error', models.TextField(blank=True, editable=False)),
                    ('overtaken_why', models.CharField(blank=True, editable=False, max_length=300)),
                    ('unheard', models.BooleanField(default=False, editable=False)),
                ],
                options={
                    'ordering': ['-queued_at', '-pk'],
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['send_after'], name='letter_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='letter_sending'), models.Index(condition=models.Q(('state', 'failed')), fields=['queued_at'], name='letter_failed'), models.Index(condition=models.Q(('unheard', True)), fields=['unheard'], name='letter_unheard'), models.Index(condition=models.Q(('note_key', ''), _negated=True), fields=['note_key'], name='letter_note'), models.Index(fields=['content_type', 'object_id'], name='ukis_letter_content_eff2a1_idx'), models.Index(fields=['-queued_at', '-id'], name='letter_newest'), models.Index(fields=['state', '-queued_at', '-id'], name='letter_of_state'), models.Index(fields=['kind', '-queued_at', '-id'], name='letter_of_kind'), models.Index(condition=models.Q(('in_doubt', True)), fields=['queued_at'], name='letter_in_doubt'), models.Index(condition=models.Q(('body', ''), _negated=True), fields=['queued_at'], name='letter_with_words')],
                },
            ),
            migrations.CreateModel(
                name='SuppressedAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=254)),
                    ('cause', models.CharField(choices=[('bounced', 'it does not exist, or takes no letters of ours'), ('bounced for days', 'letters came back for days'), ('complaint', 'its reader called a letter of ours unwanted'), ('unsubscribed', 'its reader wants none'), ('disowned', 'the organisation in whose domain it is ended its reader’s place'), ('by hand', 'staff wrote it down')], default='by hand', editable=False, max_length=20)),
                    ('scope', models.CharField(choices=[('all', 'no letter at all'), ('refusable', 'none that can be refused; invoices, renewals, security and the like still go'), ('passwords', 'only links to set a password, until its owner confirms it anew')], default='all', max_length=10, verbose_name='what is not sent')),
                    ('reason', models.TextField(help_text='What the mail server said, or why staff wrote it down.')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lifted_at', models.DateTimeField(editable=False, null=True, verbose_name='lifted')),
                    ('lifted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lifted_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was lifted')),
                ],
                options={
                    'verbose_name_plural': 'suppressed addresses',
                    'indexes': [models.Index(fields=['-since', '-id'], name='suppressed_newest')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('address', 'scope'), name='address_suppressed_once', violation_error_message='This address stands here already.'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_why', '')), models.Q(('lifted_at__isnull', False), models.Q(('lifted_why', ''), _negated=True)), _connector='OR'), name='lifted_with_a_reason', violation_error_message='Whoever lifts it says why.')],
                },
            ),
            migrations.CreateModel(
                name='Bounce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('letter', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='bounces', to='ukis.letter')),
                    ('address', models.EmailField(db_index=True, editable=False, max_length=254)),
                    ('verdict', models.CharField(choices=[('dead', 'the address does not exist, or takes nothing'), ('soft', 'the mailbox is full, or its server is away'), ('other', 'this letter or its sender was not liked')], editable=False, max_length=10, verbose_name='what it means')),
                    ('says', models.TextField(editable=False, verbose_name='what the mail server said')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ],
                options={
                    'verbose_name': 'letter that came back',
                    'verbose_name_plural': 'letters that came back',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['-at', '-id'], name='bounce_newest')],
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(editable=False, max_length=254)),
                    ('person', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
                    ('choice', models.CharField(editable=False, max_length=40, verbose_name='letters')),
                    ('agreed', models.BooleanField(editable=False)),
                    ('wording', models.CharField(editable=False, max_length=400, verbose_name='the words beside it')),
                    ('form', models.CharField(editable=False, max_length=60, verbose_name='how')),
                    ('source', models.CharField(blank=True, editable=False, max_length=200, verbose_name='where')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['-at', '-id'], name='consent_newest'), models.Index(fields=['address', 'choice', '-at'], name='consent_of_address')],
                },
            ),
            migrations.CreateModel(
                name='PrivateLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                    ('purpose', models.CharField(max_length=40)),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                    ('object_id', models.PositiveBigIntegerField()),
                    ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ukis.letter')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Society',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(default='UK Implementation Society', max_length=200)),
                    ('short_name', models.CharField(default='UK-IS', max_length=40)),
                    ('strapline', models.CharField(blank=True, max_length=200)),
                    ('mission', models.TextField(blank=True, help_text='Shown in the band on top of the home page, which has room for about forty words.', verbose_name='what the Society is')),
                    ('postal_address', models.TextField(blank=True)),
                    ('office_address', models.EmailField(blank=True, max_length=254, verbose_name='office email')),
                    ('contributions_address', models.EmailField(blank=True, help_text='Where somebody writes who would like to contribute a blog.', max_length=254, verbose_name='contributions email')),
                    ('charity_number', models.CharField(blank=True, max_length=40)),
                    ('legal_name', models.CharField(blank=True, help_text='As the registers have it, for invoices. Empty: the name.', max_length=200)),
                    ('registered_as', models.TextField(blank=True, help_text='What every invoice must say, a line each: “Registered charity in England and Wales, 1234567”; the company number and registered office where it is one.')),
                    ('pay_to', models.TextField(blank=True, help_text='The bank account as invoices give it, and any other way.', verbose_name='how to pay')),
                    ('payment_days', models.PositiveSmallIntegerField(default=30, verbose_name='days to pay an invoice')),
                    ('year_begins_month', models.PositiveSmallIntegerField(default=4, help_text='4: April. The books show this year unless asked for other days.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month in which the financial year begins')),
                    ('vat_number', models.CharField(blank=True, help_text='Empty: not registered, and no invoice names VAT.', max_length=20, verbose_name='VAT number')),
                    ('vat_rate', models.DecimalField(decimal_places=1, default=20, max_digits=4, verbose_name='standard rate of VAT (%)')),
                    ('gift_aid_wording', models.TextField(default='I want {society} to claim Gift Aid on what I pay for my membership of my own money. I pay income tax or capital gains tax in the United Kingdom, and I know that if in a tax year this is less than all charities claim on my gifts of that year, I owe the tax office the difference.', help_text='As the treasurer has it from the tax office; {society} becomes the legal name. Whoever declares agrees to the words of the day, and they are kept.', verbose_name='what a Gift Aid declaration says')),
                    ('invoices_up_front', models.BooleanField(default=False, help_text='Otherwise when somebody renews, asks for it or pays. Drawn earlier it is a debt nobody agreed to.', verbose_name='a renewal’s invoice is drawn with the notice')),
                    ('commissioning_editor', models.ForeignKey(blank=True, help_text='Who is Commissioning Editor for Blogs today.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('views_own', models.CharField(default='The views expressed are the author’s own and not those of the Society.', max_length=300, verbose_name='line for the author’s own views')),
                    ('views_organisation', models.CharField(default='The views expressed are those of the author’s organisation and not those of the Society.', max_length=300, verbose_name='line for an organisation’s views')),
                    ('views_society', models.CharField(default='This post gives the view of the Society.', max_length=300, verbose_name='line for the Society’s views')),
                    ('words_from', models.PositiveIntegerField(default=600, verbose_name='words of a blog, from')),
                    ('words_to', models.PositiveIntegerField(default=1200, verbose_name='to')),
                    ('licence', models.CharField(blank=True, help_text='Said after the copyright line of every post, if anything is.', max_length=300)),
                    ('rights_sentence', models.TextField(default='I hold the rights in this text and its pictures, or have permission to use them, and I agree that the Society publishes them under its copyright line.', verbose_name='what an author agrees to')),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'verbose_name_plural': 'society',
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_society'), models.CheckConstraint(condition=models.Q(('words_from__lte', models.F('words_to'))), name='from_few_words_to_more', violation_error_message='A blog has from fewer words to more.')],
                },
            ),
            migrations.CreateModel(
                name='Buffer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('writer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('form', models.CharField(help_text='As its writer knows it: “Copy-edit”.', max_length=60)),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                    ('object_id', models.PositiveBigIntegerField(default=0)),
                    ('page', models.CharField(help_text='The address at which the form stands.', max_length=300)),
                    ('tab', models.CharField(help_text='Which page last wrote it; each opening is another.', max_length=40)),
                    ('fields', models.JSONField(default=dict)),
                    ('revision', models.PositiveIntegerField(default=1)),
                    ('started_from', models.CharField(blank=True, max_length=60)),
                    ('typed_at', models.BigIntegerField(help_text='Milliseconds, by the clock of the page: of its own, the later.')),
                    ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('state', models.CharField(choices=[('kept', 'kept'), ('sent', 'sent with its form'), ('thrown', 'thrown away')], default='kept', max_length=6)),
                ],
                options={
                    'indexes': [models.Index(fields=['content_type', 'object_id'], name='buffers_about')],
                    'constraints': [models.UniqueConstraint(fields=('writer', 'form', 'content_type', 'object_id', 'tab'), name='one_buffer_a_page')],
                },
            ),
        ]),
    ]
