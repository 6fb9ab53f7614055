"""How long from publishing to the changed bytes, however long the history; see publish_speed/."""

import sys

from publish_speed.measure import main

sys.exit(main())
