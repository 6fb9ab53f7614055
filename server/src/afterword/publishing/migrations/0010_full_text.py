"""A full-text index over the words of the catalogue, kept in step by the database itself."""

from django.db import migrations

from afterword.publishing.full_text import begin, end


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_catalogue")]
    operations = [migrations.RunPython(begin, end)]
