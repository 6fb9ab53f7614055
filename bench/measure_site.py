"""How fast readers get a built page, beside nginx and beside rendering it; see `site_speed/`."""

import sys

from site_speed.measure import main

sys.exit(main())
