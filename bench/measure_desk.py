"""How long the desk's lists take, however long the history is; see desk_speed/."""

import sys

from desk_speed.measure import main

sys.exit(main())
