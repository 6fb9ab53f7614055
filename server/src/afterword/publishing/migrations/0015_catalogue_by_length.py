from django.db import migrations, models


class Migration(migrations.Migration):
    """Finds the few incidents of a class of duration without reading all others."""

    dependencies = [
        ("publishing", "0014_fill_called_off"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="catalogueentry",
            index=models.Index(fields=["page", "kind", "seconds"], name="catalogue_by_length"),
        ),
    ]
