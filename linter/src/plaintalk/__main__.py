"""`python -m plaintalk`."""

import sys

from plaintalk.cli import main

sys.exit(main())
