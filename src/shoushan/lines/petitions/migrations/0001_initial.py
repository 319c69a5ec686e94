import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0002_also_called_and_calendar'),
        ('orgs', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('name', models.CharField(help_text="What it is about, in neutral words: “Night work on a building site”. Never a person's name; who brought it is entered below and sealed.", max_length=120, verbose_name='subject')),
                ('stage', models.CharField(choices=[('registered', 'Registered'), ('sorted', 'Sorted'), ('transferred', 'Transferred to the unit responsible'), ('told', 'Told whether it is accepted'), ('answered', 'Answered'), ('review_asked', 'Review asked for'), ('reviewed', 'Reviewed'), ('rereview_asked', 'Re-review asked for'), ('rereviewed', 'Re-reviewed'), ('closed', 'Concluded')], max_length=20, verbose_name='stage')),
                ('kind', models.CharField(choices=[('appeal', 'Appeal for something to be settled'), ('suggestion', 'Suggestion'), ('accusation', 'Accusation')], max_length=12, verbose_name='kind')),
                ('way', models.CharField(blank=True, choices=[('courts', 'Courts, procuratorate or police procedure (art. 31-1)'), ('arbitration', 'Arbitration (art. 31-2)'), ('party', "Party member's appeal or discipline bodies (art. 31-3, 30)"), ('procedure', 'Administrative procedure: reconsideration, ruling, permit, penalty (art. 31-4)'), ('duty', "An office's statutory duty to act (art. 31-5)"), ('rest', 'None of these: answered in writing within 60 days (art. 31-6, 34)'), ('study', 'A suggestion: studied and answered (art. 29)')], max_length=12, verbose_name='sorted as')),
                ('cause', models.CharField(choices=[('land', 'Land and demolition'), ('pay', 'Wages and payments owed'), ('housing', 'Housing and property management'), ('environment', 'Noise, smell and waste'), ('supply', 'Roads, water, heat and light'), ('benefits', 'Benefits and insurance'), ('schools', 'Schools and clinics'), ('conduct', 'How an office or its people acted'), ('delay', 'Delay, or a promise not kept'), ('rules', 'A rule nobody explained, or a gap in it'), ('other', 'Something else')], max_length=12, verbose_name='cause')),
                ('outcome', models.CharField(blank=True, choices=[('supported', 'The request is met'), ('partly', 'Met in part'), ('explained', 'Reasonable but not possible yet: explained'), ('refused', 'Without basis in fact or law: explained')], max_length=12, verbose_name='answer in short')),
                ('answer', models.TextField(blank=True, help_text='Whoever brought the matter reads this with their code. Without names and numbers of people.', max_length=4000, verbose_name='answer')),
                ('review_outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('reversed', 'Changed or revoked')], max_length=10, verbose_name='outcome of the review')),
                ('rereview_outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('reversed', 'Changed or revoked')], max_length=10, verbose_name='outcome of the re-review')),
                ('cause_done', models.TextField(blank=True, help_text='So that it does not happen to the next person: what was changed, or why nothing could be.', max_length=2000, verbose_name='what was done about the cause')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('satisfaction', models.CharField(blank=True, choices=[('satisfied', 'Satisfied'), ('partly', 'Partly'), ('not', 'Not satisfied')], max_length=10, verbose_name='how satisfied')),
                ('told_in_time', models.BooleanField(editable=False, null=True, verbose_name='told in time')),
                ('answered_in_time', models.BooleanField(editable=False, null=True, verbose_name='answered in time')),
                ('is_extended', models.BooleanField(default=False, editable=False, verbose_name='answer extended')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='petitions.matter', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'matter',
                'verbose_name_plural': 'matters',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='petitions_matter_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='petitions_matter_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='petitions_matter_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='petitions_matter_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='petitions_matter_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['registered', 'sorted', 'transferred', 'told', 'answered', 'review_asked', 'reviewed', 'rereview_asked', 'rereviewed', 'closed'])), name='petitions_stage_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['appeal', 'suggestion', 'accusation'])), name='petitions_kind_is_known'), models.CheckConstraint(condition=models.Q(('cause__in', ['land', 'pay', 'housing', 'environment', 'supply', 'benefits', 'schools', 'conduct', 'delay', 'rules', 'other'])), name='petitions_cause_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(verbose_name='sealed key')),
                ('name', models.BinaryField(verbose_name="person's name")),
                ('phone', models.BinaryField(verbose_name='telephone')),
                ('address', models.BinaryField(verbose_name='address')),
                ('id_number', models.BinaryField(verbose_name='identity-card number')),
                ('phone_mark', models.CharField(blank=True, db_index=True, max_length=64)),
                ('number_mark', models.CharField(blank=True, db_index=True, max_length=64)),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='identity', to='petitions.matter', verbose_name='matter')),
            ],
            options={
                'verbose_name': 'identity',
                'verbose_name_plural': 'identities',
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.CharField(choices=[('accused', 'The matter is about this person'), ('interest', 'This person has an interest in it'), ('own', 'Withdrew themselves')], max_length=10, verbose_name='because')),
                ('stated_at', models.DateTimeField(verbose_name='stated at')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='lifted at')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stated by')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='petitions.matter', verbose_name='matter')),
            ],
            options={
                'verbose_name': 'conflict of interest',
                'verbose_name_plural': 'conflicts of interest',
                'ordering': ['stated_at', 'pk'],
                'indexes': [models.Index(fields=['person', 'matter'], name='petitions_conflict_by_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('matter', 'person'), name='petitions_one_conflict_stands'), models.CheckConstraint(condition=models.Q(('lifted_by__isnull', True), models.Q(models.Q(('lifted_by', models.F('stated_by')), _negated=True), models.Q(('lifted_by', models.F('person')), _negated=True)), _connector='OR'), name='petitions_a_second_person_lifts_a_conflict')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('opened_at', models.DateTimeField(verbose_name='opened at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('shown', models.PositiveSmallIntegerField(default=0, verbose_name='times shown')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='petitions.matter', verbose_name='matter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'opening of an identity',
                'verbose_name_plural': 'openings of identities',
                'ordering': ['-opened_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='petitions_opening_has_a_reason'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='petitions_opening_ends')],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='issued for the nth time')),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='petitions.matter', verbose_name='matter')),
            ],
            options={
                'verbose_name': 'code slip',
                'verbose_name_plural': 'code slips',
            },
        ),
    ]
