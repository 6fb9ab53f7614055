"""SQLite's full-text index knows beginnings of words, and no places of words any more."""

from django.db import migrations

from afterword.publishing.full_text import renew


class Migration(migrations.Migration):
    dependencies = [("publishing", "0017_words_kept_together")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
