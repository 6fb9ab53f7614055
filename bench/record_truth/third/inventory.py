"""What a third set of invented companies run, change and break. Every name is made up."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from typing import Final

from record_truth.terms import Change, Part, Reason

PARTS: Final = (
    Part("Checkout", ("cart",), "carts", "could not be paid for", "took ages to pay for", "check out"),
    Part("Helpdesk inbox", ("inbox", "tickets"), "tickets", "did not come in", "came in late", "answer tickets"),
    Part("Route planner", ("routing",), "routes", "could not be planned", "were planned slowly", "plan routes"),
    Part("Card issuing", ("cards",), "card payments", "were declined", "went through slowly", "pay by card"),
    Part("Mobile app", ("the app", "app screens"), "app screens", "stayed empty", "filled slowly", "use the mobile app"),
    Part("Webhooks", ("webhook deliveries",), "webhooks", "were not sent", "were sent late", "receive webhooks"),
    Part("Payroll runs", ("payroll",), "payroll runs", "failed", "ran slowly", "run payroll"),
    Part("Search", ("site search",), "searches", "came back empty", "took half a minute", "search"),
    Part("Telephony", ("phone lines", "calls"), "calls", "could not be placed", "broke up", "place calls"),
    Part("Build runners", ("runners", "builds"), "builds", "did not start", "queued for a long time", "start builds"),
    Part("Reporting", ("reports",), "reports", "would not load", "loaded slowly", "load reports"),
    Part("Door access", ("badge readers", "badges"), "badges", "were refused", "were read slowly", "open doors with a badge"),
    Part("Sensor feed", ("sensor readings",), "sensor readings", "did not arrive", "arrived late", "see sensor readings"),
    Part("Calendar sync", ("calendars",), "calendars", "stopped syncing", "synced late", "sync calendars"),
)  # fmt: skip

CHANGES: Final = (
    Change("put a circuit breaker in front of the pricing service", "put a circuit breaker in front of the pricing service",
           "putting a circuit breaker in front of the pricing service", "put a circuit breaker in front of the pricing service", "limit"),
    Change("page the on-call engineer when the queue is older than 2 minutes", "page the on-call engineer when the queue is older than 2 minutes",
           "wiring a page to the on-call engineer for a queue older than 2 minutes", "wired a page to the on-call engineer for a queue older than 2 minutes", "detect"),
    Change("split the large index into eight smaller ones", "split the large index into eight smaller ones",
           "splitting the large index into eight smaller ones", "split the large index into eight smaller ones", "prevent"),
    Change("block deploys on Friday afternoons", "block deploys on Friday afternoons",
           "introducing a block on Friday afternoon deploys", "blocked deploys on Friday afternoons", "prevent"),
    Change("test restores from backup every month", "test restores from backup every month",
           "setting up a monthly restore test", "set up a monthly restore test", "recover"),
    Change("move the session store off the shared cluster", "move the session store off the shared cluster",
           "moving the session store off the shared cluster", "moved the session store off the shared cluster", "limit"),
    Change("add a synthetic login check from three cities", "add a synthetic login check from three cities",
           "adding a synthetic login check from three cities", "added a synthetic login check from three cities", "detect"),
    Change("double the number of database replicas", "double the number of database replicas",
           "doubling the number of database replicas", "doubled the number of database replicas", "recover"),
    Change("refuse configuration files that do not parse", "refuse configuration files that do not parse",
           "teaching the deploy tool to refuse configuration files that do not parse", "taught the deploy tool to refuse configuration files that do not parse", "prevent"),
)  # fmt: skip

REASONS: Final = (
    Reason("an expired TLS certificate", "a TLS certificate expired", False),
    Reason("a bad configuration push", "a configuration push went wrong", False),
    Reason("a full disk on the primary database", "the disk of the primary database filled up", False),
    Reason("a deadlock in our order service", "our order service ran into a deadlock", False),
    Reason("a retry storm between two of our services", "two of our services retried each other to death", False),
    Reason("a failed switch in our rack", "a switch in our rack failed", False),
    Reason("a power cut at our colocation provider", "our colocation provider lost power", True),
    Reason("an outage at our SMS carrier", "our SMS carrier had an outage", True),
)  # fmt: skip

PLACES: Final = (
    ("Europe", "US", "Australia"), ("eu-central-1", "us-west-2", "ap-southeast-2"), ("Canada", "Mexico"),
    ("Benelux", "Nordics", "Iberia"), ("Singapore", "Mumbai", "Tokyo"), ("Frankfurt", "Virginia"),
)  # fmt: skip

ZONES: Final = (
    "UTC", "UTC", "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney",
    "Asia/Tokyo", "Asia/Singapore", "Europe/London", "America/Toronto",
)  # fmt: skip
