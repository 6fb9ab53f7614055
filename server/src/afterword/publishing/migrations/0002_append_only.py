"""Refuse UPDATE, DELETE and TRUNCATE on the publications, in the database itself."""

from django.db import migrations

from afterword.kit.append_only import protect, release

TABLE = "publishing_publication"


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [migrations.RunPython(protect(TABLE), release(TABLE))]
