"""What `afterword serve` starts beside itself: builds what a crash or another version left out."""

import logging
import signal

from afterword.kit import clock
from afterword.site_builder.actions import sweep

log = logging.getLogger(__name__)


def mend() -> None:
    """Make the site whole. A disk that refuses or a builder that fails is left to the worker."""
    # Ctrl-C reaches us too; who started us ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sweep(now=clock.now())
    except Exception:
        log.exception("the site could not be mended at the start; it is left to the worker")
