"""A weather widget on the home screen: innocent."""

from device_farm.virtual import Activity, App, Receiver, Text


class Weather(App):
    package = "com.example.weather"
    label = "天气"
    widgets = ["Today"]
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("天气"))

    class Today(Receiver):
        actions = ["android.appwidget.action.APPWIDGET_UPDATE"]
