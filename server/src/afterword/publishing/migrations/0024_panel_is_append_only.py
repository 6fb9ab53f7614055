from django.db import migrations

from afterword.kit.append_only import protect, release


class Migration(migrations.Migration):
    dependencies = [("publishing", "0023_trust_panel")]

    operations = [
        migrations.RunPython(protect("publishing_panelswitch"), release("publishing_panelswitch")),
        migrations.RunPython(protect("publishing_panelquarter"), release("publishing_panelquarter")),
    ]
