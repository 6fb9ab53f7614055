from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_where_an_act_came_from'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='device',
            field=models.CharField(max_length=60, null=True),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['device', 'sequence'], name='audit_by_device'),
        ),
    ]
