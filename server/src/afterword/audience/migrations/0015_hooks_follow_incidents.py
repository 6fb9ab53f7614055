import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audience", "0014_opt_outs")]

    operations = [
        migrations.AddField(
            model_name="hook",
            name="only_followed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="FollowedByHook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("incident_ref", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("hook", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="followed", to="audience.hook")),
            ],
            options={
                "indexes": [models.Index(fields=["incident_ref"], name="audience_fo_inciden_fb9263_idx")],
                "constraints": [models.UniqueConstraint(fields=("hook", "incident_ref"), name="followed_once_by_hook")],
            },
        ),
    ]
