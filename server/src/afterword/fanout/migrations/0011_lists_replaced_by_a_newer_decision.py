import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audience", "0016_lists_read_by_the_worker"),
        ("fanout", "0010_texts_in_place_of_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplacedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cursor", models.BigIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recipient_list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="audience.recipientlist",
                    ),
                ),
            ],
        ),
    ]
