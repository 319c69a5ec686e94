import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '__first__'),
        ('registers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('record_id', models.BigIntegerField()),
                ('text', models.CharField(max_length=1000, verbose_name='comment')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['line', 'record_id'], name='registers_comment_by_record')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('record_id', models.BigIntegerField()),
                ('clock', models.CharField(max_length=30, verbose_name='limit')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days more')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('state', models.CharField(choices=[('asked', 'Waiting for approval'), ('approved', 'Approved'), ('refused', 'Refused')], default='asked', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'extension',
                'verbose_name_plural': 'extensions',
                'ordering': ['asked_at', 'pk'],
                'indexes': [models.Index(fields=['line', 'record_id'], name='registers_longer_by_record')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'approved'])), fields=('line', 'record_id', 'clock'), name='registers_extended_once'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='registers_a_second_person_approves_an_extension')],
            },
        ),
        migrations.CreateModel(
            name='Layout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='headers')),
                ('body', models.JSONField(verbose_name='which column is which field')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
            ],
            options={
                'verbose_name': 'workbook layout',
                'verbose_name_plural': 'workbook layouts',
                'constraints': [models.UniqueConstraint(fields=('line', 'fingerprint'), name='registers_one_layout_for_the_same_headers')],
            },
        ),
        migrations.CreateModel(
            name='LocalField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('key', models.SlugField(max_length=30, verbose_name='key')),
                ('label', models.CharField(max_length=40, verbose_name='name')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('number', 'Number'), ('date', 'Date')], default='text', max_length=6, verbose_name='kind')),
                ('is_dropped', models.BooleanField(default=False, verbose_name='no longer used')),
            ],
            options={
                'verbose_name': "column of the district's own",
                'verbose_name_plural': "columns of the district's own",
                'ordering': ['line', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('line', 'key'), name='registers_one_local_field_of_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('record_id', models.BigIntegerField()),
                ('clock', models.CharField(max_length=30, verbose_name='limit')),
                ('from_on', models.DateField(verbose_name='from')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
            ],
            options={
                'verbose_name': 'pause',
                'verbose_name_plural': 'pauses',
                'ordering': ['from_on', 'pk'],
                'indexes': [models.Index(fields=['line', 'record_id'], name='registers_pause_by_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='registers_pause_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=30, verbose_name='work line')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=500, verbose_name='filter')),
                ('is_dropped', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_dropped', False)), fields=('line', 'person', 'name'), name='registers_one_view_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='seen at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='registers.comment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('comment', 'person'), name='registers_mentioned_once')],
            },
        ),
    ]
