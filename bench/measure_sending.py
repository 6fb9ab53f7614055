"""How fast letters leave, beside smtp-source and Django's own; see send_speed/."""

import sys

from send_speed.measure import main

sys.exit(main())
