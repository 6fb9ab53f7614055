"""``afterword demo``: an invented company on this machine, ready to look around in."""

import os
import shutil
from pathlib import Path

import django
import typer

MARK = "this folder belongs to afterword demo"
_OWN = ("AFTERWORD_DATABASE_URL", "AFTERWORD_SITE_DIR", "AFTERWORD_SMTP_URL")


def run(*, host: str, port: int, data_dir: Path, fresh: bool, serve: bool) -> None:
    """Set up the demo in its own folder (made anew only if ``fresh``), then serve it."""
    folder = data_dir.expanduser().resolve()
    _claim(folder, fresh=fresh)
    _point_settings_at(folder, host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterword.config.settings")
    django.setup()
    # Rooms can be imported only now that the settings point at the demo's own folder.
    from afterword.cli.demo_company import fill, introduce  # noqa: PLC0415
    from afterword.cli.serve import serve as serve_it  # noqa: PLC0415

    fill(folder)
    introduce(f"http://{host}:{port}")
    if serve:
        serve_it(host=host, port=port)


def _claim(folder: Path, *, fresh: bool) -> None:
    """Make the folder ours. Never touches one that holds anything else."""
    mark = folder / "demo.txt"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        typer.echo(
            f"afterword: {folder} holds something that is no demo. Give another --data-dir.",
            err=True,
        )
        raise typer.Exit(2)
    if fresh and mark.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{MARK}; delete it whenever you like\n", encoding="utf-8")


def _point_settings_at(folder: Path, host: str, port: int) -> None:
    """Give the demo settings of its own, whatever the environment says of a real installation."""
    for name in _OWN:
        os.environ[name] = ""
        os.environ.pop(f"{name}_FILE", None)
    os.environ |= {
        "AFTERWORD_DATA_DIR": str(folder),
        "AFTERWORD_PUBLIC_URL": f"http://{host}:{port}",
        "AFTERWORD_ALLOWED_HOSTS": f"{host},localhost,127.0.0.1,[::1]",
        "AFTERWORD_MAIL_FROM": "Brambleworth Status <status@brambleworth.example>",
        "AFTERWORD_SHOW_OUTBOX": "yes",
        "AFTERWORD_EMBEDDED_WORKER": "yes",
    }
