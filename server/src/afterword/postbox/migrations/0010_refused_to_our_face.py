from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('postbox', '0009_webhooks_given_up'),
    ]

    operations = [
        migrations.AddField(
            model_name='cameback',
            name='handled',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddIndex(
            model_name='cameback',
            index=models.Index(condition=models.Q(('handled', False)), fields=['id'], name='came_back_not_handled'),
        ),
    ]
