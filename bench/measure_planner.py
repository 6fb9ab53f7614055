"""Time, queries and memory of the plan for one incident over many customers; see planner_speed/."""

import sys

from planner_speed.measure import main

sys.exit(main())
