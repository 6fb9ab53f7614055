"""How long the report of a quarter takes, however long the history is; see trust_speed/."""

import sys

from trust_speed.measure import main

sys.exit(main())
