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
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('decided', 'Decided'), ('ended', 'Ended')], max_length=20, verbose_name='stage')),
                ('decision', models.CharField(max_length=120, verbose_name='decision (document and number)')),
                ('scope', models.TextField(max_length=2000, verbose_name='scope')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('handed_to', models.CharField(blank=True, max_length=120, verbose_name='what is open goes to')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'special rectification',
                'verbose_name_plural': 'special rectifications',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='campaigns_campaign_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='campaigns_campaign_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='campaigns_campaign_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='campaigns_campaign_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='campaigns_campaign_due')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done')], max_length=20, verbose_name='stage')),
                ('kind', models.CharField(choices=[('study', 'Study'), ('publicity', 'Publicity'), ('discipline', 'Discipline')], max_length=12, verbose_name='kind')),
                ('owner', models.CharField(max_length=60, verbose_name='owner (post)')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='result')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.agendaitem', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='campaigns_agendaitem_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='campaigns_agendaitem_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='campaigns_agendaitem_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='campaigns_agendaitem_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='campaigns_agendaitem_due')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('found', 'Found'), ('told', 'Told in writing'), ('urged', 'Reminded in writing'), ('heard', 'Statement heard'), ('ordered', 'Decision served'), ('announced', 'Announced in public'), ('enforced', 'Removed by the authority'), ('corrected', 'Corrected'), ('checked', 'Checked')], max_length=20, verbose_name='stage')),
                ('campaign', models.CharField(max_length=60, verbose_name='special rectification')),
                ('touches_rights', models.BooleanField(default=False, verbose_name="somebody's right to a building or thing is touched")),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='what was found')),
                ('count', models.PositiveIntegerField(blank=True, null=True, verbose_name='number')),
                ('area', models.CharField(blank=True, max_length=40, verbose_name='area, with its unit')),
                ('found_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='found on')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='number of the written notice')),
                ('told_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='told on')),
                ('due_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='to be corrected by')),
                ('done_on', shoushan.registers.fields.WhenField(blank=True, max_length=21, verbose_name='corrected on')),
                ('enforced_on', models.DateField(blank=True, null=True, verbose_name='removed on')),
                ('state_told', models.CharField(blank=True, max_length=40, verbose_name='how it stands, as the unit tells')),
                ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible units')),
                ('remark', models.TextField(blank=True, max_length=4000, verbose_name='remark')),
                ('decided_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign', verbose_name='decision')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.finding', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'finding of a rectification',
                'verbose_name_plural': 'findings of rectifications',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='campaigns_finding_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='campaigns_finding_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='campaigns_finding_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='campaigns_finding_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='campaigns_finding_due')],
            },
        ),
    ]
