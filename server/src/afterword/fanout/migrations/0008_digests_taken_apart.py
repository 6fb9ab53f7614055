from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fanout', '0007_counted_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailing',
            name='digest_cursor',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='about',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='round',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='apart',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='digestentry',
            index=models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about'], name='digests_by_letter'),
        ),
        migrations.AddIndex(
            model_name='digestentry',
            index=models.Index(condition=models.Q(('apart', True)), fields=['id'], name='digests_apart'),
        ),
    ]
