import os

import typer


def start_django() -> None:
    """Make the rooms importable. Settings errors end the command with one line, no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        _try_bucket()
    except ImproperlyConfigured as wrong:
        typer.echo(f"afterword: {wrong}", err=True)
        raise typer.Exit(2) from wrong


def _try_bucket() -> None:
    """Refuse an address of no storage at once, instead of in every round of a worker."""
    from django.conf import settings

    if settings.SITE_BUCKET:
        from afterword.site_builder.bucket import bucket

        bucket()
