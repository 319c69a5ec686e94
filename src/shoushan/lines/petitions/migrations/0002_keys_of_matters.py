import django.db.models.deletion
from django.db import migrations, models


def take_apart(apps, _editor):
    """Each key that stood beside an identity becomes the matter's own, with its event."""
    made = apps.get_model("petitions", "MatterKey").objects
    for identity in apps.get_model("petitions", "Identity").objects.order_by("pk"):
        key = made.create(matter_id=identity.matter_id, key=identity.key)
        tell("key made", key)


def put_back(apps, _editor):
    identities = apps.get_model("petitions", "Identity").objects
    for key in apps.get_model("petitions", "MatterKey").objects.order_by("pk"):
        identities.filter(matter_id=key.matter_id).update(key=key.key)
        tell("removed", key)


def tell(verb, key):
    from shoushan.ledger import actions as ledger
    from shoushan.lines.petitions.models import MatterKey

    ledger.record(verb, MatterKey(pk=key.pk, matter_id=key.matter_id, key=key.key), by=None)


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('petitions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatterKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(verbose_name='sealed key')),
                ('destroyed_at', models.DateTimeField(null=True, verbose_name='destroyed at')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='key', to='petitions.matter', verbose_name='matter')),
            ],
            options={
                'verbose_name': 'key of a matter',
                'verbose_name_plural': 'keys of matters',
            },
        ),
        # going back, the column is there before the keys are put back into it
        migrations.AlterField(
            model_name='identity', name='key', field=models.BinaryField(default=b'', verbose_name='sealed key')
        ),
        migrations.RunPython(take_apart, put_back),
        migrations.RemoveField(
            model_name='identity',
            name='key',
        ),
    ]
