"""Truthful texts must pass, lies must be answered: 10,000 random incidents; see `record_truth/`."""

import sys

from record_truth.measure import main

sys.exit(main())
