"""An app for train and flight tickets, in English: cards, chips, a painted calendar, a form over several pages.

Faults:

- c1-consent-without-refusal: the privacy notice of the first start has one button, "OK, got it".
- c5-bundled-request: "Continue" on the page after it asks for calendar and contacts in one request; the page tells of
  both.
- c5-asks-before-use (CALENDAR, CONTACTS): the same request; nothing was used yet.
- c5-asks-again-on-relaunch (CALENDAR): each later start explains the calendar and asks again until it is allowed.
- c5-purpose-not-told (CAMERA): Results > Fare > Passengers > Scan passport asks for the camera without a word.

Innocent: "Add from contacts", "Add to calendar",
"Stations near me" and "Price alerts" explain and ask when used and leave a way without; the
booking is possible without an account; the deals page asks for a rating once.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Image, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, made, picture, sheet

CALENDAR = "android.permission.WRITE_CALENDAR"
CONTACTS = "android.permission.READ_CONTACTS"
CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"
START = ["OK, got it", "Continue", "deny", "deny"]  # from the notice to the search


def toolbar(title, *actions):
    return Row(picture("#1565C0", says="Navigate up", id="navigateUp", size=70), Text(title), Row(), *actions, gravity="center")


class Cards(Screen):
    """Cards below each other; ``cards`` are (id, headline, smaller text, link)."""

    title = ""
    cards = ()
    extra = ()

    def body(self):
        self.links = {"navigateUp": "<"} | {id: link for id, _, _, link in self.cards}
        cards = [Column(Text(head), Text(small), id=id, clickable=True, background="#FFE3F2FD") for id, head, small, _ in self.cards]
        return Column(toolbar(self.title), Scroll(*(make() for make in self.extra), *cards))


class Travel(App):
    package = "com.triphop.tickets"
    label = "TripHop"
    version_name, version_code = "2024.11.3", 24113
    target_sdk = 33
    permissions = [CALENDAR, CONTACTS, CAMERA, LOCATION, NOTIFICATIONS]
    innocent = False
    dangers = ["Pay now", "Cancel trip", "Call us", "Delete account"]
    screens = [
        "Splash/TripHop", "Terms/Your privacy matters", "Legal/Privacy Policy", "Legal/Terms of Use", "Onboarding/Before you start",
        "Home/Where to?", "Home/My trips", "Home/Deals", "Home/Account", "CityPicker/Choose a city", "DatePicker/Pick a date",
        "Results/Shanghai to Hangzhou", "Filters/Filters", "Fare/Fare details", "Passengers/Passengers", "Checkout/Review and pay",
        "Trip/Trip to Suzhou",
        "BoardingPass/Boarding pass", "FindBooking/Find a booking", "Deal/Weekend in Beijing", "SignIn/Sign in", "Reset/Reset password",
        "Currency/Currency", "Alerts/Price alerts", "HelpCenter/Help centre", "Stations/Stations", "Preferences/Preferences",
    ]  # fmt: skip
    walk = [
        ["Privacy Policy", "back", "Terms of Use", "back", "OK, got it", "Continue", "deny", "deny", "from", "Suzhou", "date",
            "touch:0.5,0.5",
         "search", "Filters", "Apply", "G7301", "Choose Second class", "Add from contacts", "Allow access", "deny", "Scan passport", "deny",
         "Continue to payment", "back", "back", "back", "back", "Stations near me", "Locate me", "Allow access", "deny", "back",
         "tabTrips", "Find a booking", "back", "Trip to Suzhou", "Boarding pass", "back", "back", "tabDeals", "No thanks",
         "Weekend in Beijing",
         "back", "Price alerts", "Turn on alerts", "Allow access", "deny", "back", "tabAccount", "Sign in", "Forgot password?",
         "back", "back",
         "Currency", "back", "Help centre", "back", "Preferences", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-consent-without-refusal", ""): ["wait:2"],
        ("c5-bundled-request", ""): ["OK, got it", "Continue"],
        ("c5-asks-before-use", "CALENDAR"): ["OK, got it", "Continue"],
        ("c5-asks-before-use", "CONTACTS"): ["OK, got it", "Continue", "deny"],
        ("c5-asks-again-on-relaunch", "CALENDAR"): [*START, "relaunch", "wait:4", "Allow access"],
        ("c5-purpose-not-told", "CAMERA"): [*START, "search", "G7301", "Choose Second class", "Scan passport"],
    }  # fmt: skip
    planted = list(proofs)

    class Splash(Screen):
        launcher = True

        def body(self):
            return Column(Row(), Text("TripHop"), Row(), background="#FF90CAF9", gravity="center")

        def on_create(self):
            self.draw()
            self.post_delayed(self.next, 1.5)

        def next(self):
            self.start_activity("Home" if self.app.prefs.get("started") else "Terms")
            self.finish()

    class Terms(Screen):
        translucent = True
        links = {"privacyLink": "Legal?Privacy Policy", "termsLink": "Legal?Terms of Use"}

        def body(self):
            words = "We use your booking and device data to sell tickets and keep the service safe, as described in our policies."
            links = Row(Text("Privacy Policy", id="privacyLink"), Text("Terms of Use", id="termsLink"))
            return sheet(Text("Your privacy matters"), Text(words), links, Button("OK, got it", "gotIt"))

        def on_back_pressed(self):
            return True

        def pressed(self, id):
            if id == "gotIt":
                self.start_activity("Onboarding")
                self.finish()

    class Onboarding(Screen):
        def body(self):
            rows = [("Calendar", "Calendar access lets us add your trips to your calendar"),
                    ("Contacts", "Contacts access lets us fill in the names of your fellow travellers")]  # fmt: skip
            return Column(
                Text("Before you start"),
                *(Row(picture(), Column(Text(name), Text(use))) for name, use in rows),
                Row(),
                Button("Continue", "next"),
            )

        def pressed(self, id):
            if id == "next":
                self.request_permissions(CALENDAR, CONTACTS)

        def on_permission_result(self, results):
            self.app.prefs["started"] = self.app.prefs["fresh"] = True
            self.start_activity("Home")
            self.finish()

    class Home(Screen):
        tab = 0
        links = {
            "from": "CityPicker", "to": "CityPicker", "date": "DatePicker", "search": "Results", "near": "Stations", "sample": "Trip",
            "lookup": "FindBooking", "deal0": "Deal", "deal1": "#Sold out", "alerts": "Alerts", "signIn": "SignIn", "currency": "Currency",
            "help": "HelpCenter", "prefs": "Preferences", "legal": "Legal?Privacy Policy", "call": "!Call us",
        }  # fmt: skip

        def body(self):
            bar = Row(
                *(
                    Column(picture("#42A5F5", size=60), Text(name), id=f"tab{name}", clickable=True)
                    for name in ("Search", "Trips", "Deals", "Account")
                )
            )
            return Column(Column(*[self.search, self.trips, self.deals, self.account][self.tab](), Row()), bar)

        def search(self):
            fields = [Row(Text(name), Row(), Text(value), id=id, clickable=True)
                      for name, value, id in (("From", "Shanghai", "from"), ("To", "Hangzhou", "to"),
                          ("Date", "Tomorrow", "date"))]  # fmt: skip
            return [Text("Where to?"), *fields, Button("Search", "search"), Text("Stations near me", id="near")]

        def trips(self):
            card = Column(Text("Trip to Suzhou"), Text("Sample"), id="sample", clickable=True, background="#FFE3F2FD")
            return [Text("My trips"), card, Button("Find a booking", "lookup")]

        def deals(self):
            rows = [Column(Image("#FFCC80", height=260), Text(name), id=f"deal{n}", clickable=True)
                    for n, name in enumerate(["Weekend in Beijing", "Snow in Harbin"])]  # fmt: skip
            return [Row(Text("Deals"), Row(), Text("Price alerts", id="alerts")), *rows]

        def account(self):
            rows = [("Currency", "currency"), ("Preferences", "prefs"), ("Help centre", "help"), ("Call us", "call"), ("Legal", "legal")]
            return [Text("Account"), Button("Sign in", "signIn"), *(Row(Text(name), Row(), id=id, clickable=True) for name, id in rows)]

        def on_create(self):
            self.draw()
            if self.app.prefs.pop("fresh", False):
                return
            if not self.check_self_permission(CALENDAR):
                self.asked, self.yes = CALENDAR, "Allow access"
                self.app.prefs.pop(f"refused {CALENDAR}", None)
                self.show_dialog(
                    "Never miss a trip", "Calendar access is used to add your trips to your calendar", "Allow access", "Not now"
                )

        def pressed(self, id):
            if id.startswith("tab"):
                self.tab = ["Search", "Trips", "Deals", "Account"].index(id[3:])
                self.draw()
                if self.tab == 2 and not self.app.prefs.get("rated"):
                    self.app.prefs["rated"] = True
                    self.show_dialog("Enjoying TripHop?", "Tell others what you think", "Rate us", "No thanks")
            elif id == "Rate us":
                self.open_market(self.app.package)

    class Legal(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "Privacy Policy"
            return Column(
                WebView(Text(title), *(Text(f"{n}. We process your data only to provide the service you asked for.") for n in range(1, 15)))
            )

    class CityPicker(Screen):
        def body(self):
            cities = ["Beijing", "Chengdu", "Guangzhou", "Hangzhou", "Nanjing", "Shanghai", "Shenzhen", "Suzhou", "Wuhan", "Xi'an"]
            rows = [Row(Text(city), Row(), id=f"city{n}", clickable=True) for n, city in enumerate(cities)]
            return Column(Text("Choose a city"), EditText("Search cities", id="query"), Scroll(*rows))

        def pressed(self, id):
            self.finish()

    class DatePicker(Screen):
        def body(self):
            return Column(Text("Pick a date"), Canvas(self.paint, id="calendarView"))

        def paint(self, pen):
            for day in range(28):
                x, y = (day % 7 + 0.5) * pen.width / 7, 120 + day // 7 * 220
                pen.text(str(day + 1), x, y, size=48, align="center")

        def pressed(self, id):
            self.finish()

    class Results(Screen):
        links = {"navigateUp": "<", "filters": "Filters", "G7301": "Fare", "fast": "#Sorted by time", "cheap": "#Sorted by price"}

        def body(self):
            chips = Row(Text("Fastest", id="fast"), Text("Cheapest", id="cheap"), Text("Filters", id="filters"))
            rows = [
                Row(Text(f"{7 + n}:00"), Text(f"G{7301 + 2 * n}"), Row(), Text(f"¥{73 + n}"), id=f"G{7301 + 2 * n}", clickable=True)
                for n in range(14)
            ]
            return Column(toolbar("Shanghai to Hangzhou"), chips, Scroll(*rows))

        def pressed(self, id):
            if id.startswith("G"):
                self.toast("Sold out")

    class Filters(Screen):
        translucent = True
        links = {"apply": "<"}

        def body(self):
            return sheet(
                Text("Filters"),
                Checkbox("High-speed only", id="fastOnly"),
                Checkbox("Direct", id="direct"),
                Button("Apply", "apply"),
                gravity="bottom",
            )

    class Fare(Screen):
        links = {"navigateUp": "<", "second": "Passengers", "first": "#Sold out"}

        def body(self):
            rules = [Text(f"Rule {n}: changes are free until 8 days before departure, then a fee applies.") for n in range(1, 16)]
            return Column(toolbar("Fare details"), Scroll(
                Text("G7301  07:00 - 08:05"), *rules, Button("Choose First class", "first"),
                Button("Choose Second class", "second")))  # fmt: skip

    class Passengers(Screen):
        links = {"navigateUp": "<", "pay": "Checkout"}

        def body(self):
            ways = Column(Text("Add from contacts", id="fromContacts"), Text("Scan passport", id="scanPassport"))
            return Column(toolbar("Passengers"), EditText("Full name", id="name"), EditText("Document number", id="document"), ways, Row(),
                          Button("Continue to payment", "pay"))  # fmt: skip

        def pressed(self, id):
            if id == "fromContacts":
                self.ask(
                    CONTACTS,
                    "Contacts",
                    "Contacts access is used to pick a traveller's name. You can type it instead.",
                    "Allow access",
                    "Not now",
                    "Settings",
                )
            elif id == "scanPassport":
                self.request_permissions(CAMERA)

        def answered(self, permission, granted):
            if permission == CAMERA and granted:
                self.use_camera()
            self.toast("Ready" if granted else "Please type it in")

    class Checkout(Screen):
        links = {"navigateUp": "<", "payNow": "!Pay now", "code": "#Code not valid"}

        def body(self):
            return Column(toolbar("Review and pay"), Text("1 x Second class  ¥73"),
                Row(EditText("Promo code", id="promo"), Button("Apply code", "code")), Row(),
                          Button("Pay now", "payNow"))  # fmt: skip

    class Trip(Screen):
        links = {"navigateUp": "<", "pass": "BoardingPass", "cancel": "!Cancel trip"}

        def body(self):
            acts = [Button("Boarding pass", "pass"), Button("Add to calendar", "addCalendar"), Button("Cancel trip", "cancel")]
            return Column(toolbar("Trip to Suzhou"), Text("G7012  Car 5 Seat 11F"), Row(), *acts)

        def pressed(self, id):
            if id == "addCalendar":
                why = "Calendar access is used to save this trip. You can also take a note."
                self.ask(CALENDAR, "Calendar", why, "Allow access", "Not now", "Settings")

        def answered(self, permission, granted):
            self.toast("Added" if granted else "Not added")

    class BoardingPass(Screen):
        def body(self):
            return Column(Text("Boarding pass"), Canvas(self.paint), Text("Sample, not valid for travel"))

        def paint(self, pen):
            for n in range(64):
                if n * 7 % 5 < 3:
                    pen.rect(200 + n % 8 * 80, 200 + n // 8 * 80, 270 + n % 8 * 80, 270 + n // 8 * 80)

    class Stations(Screen):
        links = {"navigateUp": "<"}

        def body(self):
            names = ["Hongqiao", "Shanghai South", "Songjiang"]
            return Column(toolbar("Stations"), Button("Locate me", "locate"), Scroll(*(Text(name) for name in names)))

        def pressed(self, id):
            if id == "locate":
                why = "Location access is used to find stations near you. Without it the list is by name."
                self.ask(LOCATION, "Location", why, "Allow access", "Not now", "Settings")

        def answered(self, permission, granted):
            self.toast("Sorted by distance" if granted and self.read_location() else "Sorted by name")

    class Alerts(Screen):
        links = {"navigateUp": "<"}

        def body(self):
            return Column(toolbar("Price alerts"), Text("We tell you when a fare drops"), Row(), Button("Turn on alerts", "on"))

        def pressed(self, id):
            if id == "on":
                why = "Notifications are used to tell you of lower fares. You also find them here."
                self.ask(NOTIFICATIONS, "Notifications", why, "Allow access", "Not now", "Settings")

        def answered(self, permission, granted):
            self.toast("Alerts are on" if granted else "You find the alerts in the app")

    class Deal(Screen):
        links = {"book": "Results"}

        def body(self):
            return Column(
                WebView(
                    Text("Weekend in Beijing"),
                    Image("#FFCC80", height=500),
                    Text("Train and hotel from ¥899"),
                    Button("See trains", "book"),
                )
            )

    class SignIn(Screen):
        links = {"navigateUp": "<", "go": "#Wrong email or password", "forgot": "Reset"}

        def body(self):
            fields = [EditText("Email", id="email"), EditText("Password", id="password")]
            return Column(toolbar("Sign in"), *fields, Button("Sign in", "go"), Text("Forgot password?", id="forgot"))

    Reset = made("Reset", Cards, title="Reset password", extra=[lambda: EditText("Email", id="email"), lambda: Button("Send link", "link")])
    FindBooking = made(
        "FindBooking",
        Cards,
        title="Find a booking",
        extra=[lambda: EditText("Booking number", id="number"), lambda: EditText("Last name", id="n")],
    )
    Currency = made("Currency", Cards, title="Currency", cards=[("cny", "CNY", "Chinese yuan", "<"), ("usd", "USD", "US dollar", "<")])
    HelpCenter = made("HelpCenter", Cards, title="Help centre", cards=[
        ("q1", "Change a ticket", "Until departure", "#Please sign in"), ("q2", "Refunds", "3-5 days", "#Please sign in"),
        ("q3", "Call us", "7:00 - 22:00", "!Call us")])  # fmt: skip
    Preferences = made("Preferences", Cards, title="Preferences", extra=[
        lambda: Switch("Dark theme", id="dark"), lambda: Switch("Window seat", id="seat", checked=True)],
        cards=[("delete", "Delete account", "This cannot be undone", "!Delete account")])  # fmt: skip
