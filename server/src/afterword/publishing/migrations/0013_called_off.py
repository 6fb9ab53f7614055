from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0012_open_newest_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="publicincident",
            name="called_off",
            field=models.BooleanField(default=False),
        ),
    ]
