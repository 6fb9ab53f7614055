"""What other invented companies run, change and break. Every name is made up."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from typing import Final

from record_truth.terms import Change, Part, Reason

PARTS: Final = (
    Part("Timesheets", ("timesheet",), "timesheets", "could not be saved", "took minutes to save", "save timesheets"),
    Part("Dashboard", ("dashboards",), "dashboards", "showed error pages", "loaded slowly", "open the dashboard"),
    Part("Public API", ("API",), "API calls", "returned errors", "timed out now and then", "call the API"),
    Part("Video calls", ("calls",), "video calls", "dropped after seconds", "were choppy", "join video calls"),
    Part("Shipping labels", ("labels",), "shipping labels", "could not be printed", "were printed late", "print shipping labels"),
    Part("Loyalty points", ("points",), "loyalty points", "were not credited", "were credited late", "collect loyalty points"),
    Part("Document signing", ("signatures",), "signature requests", "got stuck", "went out late", "sign documents"),
    Part("Billing portal", ("billing",), "pages of the billing portal", "would not open", "opened slowly", "reach the billing portal"),
    Part("Image processing", ("images",), "images", "stayed blank", "appeared with a delay", "see new images"),
    Part("Push alerts", ("alerts on phones",), "push alerts", "never arrived", "arrived late", "get push alerts"),
    Part("Fleet tracking", ("vehicle positions",), "vehicle positions", "stopped updating", "lagged behind", "follow vehicles in fleet tracking"),
    Part("Course player", ("lessons",), "lessons", "would not play", "kept buffering", "play lessons"),
    Part("Data import", ("imports",), "imports", "were refused", "crawled", "run imports"),
    Part("Single sign-on", ("SSO",), "SSO logins", "were turned away", "took over a minute", "get in through single sign-on"),
)  # fmt: skip

CHANGES: Final = (
    Change("cap the cache at 4 GB and evict old pages", "cap the cache at 4 GB and evict old pages",
           "capping the cache at 4 GB and evicting old pages", "capped the cache at 4 GB, and it evicts old pages", "prevent"),
    Change("roll back a release by itself when errors pass 2%", "make releases roll back by themselves when errors pass 2%",
           "teaching our releases to roll back by themselves when errors pass 2%", "made every release roll back by itself when errors pass 2%", "limit"),
    Change("run the nightly job on its own database", "run the nightly job on its own database",
           "moving the nightly job onto its own database", "gave the nightly job its own database", "limit"),
    Change("warn us 14 days before a licence key lapses", "set up a warning 14 days before a licence key lapses",
           "setting up a warning 14 days before a licence key lapses", "set up a warning 14 days before a licence key lapses", "detect"),
    Change("keep a standby cluster in a second city", "keep a standby cluster in a second city",
           "installing a standby cluster in a second city", "put a standby cluster into a second city", "recover"),
    Change("require two approvals for firewall changes", "require two approvals for firewall changes",
           "introducing two approvals for firewall changes", "introduced two approvals for firewall changes", "prevent"),
    Change("drill the failover every quarter", "drill the failover every quarter",
           "scheduling a failover drill for every quarter", "started to drill the failover every quarter", "recover"),
    Change("shorten the connection timeout to 3 seconds", "shorten the connection timeout to 3 seconds",
           "shortening the connection timeout to 3 seconds", "shortened the connection timeout to 3 seconds", "limit"),
    Change("rewrite the importer to read files in pieces", "rewrite the importer so that it reads files in pieces",
           "rewriting the importer so that it reads files in pieces", "rewrote the importer, which reads files in pieces", "prevent"),
    Change("show the queue length on the status page", "show the queue length on the status page",
           "building a view of the queue length for the status page", "brought the queue length onto the status page", "detect"),
)  # fmt: skip

REASONS: Final = (
    Reason("a firewall rule that blocked our own servers", "a firewall rule blocked our own servers", False),
    Reason("a memory leak in our image service", "our image service leaked memory", False),
    Reason("a schema change that locked a table", "a schema change locked a table", False),
    Reason("a lapsed licence key", "a licence key lapsed", False),
    Reason("a nightly job that used up every connection", "a nightly job used up every connection", False),
    Reason("a wrong entry in our name servers", "an entry in our name servers was wrong", False),
    Reason("overheating at our data centre provider", "our data centre provider lost cooling", True),
    Reason("a routing fault at our network provider", "our network provider had a routing fault", True),
)  # fmt: skip

PLACES: Final = (
    ("Europe", "North America", "Asia Pacific"), ("eu-west", "us-east", "ap-south"),
    ("Dublin", "Warsaw"), ("Germany", "Austria", "Switzerland"), ("UK", "Ireland"), ("EMEA", "APAC", "LATAM"),
)  # fmt: skip

ZONES: Final = (
    "UTC", "UTC", "America/Chicago", "Europe/Helsinki", "Europe/Paris", "Pacific/Auckland", "America/Sao_Paulo",
    "Asia/Dubai", "Africa/Johannesburg", "America/Denver", "Asia/Seoul", "Europe/London",
)  # fmt: skip
