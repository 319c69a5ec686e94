import django.db.models.deletion
import shoushan.lines.enterprise.models
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
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('registered', 'Registered'), ('alive', 'Alive after twelve months'), ('ended', 'Struck off')], max_length=20, verbose_name='stage')),
                ('code', models.CharField(blank=True, max_length=18, null=True, unique=True, validators=[shoushan.lines.enterprise.models.check_code], verbose_name='credit code')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='kind of entity')),
                ('registered_on', models.DateField(verbose_name='registered on')),
                ('capital_yuan', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='registered capital')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency, if not yuan')),
                ('trade', models.CharField(blank=True, max_length=60, verbose_name='trade')),
                ('staff', models.PositiveIntegerField(blank=True, null=True, verbose_name='staff')),
                ('scope', models.TextField(blank=True, max_length=2000, verbose_name='scope of business')),
                ('told_by', models.CharField(blank=True, max_length=120, verbose_name='registry export')),
                ('last_seen_on', models.DateField(blank=True, null=True, verbose_name='last paid tax or wages on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='struck off on')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.enterprise', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'market entity',
                'verbose_name_plural': 'market entities',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='enterprise_enterprise_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='enterprise_enterprise_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='enterprise_enterprise_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='enterprise_enterprise_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='enterprise_enterprise_due')],
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held')], max_length=20, verbose_name='stage')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('people_came', models.PositiveIntegerField(blank=True, null=True, verbose_name='people who came')),
                ('opened_after', models.PositiveIntegerField(blank=True, null=True, verbose_name='of whom opened a business within a year')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.course', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'training for those who begin',
                'verbose_name_plural': 'trainings for those who begin',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='enterprise_course_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='enterprise_course_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='enterprise_course_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='enterprise_course_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='enterprise_course_due')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('asked', 'Asked for'), ('answered', 'Answered'), ('done', 'Done, says the firm')], max_length=20, verbose_name='stage')),
                ('asked', models.TextField(max_length=2000, verbose_name='what it asked for')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='what it was answered')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.enterprise', verbose_name='market entity')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.service', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'service asked for',
                'verbose_name_plural': 'services asked for',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='enterprise_service_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='enterprise_service_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='enterprise_service_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='enterprise_service_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='enterprise_service_due')],
            },
        ),
        migrations.CreateModel(
            name='StartUpLoan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('asked', 'Asked for'), ('paid', 'Paid out'), ('refused', 'Refused with a reason'), ('repaid', 'Repaid')], max_length=20, verbose_name='stage')),
                ('amount_yuan', models.PositiveBigIntegerField(verbose_name='amount')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='paid out on')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.enterprise', verbose_name='market entity')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprise.startuploan', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'start-up loan',
                'verbose_name_plural': 'start-up loans',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='enterprise_startuploan_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='enterprise_startuploan_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='enterprise_startuploan_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='enterprise_startuploan_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='enterprise_startuploan_due')],
            },
        ),
    ]
