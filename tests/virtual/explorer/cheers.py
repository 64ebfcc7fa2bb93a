"""A button whose word nobody knows counts one more after a press; another page has one of its make, a third a box."""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, Text


class Cheers(App):
    package = "com.example.cheers"
    label = "冲浪"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("东滩", id="East"), Button("西滩", id="West"), Button("北滩", id="North")))

        def on_click(self, id):
            self.start_activity(id)

    class East(Activity):
        title = "东滩"
        count = 12

        def on_create(self):
            self.show(Column(Text(self.title), Button(f"冲 {self.count}", id="cheer")))

        def on_click(self, id):
            self.app.prefs["cheers"] = self.app.prefs.get("cheers", 0) + 1
            self.count += 1
            self.show(Column(Text(self.title), Button(f"冲 {self.count}", id="cheer")))

    class West(East):
        title = "西滩"
        count = 57

    class North(Activity):
        def on_create(self):
            self.draw(False)

        def draw(self, lit):
            self.show(Column(Text("北滩"), Checkbox(f"望 {40 + lit}", id="gaze", checked=lit)))

        def on_switch(self, id, checked):
            self.app.prefs["lit"] = [*self.app.prefs.get("lit", []), checked]
            self.draw(checked)
