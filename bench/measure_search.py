"""How long a question to the history takes, however long that is; see search_speed/."""

import sys

from search_speed.measure import main

sys.exit(main())
