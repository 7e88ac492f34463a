"""The invented organisation: its ladder, units, places, titles and the people who sign in."""

from datetime import time

from viceversa.home.sample.chance import repeated
from viceversa.home.sample.shapes import Level, Place, SignIn, Unit, WorkingHours

NAME = "Hollin & Reed"
DOMAIN = "hollinreed.example.org"

LEVELS = (
    Level(1, "Associate"),
    Level(2, "Senior associate"),
    Level(3, "Manager"),
    Level(4, "Director"),
    Level(5, "Vice president"),
    Level(6, "Chief"),
)
VICE_PRESIDENT = 5
CHIEF = 6

UNITS = (
    Unit("executive", "Executive office", None),
    Unit("clients", "Client services", None),
    Unit("consumer", "Consumer brands", "clients"),
    Unit("public", "Public sector", "clients"),
    Unit("creative", "Creative and media", None),
    Unit("finance", "Finance and operations", None),
    Unit("people", "People and culture", None),
    Unit("technology", "Technology and data", None),
)
BRANCHES = ("clients", "creative", "finance", "people", "technology")

PLACES = (
    Place("london", "London", "Europe/London", ("fr", "pl", "de", "es")),
    Place("new-york", "New York", "America/New_York", ("es", "fr")),
    Place("bengaluru", "Bengaluru", "Asia/Kolkata", ("kn", "hi", "ta")),
    Place("lisbon", "Lisbon", "Europe/Lisbon", ("pt",)),
    Place("st-johns", "St. John's", "America/St_Johns", ("fr",)),
    Place("nairobi", "Nairobi", "Africa/Nairobi", ("sw",)),
    Place("adelaide", "Adelaide", "Australia/Adelaide", ("vi", "it")),
)
PLACE_DRAW = repeated([place.code for place in PLACES], (42, 15, 13, 13, 7, 5, 5))
PLACE_BY_CODE = {place.code: place for place in PLACES}

WEEK = (1, 2, 3, 4, 5)
USUAL_HOURS = WorkingHours(time(9), time(17, 30), WEEK)
HOURS = (
    USUAL_HOURS,
    WorkingHours(time(8), time(16), WEEK),
    WorkingHours(time(10), time(18, 30), WEEK),
    WorkingHours(time(9), time(17), (1, 2, 3, 4)),
    WorkingHours(time(9, 30), time(15), WEEK),
)
HOURS_DRAW = repeated(HOURS, (55, 15, 15, 9, 6))

CRAFTS = {
    "clients": ("client", "insight"),
    "consumer": ("brand", "retail"),
    "public": ("policy", "campaign"),
    "creative": ("content", "design", "film"),
    "finance": ("finance", "operations", "legal"),
    "people": ("learning", "recruitment", "reward"),
    "technology": ("data", "platform", "security"),
}
TITLES = {
    1: "{} associate",
    2: "Senior {} associate",
    3: "{} manager",
    4: "{} director",
    5: "Vice president, {}",
}
CHIEF_TITLES = {
    "executive": "Chief executive",
    "clients": "Chief client officer",
    "creative": "Chief creative officer",
    "finance": "Chief operating officer",
    "people": "Chief people officer",
    "technology": "Chief technology officer",
}

CHIEF_EXECUTIVE = "Fenn Earle"
COORDINATOR = "Tamsin Marlow"
CO_COORDINATOR = "Kit Tallow"
LEARNER = "Odile Wren"
ADVISER = "Juno Okapi"
SPONSOR = "Sabra North"
ADMINISTRATOR = "Bram Lindqvist"
SAFEGUARDING_CONTACT = "Mira Ibis"


def title_of(level: int, unit: str, craft: str) -> str:
    """Return the title that fits a level, a unit and the craft of the team."""
    title = CHIEF_TITLES[unit] if level == CHIEF else TITLES[level].format(craft)
    return title[0].upper() + title[1:]


def address_of(name: str) -> str:
    """Return the e-mail address of a named person written in plain letters."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def _sign_in(part: str, name: str, shows: str) -> SignIn:
    return SignIn(part, name, address_of(name), shows)


SIGN_INS = (
    _sign_in("coordinator", COORDINATOR, "Runs both programmes; Digital half hour is ready."),
    _sign_in("co_coordinator", CO_COORDINATOR, "Runs both programmes with Tamsin."),
    _sign_in("learner", LEARNER, "A vice president with a proposed partnership to answer."),
    _sign_in("adviser", ADVISER, "A year in the firm, with a proposed partnership to answer."),
    _sign_in("sponsor", SPONSOR, "Stands behind both programmes and wrote the letters."),
    _sign_in("administrator", ADMINISTRATOR, "Keeps the directory and the installation."),
    _sign_in("safeguarding_contact", SAFEGUARDING_CONTACT, "Receives concerns, outside the line."),
)
