from django.db import migrations


def forget(apps, schema_editor):
    """Empty the words, which are folded otherwise now; what follows the migrations fills them."""
    apps.get_model("publishing", "CatalogueEntry").objects.exclude(words="").update(words="")


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0016_departures"),
    ]

    operations = [migrations.RunPython(forget, forget)]
