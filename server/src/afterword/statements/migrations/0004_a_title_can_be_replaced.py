from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0003_translations")]
    operations = [
        migrations.AlterField(
            model_name="amendment",
            name="weight",
            field=models.CharField(
                choices=[
                    ("typo", "Typo"),
                    ("clarification", "Clarification"),
                    ("fact", "Wrong fact"),
                    ("retraction", "Retraction"),
                    ("title", "Title"),
                ],
                max_length=14,
            ),
        ),
    ]
