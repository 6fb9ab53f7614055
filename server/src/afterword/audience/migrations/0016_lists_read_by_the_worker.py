from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audience", "0015_hooks_follow_incidents")]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="what",
            field=models.CharField(
                choices=[
                    ("customers", "Customers"),
                    ("accounts", "What was measured of each account"),
                    ("affected", "People whose data was affected"),
                    ("subscribers", "Subscribers"),
                ],
                db_default="customers",
                default="customers",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="incident_ref",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
