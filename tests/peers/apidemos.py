"""ApiDemos (io.appium.android.apis 3.0.0), the app that others' suites drive, as an app file.

Facts of the APK in the npm package ``android-apidemos`` 3.0.0 (the last with Graphics/Pictures, which uiautomator2's
tests look for), read with aapt2: package, versions, permissions, the label and class of each sample
(apidemos_samples.tsv), and the ids and texts of the layouts below. As there, the main page lists the next part of all
labels and opens itself for a folder, a sample for a leaf. Samples without a class here show their title and nothing
else.
"""

from pathlib import Path

from device_farm.virtual import Activity, App
from device_farm.virtual.vocabulary import widgets
from device_farm.virtual.vocabulary.widgets import Style

SAMPLES = [line.split("\t") for line in Path(__file__).with_name("apidemos_samples.tsv").read_text("utf-8").splitlines()]
MAIN, TITLE_SIZE = "android.intent.action.MAIN", 53
ROW = 126  # pixels: listPreferredItemHeightSmall, 48 dp


def page(title: str, *content: object) -> widgets.Column:
    """The action bar with its title, and the content below it."""
    bar = widgets.Row(
        widgets.Text(title, id="action_bar_title", style=Style(resource_package="android", text_size=TITLE_SIZE, clickable=False)),
        background="#FFF5F5F5",
        style=Style(height=147),
    )
    return widgets.Column(bar, *content, background="#FFFAFAFA")


def row(text: str) -> widgets.Text:
    """A row of a list: android.R.layout.simple_list_item_1, described by its text as in this build of the app."""
    style = Style(height=ROW, margin=(0, 0, 0, 0), padding=(42, 36, 42, 0), description=text)
    return widgets.Text(text, id="android:id/text1", style=style)


def labelled(text: str) -> widgets.Text:
    """A TextView that is described by its text."""
    return widgets.Text(text, style=Style(description=text))


def button(text: str, id: str) -> widgets.Button:
    """A Button that is described by its text; the theme shows capitals, the view's text stays as it is."""
    return widgets.Button(text, id=id, style=Style(description=text))


def field(label: str, id: str) -> widgets.Row:
    """A field with its label before it."""
    return widgets.Row(labelled(label), widgets.EditText(id=id, style=Style(weight=1)))


class Sample(Activity):
    """One demonstration; ``title`` is its whole label, ``content`` makes what it shows."""

    exported = True
    actions = [MAIN]
    title = ""

    def on_create(self):
        self.show(page(self.title, *self.content()))

    def content(self):
        return [widgets.Frame()]


class ApiDemosApplication(App):
    package = "io.appium.android.apis"
    label = "API Demos"
    version_name, version_code = "3.0.0", 2
    target_sdk = 19
    permissions = [
        f"android.permission.{name}"
        for name in ("READ_CONTACTS", "WRITE_CONTACTS", "VIBRATE", "ACCESS_COARSE_LOCATION", "INTERNET", "SET_WALLPAPER",
                     "WRITE_EXTERNAL_STORAGE", "READ_EXTERNAL_STORAGE", "SEND_SMS", "RECEIVE_SMS", "NFC", "RECORD_AUDIO", "CAMERA")
    ]  # fmt: skip

    def on_alarm(self, id):
        self.toast({"one_shot": "The one-shot alarm has gone off", "repeating": "The repeating alarm has gone off"}[id])

    class ApiDemos(Activity):
        launcher = True

        def on_create(self):
            prefix = self.intent.extras.get("path", "")
            below = [(label, name) for label, name in SAMPLES if not prefix or label.startswith(prefix + "/")]
            entries = set()  # a folder once, each sample for itself: two of them have the same label
            for label, name in below:
                first, slash, _ = label[len(prefix) + 1 if prefix else 0 :].partition("/")
                entries.add((first, "ApiDemos" if slash else name))
            self.entries, self.prefix = sorted(entries, key=lambda each: each[0].casefold()), prefix
            self.show(page("API Demos", widgets.ListView(*(row(text) for text, _ in self.entries), id="android:id/list")))

        def on_item_click(self, id, position):
            text, target = self.entries[position]
            self.start_activity(target, path=f"{self.prefix}/{text}" if self.prefix else text)

    class HelloWorld(Sample):
        name = "app.HelloWorld"

        def content(self):
            style = Style(align="center", description="Hello, World!", clickable=False)
            return [widgets.Column(widgets.Text("Hello, World!", id="text", style=style), gravity="center")]

    class AlarmController(Sample):
        name = "app.AlarmController"

        def content(self):
            what = "This demonstrates how to schedule and handle one-shot and repeating alarms."
            return [
                labelled(what),
                button("One Shot Alarm", "one_shot"),
                button("Start Repeating Alarm", "start_repeating"),
                button("Stop Repeating Alarm", "stop_repeating"),
            ]

        def on_click(self, id):
            if id == "one_shot":
                self.set_alarm("one_shot", after=30)
                self.toast(
                    "One-shot alarm will go off in 30 seconds based on the real time clock. Try changing the current time before then!"
                )
            elif id == "start_repeating":
                self.set_alarm("repeating", after=15, every=15)
            elif id == "stop_repeating":
                self.cancel_alarm("repeating")

    class NotifyWithText(Sample):
        name = "app.NotifyWithText"

        def content(self):
            return [button("Show Short Notification", "short_notify"), button("Show Long Notification", "long_notify")]

        def on_click(self, id):
            if id == "short_notify":
                self.toast("Short notification")
            else:
                self.toast("This is a long notification. See, you might need a second more to read it.")

    class SearchInvoke(Sample):
        name = "app.SearchInvoke"

        def content(self):
            spinner = Style(class_name="android.widget.Spinner", clickable=True)
            choice = widgets.Text("Search Key", id="android:id/text1", style=Style(clickable=False))
            return [
                labelled(
                    "This activity shows a few different ways to invoke search, and inserts context-specific data for use by the "
                    "search activity."
                ),
                labelled("Ways to invoke search"),
                button("onSearchRequested()", "btn_start_search"),
                widgets.Column(choice, id="spinner_menu_mode", style=spinner),
                labelled("Optional search parameters"),
                field("Prefill query: ", "txt_query_prefill"),
                field("App Data: ", "txt_query_appdata"),
            ]


def add_samples() -> None:
    """Give the app every sample of the APK, under its label."""
    own = {cls.name: cls for cls in vars(ApiDemosApplication).values() if isinstance(cls, type) and issubclass(cls, Sample)}
    for label, name in SAMPLES:
        made = own.get(name)
        if made is None:
            made = type(name.rpartition(".")[2], (Sample,), {"name": name, "__doc__": None})
            setattr(ApiDemosApplication, name.replace(".", "_"), made)
        made.title = label


add_samples()
