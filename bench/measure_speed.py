"""How long a check takes, beside proselint and on the hardest inputs; see `speed/`."""

import sys

from speed.measure import main

sys.exit(main())
