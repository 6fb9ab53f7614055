import os

import typer


def start_django() -> None:
    """Make the rooms importable. Settings errors end the command with one line, no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        typer.echo(f"afterword: {wrong}", err=True)
        raise typer.Exit(2) from wrong
