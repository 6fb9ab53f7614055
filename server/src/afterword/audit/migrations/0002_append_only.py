"""Refuse UPDATE, DELETE and TRUNCATE on the audit log, in the database itself."""

from django.db import migrations

from afterword.kit.append_only import protect, release

TABLE = "audit_entry"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect(TABLE), release(TABLE))]
