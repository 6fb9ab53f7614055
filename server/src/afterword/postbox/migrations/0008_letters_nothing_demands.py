from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('postbox', '0007_resting_and_pacing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='stream',
            field=models.CharField(choices=[('status', 'Status mail'), ('notice', 'Notices required by law or contract'), ('courtesy', 'Letters to a list that nothing demands'), ('account', 'Confirmations'), ('team', 'Reminders to the team')], max_length=10),
        ),
    ]
