"""A million subscribers become letters on PostgreSQL, while others publish; see send_speed/."""

import sys

from send_speed.expanding import main

sys.exit(main())
