"""`python -m plaintalk`."""

import sys

from plaintalk.cli.main import main

sys.exit(main())
