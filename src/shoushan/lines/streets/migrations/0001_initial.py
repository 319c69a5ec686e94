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
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('planned', 'Planned'), ('works', 'Works under way'), ('inspected', 'Inspected'), ('reinspected', 'Inspected again'), ('accepted', 'Accepted')], max_length=20, verbose_name='stage')),
                ('kind', models.CharField(choices=[('road', 'Road'), ('estate', 'Housing estate')], max_length=10, verbose_name='kind')),
                ('length_m', models.PositiveIntegerField(blank=True, null=True, verbose_name='length (m)')),
                ('households', models.PositiveIntegerField(blank=True, null=True, verbose_name='households')),
                ('score_1', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 1 (points)')),
                ('score_2', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 2 (points)')),
                ('score_3', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 3 (points)')),
                ('score_4', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 4 (points)')),
                ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='points in all')),
                ('grade', models.CharField(blank=True, choices=[('first', 'Grade one'), ('second', 'Grade two'), ('third', 'Grade three'), ('below', 'Below standard')], max_length=10, verbose_name='acceptance grade')),
                ('inspected_on', models.DateField(blank=True, null=True, verbose_name='inspected on')),
                ('inspectors', models.CharField(blank=True, max_length=120, verbose_name='inspectors (two, of two units)')),
                ('asked', models.PositiveIntegerField(blank=True, null=True, verbose_name='residents asked')),
                ('satisfied', models.PositiveIntegerField(blank=True, null=True, verbose_name='of them satisfied')),
                ('photo', models.CharField(blank=True, max_length=200, verbose_name='photographs (link)')),
                ('accepted_by', models.CharField(blank=True, max_length=60, verbose_name='acceptance signed by')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streets.street', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'road or estate',
                'verbose_name_plural': 'roads and estates',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='streets_street_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='streets_street_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='streets_street_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='streets_street_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='streets_street_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('score_1__isnull', True), models.Q(('score_1__gte', 0), ('score_1__lte', 25)), _connector='OR'), name='streets_score_1_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_2__isnull', True), models.Q(('score_2__gte', 0), ('score_2__lte', 25)), _connector='OR'), name='streets_score_2_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_3__isnull', True), models.Q(('score_3__gte', 0), ('score_3__lte', 25)), _connector='OR'), name='streets_score_3_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_4__isnull', True), models.Q(('score_4__gte', 0), ('score_4__lte', 25)), _connector='OR'), name='streets_score_4_from_0_to_25'), models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'works', 'inspected', 'reinspected', 'accepted'])), name='streets_stage_is_known'), models.CheckConstraint(condition=models.Q(('satisfied__isnull', True), ('asked__gte', models.F('satisfied')), _connector='OR'), name='streets_satisfied_were_asked')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('local', models.JSONField(blank=True, default=dict, verbose_name="the district's own columns")),
                ('search_words', models.TextField(blank=True, default='', editable=False)),
                ('next_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due on')),
                ('stage', models.CharField(choices=[('arranged', 'Arranged'), ('done', 'Done')], max_length=20, verbose_name='stage')),
                ('round', models.CharField(choices=[('first', 'First inspection'), ('again', 'Re-inspection')], max_length=10, verbose_name='round')),
                ('inspected_on', models.DateField(blank=True, null=True, verbose_name='inspected on')),
                ('score_1', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 1 (points)')),
                ('score_2', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 2 (points)')),
                ('score_3', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 3 (points)')),
                ('score_4', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='item 4 (points)')),
                ('first_unit', models.CharField(blank=True, max_length=60, verbose_name="first inspector's unit")),
                ('first_inspector', models.CharField(blank=True, max_length=40, verbose_name='first inspector')),
                ('second_unit', models.CharField(blank=True, max_length=60, verbose_name="second inspector's unit")),
                ('second_inspector', models.CharField(blank=True, max_length=40, verbose_name='second inspector')),
                ('asked', models.PositiveIntegerField(blank=True, null=True, verbose_name='residents asked')),
                ('satisfied', models.PositiveIntegerField(blank=True, null=True, verbose_name='of them satisfied')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streets.inspection', verbose_name='same as')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='unit')),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='streets.street', verbose_name='road or estate')),
            ],
            options={
                'verbose_name': 'inspection',
                'verbose_name_plural': 'inspections',
                'ordering': ['-entered_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['-id'], name='streets_inspection_new'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['stage', '-id'], name='streets_inspection_at'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['name', '-id'], name='streets_inspection_abc'), models.Index(condition=models.Q(('merged_into__isnull', True)), fields=['unit', 'stage', '-id'], name='streets_inspection_of'), models.Index(condition=models.Q(('next_due_on__isnull', False)), fields=['next_due_on'], name='streets_inspection_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('score_1__isnull', True), models.Q(('score_1__gte', 0), ('score_1__lte', 25)), _connector='OR'), name='inspections_score_1_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_2__isnull', True), models.Q(('score_2__gte', 0), ('score_2__lte', 25)), _connector='OR'), name='inspections_score_2_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_3__isnull', True), models.Q(('score_3__gte', 0), ('score_3__lte', 25)), _connector='OR'), name='inspections_score_3_from_0_to_25'), models.CheckConstraint(condition=models.Q(('score_4__isnull', True), models.Q(('score_4__gte', 0), ('score_4__lte', 25)), _connector='OR'), name='inspections_score_4_from_0_to_25'), models.CheckConstraint(condition=models.Q(('stage__in', ['arranged', 'done'])), name='inspections_stage_is_known'), models.CheckConstraint(condition=models.Q(('satisfied__isnull', True), ('asked__gte', models.F('satisfied')), _connector='OR'), name='inspections_satisfied_were_asked'), models.CheckConstraint(condition=models.Q(('first_unit', ''), ('second_unit', ''), models.Q(('first_unit', models.F('second_unit')), _negated=True), _connector='OR'), name='inspections_by_two_units')],
            },
        ),
    ]
