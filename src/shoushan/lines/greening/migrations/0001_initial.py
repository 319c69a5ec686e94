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
            name='PlantingTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('promised', 'Promised'), ('signed', 'Letter signed')], max_length=20, verbose_name='stage')),
                ('promised_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='trees promised')),
                ('promised_m2', models.PositiveIntegerField(blank=True, null=True, verbose_name='green area promised (m²)')),
                ('due_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='due')),
                ('letter', models.CharField(blank=True, max_length=60, verbose_name='number of the task letter')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='greening.plantingtask', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'planting task',
                'verbose_name_plural': 'planting tasks',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='greening_plantingtask_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='greening_plantingtask_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='greening_plantingtask_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='greening_plantingtask_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='greening_plantingtask_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['promised', 'signed'])), name='planting_tasks_stage_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Planting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('planned', 'Planned'), ('planted', 'Planted'), ('checked', 'Checked after one growing season'), ('ended', 'Guarantee ended, handed over')], max_length=20, verbose_name='stage')),
                ('kind', models.CharField(blank=True, max_length=30, verbose_name='kind of greening')),
                ('species', models.CharField(blank=True, max_length=60, verbose_name='species')),
                ('spec', models.CharField(blank=True, max_length=60, verbose_name='size of the stock')),
                ('task_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='trees to plant')),
                ('planted_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='trees newly planted')),
                ('replanted_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='dead trees replaced (not counted)')),
                ('sites', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of sites')),
                ('area', models.CharField(blank=True, max_length=30, verbose_name='area as written')),
                ('area_m2', models.PositiveIntegerField(blank=True, null=True, verbose_name='area on the plan (m²)')),
                ('plan', models.CharField(blank=True, max_length=60, verbose_name='drawing it stands on')),
                ('planted_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='planted on')),
                ('contractor', models.CharField(blank=True, max_length=60, verbose_name='contractor')),
                ('guarantee_end', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='guarantee until')),
                ('survival_share', shoushan.registers.fields.ShareField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='survival as reported')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='survival checked on')),
                ('alive_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='trees alive')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='greening.planting', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
                ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plantings', to='greening.plantingtask', verbose_name='planting task')),
            ],
            options={
                'verbose_name': 'greening site',
                'verbose_name_plural': 'greening sites',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='greening_planting_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='greening_planting_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='greening_planting_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='greening_planting_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='greening_planting_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'planted', 'checked', 'ended'])), name='greening_stage_is_known'), models.CheckConstraint(condition=models.Q(('alive_trees__isnull', True), ('planted_trees__gte', models.F('alive_trees')), _connector='OR'), name='greening_alive_were_planted')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('drawn', 'Sample drawn'), ('done', 'Looked at')], max_length=20, verbose_name='stage')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='numbered places')),
                ('precision_share', shoushan.registers.fields.ShareField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='precision wanted')),
                ('expected_share', shoushan.registers.fields.ShareField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='survival expected')),
                ('seed', models.CharField(blank=True, max_length=60, verbose_name='published seed')),
                ('sample_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='places to look at')),
                ('drawn', models.TextField(blank=True, verbose_name='places drawn')),
                ('looked_at', models.PositiveIntegerField(blank=True, null=True, verbose_name='places looked at')),
                ('alive_trees', models.PositiveIntegerField(blank=True, null=True, verbose_name='of them alive')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='greening.survey', verbose_name='same as')),
                ('planting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='greening.planting', verbose_name='greening site')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'survival survey',
                'verbose_name_plural': 'survival surveys',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='greening_survey_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='greening_survey_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='greening_survey_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='greening_survey_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='greening_survey_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['drawn', 'done'])), name='surveys_stage_is_known'), models.CheckConstraint(condition=models.Q(('alive_trees__isnull', True), ('looked_at__gte', models.F('alive_trees')), _connector='OR'), name='surveys_alive_were_looked_at')],
            },
        ),
    ]
