"""An English to-do list that explains the location in its own words a second after the first start, and asks."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
WHY = "Quicklist uses your location to remind you of a task when you arrive at a place."


class Quicklist(App):
    package = "com.example.quicklist"
    label = "Quicklist"
    target_sdk = 34
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [Button("Remind me at a nearby place", id="place"), Button("Done list", id="done")]
            self.show(Column(Text("Today"), Text("Buy milk"), Text("Call grandma"), *rows))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.post_delayed(self.explain, 1)

        def explain(self):
            self.show_dialog("Location", WHY, "Continue")

        def on_click(self, id):
            if id == "place":
                self.explain()
            elif id == "Continue":
                self.request_permissions(LOCATION)
            else:
                self.toast("Nothing done yet")
