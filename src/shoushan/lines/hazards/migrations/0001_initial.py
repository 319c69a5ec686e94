import django.db.models.deletion
import shoushan.registers.fields
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
            name='Hazard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('found', 'Found'), ('graded', 'Graded'), ('ordered', 'Rectification ordered'), ('listed', 'Listed for supervision'), ('extended', 'Extension approved'), ('rectified', 'Rectified, waiting for a check'), ('checked', 'Checked by another unit'), ('delisted', 'Taken off the list'), ('closed', 'Closed, off the books')], max_length=20, verbose_name='stage')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='what is wrong')),
                ('sector', models.CharField(blank=True, max_length=40, verbose_name='sector')),
                ('grade', models.CharField(blank=True, choices=[('general', 'General'), ('major', 'Major')], max_length=10, verbose_name='hazard grade')),
                ('count', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of places')),
                ('count_detail', models.CharField(blank=True, max_length=200, verbose_name='places by kind')),
                ('found_on', models.DateField(blank=True, null=True, verbose_name='found on')),
                ('found_by', models.CharField(blank=True, max_length=60, verbose_name='unit that found it')),
                ('finder', models.CharField(blank=True, max_length=40, verbose_name='person who found it')),
                ('measure', models.TextField(blank=True, max_length=2000, verbose_name='measures to take')),
                ('money_yuan', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='money for it (yuan)')),
                ('post', models.CharField(blank=True, max_length=60, verbose_name='person responsible (post)')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be rectified by')),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='plan until then')),
                ('listed_no', models.CharField(blank=True, max_length=60, verbose_name='number of the supervision notice')),
                ('extended_on', models.DateField(blank=True, null=True, verbose_name='extension approved on')),
                ('extended_to', models.DateField(blank=True, null=True, verbose_name='extended to')),
                ('extended_why', models.CharField(blank=True, max_length=500, verbose_name='reason for the extension')),
                ('told_state', models.CharField(blank=True, choices=[('under_way', 'Being rectified'), ('waiting', 'Waiting for a check'), ('closed', 'Closed, off the books')], max_length=12, verbose_name='state as the unit reports it')),
                ('corrected_on', models.DateField(blank=True, null=True, verbose_name='rectified on')),
                ('done', models.TextField(blank=True, max_length=2000, verbose_name='what was done')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('checked_by', models.CharField(blank=True, max_length=60, verbose_name='unit that looked again')),
                ('checker', models.CharField(blank=True, max_length=40, verbose_name='person who looked again')),
                ('delisted_no', models.CharField(blank=True, max_length=60, verbose_name='number of the delisting notice')),
                ('closed_by', models.CharField(blank=True, max_length=40, verbose_name='closing signed by')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hazards.hazard', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'hazard',
                'verbose_name_plural': 'hazards',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='hazards_hazard_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='hazards_hazard_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='hazards_hazard_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='hazards_hazard_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='hazards_hazard_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['found', 'graded', 'ordered', 'listed', 'extended', 'rectified', 'checked', 'delisted', 'closed'])), name='hazards_stage_is_known'), models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('found_on__isnull', True), ('due_on__gte', models.F('found_on')), _connector='OR'), name='hazards_due_after_found'), models.CheckConstraint(condition=models.Q(models.Q(('grade', 'general'), _negated=True), models.Q(('delisted_no', ''), ('listed_no', '')), _connector='OR'), name='hazards_only_major_are_listed'), models.CheckConstraint(condition=models.Q(('checker', ''), models.Q(('checked_by', models.F('found_by')), _negated=True), _connector='OR'), name='hazards_checked_by_another_unit')],
            },
        ),
        migrations.CreateModel(
            name='SafetyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done')], max_length=20, verbose_name='stage')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('sector', models.CharField(blank=True, max_length=40, verbose_name='sector')),
                ('planned_for', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='planned for')),
                ('checked_by', models.CharField(blank=True, max_length=60, verbose_name='unit that checked')),
                ('findings', models.PositiveIntegerField(blank=True, null=True, verbose_name='hazards found (0 is an answer)')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('hazard', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='linked_checks', to='hazards.hazard', verbose_name='because of the hazard')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hazards.safetycheck', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'safety check',
                'verbose_name_plural': 'safety checks',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='hazards_safetycheck_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='hazards_safetycheck_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='hazards_safetycheck_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='hazards_safetycheck_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='hazards_safetycheck_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'done'])), name='safety_checks_stage_is_known')],
            },
        ),
    ]
