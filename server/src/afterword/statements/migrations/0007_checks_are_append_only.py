from django.db import migrations

TABLE = "statements_textcheck"


def protect(apps, schema_editor):
    """Refuse to change a check; what a text left with goes with nothing, not even the text."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    back = _POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else _SQLITE_BACK
    for statement in back:
        schema_editor.execute(statement)


_SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN OLD.moment = 'left' "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END",
)
_SQLITE_BACK = (f"DROP TRIGGER {TABLE}_no_update", f"DROP TRIGGER {TABLE}_no_delete")
_POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{TABLE} is append-only'; END $$",
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
    f"FOR EACH ROW WHEN (OLD.moment = 'left') EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)
_POSTGRESQL_BACK = (
    f"DROP TRIGGER {TABLE}_no_update ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    f"DROP FUNCTION {TABLE}_refuse()",
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0006_checks_that_count")]

    operations = [migrations.RunPython(protect, release)]
