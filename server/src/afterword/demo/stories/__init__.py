"""What happened since the team works with Afterword: a file per incident, oldest first."""

from afterword.demo.stories.api_errors import API_ERRORS
from afterword.demo.stories.certificate import CERTIFICATE
from afterword.demo.stories.double_mail import DOUBLE_MAIL
from afterword.demo.stories.guest_lists import GUEST_LISTS
from afterword.demo.stories.late_reports import LATE_REPORTS
from afterword.demo.stories.order_queue import ORDER_QUEUE, ORDER_QUEUE_AGAIN
from afterword.demo.stories.planned import PLANNED
from afterword.demo.stories.small import SLOW_SCANNING, SLOW_SIGN_IN
from afterword.demo.stories.this_morning import THIS_MORNING
from afterword.demo.telling import Story

STORIES: tuple[Story, ...] = (
    LATE_REPORTS,
    CERTIFICATE,
    DOUBLE_MAIL,
    SLOW_SIGN_IN,
    ORDER_QUEUE,
    GUEST_LISTS,
    SLOW_SCANNING,
    ORDER_QUEUE_AGAIN,
    API_ERRORS,
)

__all__ = ["PLANNED", "STORIES", "THIS_MORNING"]
