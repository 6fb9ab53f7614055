from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fanout", "0009_what_digests_tell")]

    operations = [
        migrations.AddField(
            model_name="mailing",
            name="instead_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mailing",
            name="instead_cursor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="mailing",
            name="instead_ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(
                condition=models.Q(("instead_at__isnull", False), ("instead_ended_at", None)),
                fields=["id"],
                name="mailings_told_instead",
            ),
        ),
    ]
