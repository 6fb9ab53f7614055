"""What invented companies run, change and break. Every name is made up."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from typing import Final

from record_truth.terms import Change, Part, Reason

PARTS: Final = (
    Part("Invoice sending", ("invoices",), "invoices", "were not delivered",
         "were delivered late", "send invoices"),
    Part("Checkout", ("orders",), "orders", "could not be placed", "were slow to go through",
         "place orders"),
    Part("Webhooks", ("webhook",), "webhook deliveries", "failed", "were late",
         "receive webhook deliveries"),
    Part("Sign-in", ("login", "sign-ins"), "sign-ins", "failed", "were slow", "use sign-in"),
    Part("Search", (), "search results", "did not load", "were slow to load", "use search"),
    Part("Exports", ("export",), "exports", "could not be started", "were slow",
         "start exports"),
    Part("File uploads", ("uploads",), "uploads", "were rejected", "were slow", "finish uploads"),
    Part("Mobile app", ("app",), "screens of the mobile app", "did not load",
         "were slow to load", "open the mobile app"),
    Part("Reports", ("reporting",), "reports", "were unavailable", "were late",
         "open reports"),
    Part("Card payments", ("payments",), "card payments", "were rejected",
         "were slow to be confirmed", "take card payments"),
    Part("Notifications", (), "notifications", "were not sent", "were delayed",
         "receive notifications"),
    Part("Calendar sync", ("calendars",), "calendars", "stopped syncing", "were slow to sync",
         "use calendar sync"),
    Part("Map view", ("maps",), "maps", "could not be opened", "were slow to open", "open maps"),
    Part("Chat", ("messages",), "chat messages", "were not delivered", "were delayed",
         "use chat"),
    Part("Booking page", ("bookings",), "bookings", "failed", "were slow to be confirmed",
         "take bookings"),
    Part("Ticket scanning", ("scans",), "scans", "failed", "were slow", "scan tickets with ticket scanning"),
)  # fmt: skip


CHANGES: Final = (
    Change("queues stop accepting work at 80% full", "make our queues stop accepting work at 80% full",
           "changing our queues to stop accepting work at 80% full",
           "changed our queues to stop accepting work at 80% full", "prevent"),
    Change("alert when a queue is 60% full", "add an alert for a queue that is 60% full",
           "adding an alert for a queue that is 60% full",
           "added an alert for a queue that is 60% full", "detect"),
    Change("copy every edit to a second site within one minute",
           "copy every edit to a second site within one minute",
           "building a second site that gets a copy of every edit within one minute",
           "added a second site that gets a copy of every edit within one minute", "recover"),
    Change("release changes to 5% of stores first", "release changes to 5% of stores first",
           "changing how we release changes, to 5% of stores first",
           "changed how we release changes, to 5% of stores first", "limit"),
    Change("renew certificates 30 days before they expire",
           "renew certificates 30 days before they expire",
           "moving certificates to a service that renews them 30 days before they expire",
           "moved certificates to a service that renews them 30 days before they expire", "prevent"),
    Change("test restoring a backup every week", "test restoring a backup every week",
           "setting up a test that restores a backup every week",
           "set up a test that restores a backup every week", "recover"),
    Change("split the login store in two", "split the login store in two",
           "splitting the login store in two", "split the login store in two", "limit"),
    Change("block releases while an alarm is open", "block releases while an alarm is open",
           "adding a check that blocks releases while an alarm is open",
           "added a check that blocks releases while an alarm is open", "prevent"),
    Change("retry failed payments for 24 hours", "retry failed payments for 24 hours",
           "changing the service to retry failed payments for 24 hours",
           "changed the service to retry failed payments for 24 hours", "limit"),
    Change("limit imports to 200 rows a second", "limit imports to 200 rows a second",
           "adding a limit on imports of 200 rows a second",
           "added a limit on imports of 200 rows a second", "prevent"),
    Change("double the space of the event log", "double the space of the event log",
           "doubling the space of the event log", "doubled the space of the event log", "prevent"),
    Change("page a second person after five minutes", "page a second person after five minutes",
           "changing our rota to page a second person after five minutes",
           "changed our rota to page a second person after five minutes", "detect"),
)  # fmt: skip


REASONS: Final = (
    Reason("a queue that filled up", "a queue filled up", False),
    Reason("an expired certificate", "a certificate expired", False),
    Reason("a change to our settings", "a change to our settings removed a rule", False),
    Reason("a release that asked for a missing column", "a release asked for a missing column", False),
    Reason("a full disk", "a disk ran full", False),
    Reason("a limit that was set too low", "a limit was set too low", False),
    Reason("a loop between two of our services", "two of our services called each other in a loop", False),
    Reason("a power failure at our hosting provider", "our hosting provider lost power in one building", True),
    Reason("a cable cut at a network supplier", "a network supplier had a cable cut", True),
)  # fmt: skip

PLACES: Final = (
    ("EU", "US"), ("EU", "US", "Asia"), ("Frankfurt", "Oslo", "Lyon"), ("North", "South"),
    ("Canada", "Mexico", "Brazil"), ("Sydney", "Singapore"),
)  # fmt: skip

ZONES: Final = (
    "UTC", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Europe/London",
    "Asia/Tokyo", "Asia/Singapore", "Australia/Sydney", "Asia/Kolkata",
)  # fmt: skip
