"""The point of a picture that stays in sight."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0017_who_may_erase"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[
                    django.core.validators.MaxValueValidator(100),
                    django.core.validators.StepValueValidator(5),
                ],
                verbose_name="from the left, in per cent",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[
                    django.core.validators.MaxValueValidator(100),
                    django.core.validators.StepValueValidator(5),
                ],
                verbose_name="from the top, in per cent",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)), name="picture_has_its_focus_in_it"
            ),
        ),
    ]
