import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from afterword.kit.append_only import protect, release


def fill(apps, schema_editor):
    """Keep who left so far, as far as it is known: what was overwritten or lifted since is lost."""
    subscribers = apps.get_model("audience", "Subscriber").objects
    asked = apps.get_model("audience", "Suppression").objects.filter(reason="asked")
    came_back = apps.get_model("postbox", "CameBack").objects
    left = subscribers.filter(unsubscribed_at__isnull=False)
    _fill(apps, "unsubscribed", _with_letter(apps, left, "unsubscribed_at"))
    _fill(apps, "asked", _with_letter(apps, asked, "since"))
    complaints = came_back.filter(kind="complaint", proven=True).order_by("pk")
    rows = (
        (page, at, letter)
        for letter, recipient, at in complaints.values_list("letter", "recipient", "at").iterator()
        for page in subscribers.filter(email=recipient).values_list("page", flat=True) or [None]
    )
    _fill(apps, "complained", rows)


def _with_letter(apps, people, at):
    """Return (page, when they left, the last mail about an incident that they had by then)."""
    had = apps.get_model("postbox", "Letter").objects.filter(
        recipient=OuterRef("email"), channel="email", sent_at__lte=OuterRef(at),
        message__stream__in=("status", "notice", "courtesy"),
    )  # fmt: skip
    last = Subquery(had.order_by("-sent_at", "-pk").values("pk")[:1])
    found = people.annotate(last=last).order_by("pk").values_list("page", at, "last")
    return found.iterator(500)


def _fill(apps, how, rows):
    opt_outs = apps.get_model("audience", "OptOut")
    made = (
        opt_outs(page_id=page, how=how, at=at, letter_id=letter) for page, at, letter in rows
    )
    opt_outs.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("audience", "0013_uploads_read_by_the_worker"),
        ("components", "0006_new_columns_have_defaults"),
        ("postbox", "0010_refused_to_our_face"),
    ]

    operations = [
        migrations.RemoveIndex("subscriber", "unsubscribed_by_time"),
        migrations.CreateModel(
            name="OptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(choices=[("unsubscribed", "Unsubscribed"), ("asked", "Asked not to be written to"), ("complained", "Reported our mail as spam")], max_length=12)),
                ("at", models.DateTimeField()),
                ("letter", models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="postbox.letter")),
                ("page", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="components.page")),
            ],
            options={"indexes": [models.Index(fields=["at"], name="opt_outs_by_time")]},
        ),
        migrations.RunPython(protect("audience_optout"), release("audience_optout")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
