"""An English puzzle game whose privacy window has Got it and nothing else."""

from device_farm.virtual import Activity, App, Button, Column, Text

NOTICE = "By playing you accept our Terms of Service and Privacy Policy, which explain what personal information we collect and why."


class Puzzle(App):
    package = "com.example.tilepuzzle"
    label = "Tile Puzzle"
    target_sdk = 34
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("Tile Puzzle"), Button("Play", id="play"), Button("Levels", id="levels")))
            if not self.app.prefs.get("agreed"):
                self.show_dialog("Your privacy", NOTICE, "Got it", cancelable=False)

        def on_click(self, id):
            if id in ("Got it", "Agree"):
                self.app.prefs["agreed"] = True
            elif id == "Decline":
                self.finish()
            else:
                self.toast("Level 1")
