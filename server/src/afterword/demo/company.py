"""Brambleworth: tickets, bookings and payments for small museums and theatres. All invented."""

from dataclasses import dataclass

NAME = "Brambleworth"
URL = "https://status.brambleworth.example"
SUPPORT = "support@brambleworth.example"
PASSWORD = "seven-lanterns-at-dusk"  # noqa: S105 - the demo prints it for whoever looks around


@dataclass(frozen=True)
class Member:
    key: str
    name: str
    roles: tuple[str, ...]
    what: str

    @property
    def email(self) -> str:
        return f"{self.key}@brambleworth.example"


TEAM = (
    Member("tomas", "Tomas Abara", ("responder",), "runs incidents and keeps the record"),
    Member("mara", "Mara Lindqvist", ("writer", "responder"), "writes what readers get"),
    Member("ilse", "Ilse Brandt", ("reviewer",), "second pair of eyes; approves"),
    Member("jonah", "Jonah Peeters", ("publisher", "reviewer"), "publishes and plans follow-up"),
    Member("noor", "Noor Castellan", ("investigator",), "writes the internal reviews"),
    Member("ada", "Ada Quill", ("admin",), "may do everything"),
)


@dataclass(frozen=True)
class Part:
    name: str
    group: str
    description: str
    aliases: tuple[str, ...] = ()
    # Younger than the page: so many days old.
    days: int | None = None


GROUPS = ("Selling online", "At the venue", "Behind the scenes")
PARTS = (
    Part("Ticket shop", GROUPS[0], "The page where guests choose seats and buy.", ("the shop",)),
    Part("Card payments", GROUPS[0], "Paying by card, online and at the desk.", ("card payment",)),
    Part("Gift vouchers", GROUPS[0], "Buying and redeeming vouchers.", ("vouchers",)),
    Part("Waiting list", GROUPS[0], "Tells guests when a sold-out show has seats again.", days=47),
    Part("Door scanning", GROUPS[1], "Checking tickets at the entrance.", ("scanning",)),
    Part("Seat plans", GROUPS[1], "Halls, rows and seats, and which are free."),
    Part("Box office", GROUPS[1], "Selling and looking up bookings at the desk."),
    Part("Sign-in", GROUPS[2], "Signing in as venue staff.", ("signing in",)),
    Part("Reports", GROUPS[2], "Takings, visitors and settlements.", ("report",)),
    Part("Guest emails", GROUPS[2], "Tickets and reminders by email.", ("ticket emails",)),
    Part("API", GROUPS[2], "For venues that connect their own programs.", ("API requests",)),
)

SLA_CUSTOMERS = """\
account_id,name,tier,sla_target,contact_name,contact_email
bw-1004,Harrowgate Maritime Museum,enterprise,99.9,Wanda Ashdown,wanda@harrowgate.example
bw-1004,Harrowgate Maritime Museum,enterprise,99.9,Ruben Falk,ruben@harrowgate.example
bw-1017,Theatre on the Wharf,enterprise,99.9,Celia Ndiaye,celia@onthewharf.example
bw-1052,Lindenhof Opera,enterprise,99.95,Gregor Maass,gregor@lindenhof.example
bw-1060,The Glass Pavilion,plus,99.5,Hana Verbeek,hana@glasspavilion.example
bw-1088,Coppergate Museums,enterprise,99.9,Idris Fairley,idris@coppergate.example
bw-1131,Stage Nine,plus,99.5,Lotte Brink,lotte@stagenine.example
bw-1190,Northquay Festival,plus,99.5,Emeka Strand,emeka@northquay.example
"""

DATA_AFFECTED = """\
email,name
desk@willowmill.example,Willow Mill Museum
tickets@oldsaltworks.example,The Old Saltworks
office@penrosehall.example,Penrose Hall
hello@thornburypuppets.example,Thornbury Puppet Theatre
boxoffice@ashgrove.example,Ashgrove Playhouse
visit@tinmuseum.example,The Tin Museum
info@ferrylane.example,Ferry Lane Gallery
team@moorsideband.example,Moorside Bandhall
front@kilnhouse.example,Kiln House
tickets@saffronrooms.example,Saffron Rooms
museum@wexcombe.example,Wexcombe Museum
desk@larkrise.example,Larkrise Theatre
"""

_FIRST = (
    "abel", "bea", "ciro", "dina", "egon", "fay", "gita", "hugo", "ida", "jules", "kaya", "lars",
    "mina", "nils", "oona", "pavel", "quinn", "rosa", "sami", "tilda", "ugo", "vera", "wim",
    "xenia", "yara", "zeno", "amos", "britt", "cleo", "derya", "elif", "finn", "greta", "hedda",
    "ivo", "jana", "kofi", "lena", "milo", "noa",
)  # fmt: skip
_WHERE = (
    "willowmill", "oldsaltworks", "penrosehall", "thornburypuppets", "ashgrove", "tinmuseum",
    "ferrylane", "moorsideband", "kilnhouse", "saffronrooms",
)  # fmt: skip
SUBSCRIBERS = tuple(f"{name}@{_WHERE[n % len(_WHERE)]}.example" for n, name in enumerate(_FIRST))
