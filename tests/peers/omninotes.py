"""Omni Notes as Kea2's first example uses it: the ids and descriptions that ``quicktest.py`` of Kea2-python looks for.

The example's own APK cannot run here; this is an app file with a welcome tour, a list of notes, a search and a drawer.
"""

from device_farm.virtual import Activity, App
from device_farm.virtual.vocabulary import widgets
from device_farm.virtual.vocabulary.widgets import Style


class OmniNotes(App):
    package = "it.feio.android.omninotes.alpha"
    label = "Omni Notes Alpha"
    version_name, version_code = "6.2.0 Alpha 3", 300
    permissions = ["android.permission.CAMERA"]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.page = 0
            if self.app.prefs.get("toured"):
                self.list_notes()
            else:
                self.tour()

        def tour(self):
            last = self.page == 3
            self.show(
                widgets.Column(
                    widgets.Text(f"Welcome {self.page + 1}"), widgets.Button("DONE" if last else "NEXT", id="done" if last else "next")
                )
            )

        def list_notes(self):
            notes = self.app.prefs.get("notes", [])
            self.show(
                widgets.Column(
                    widgets.Row(widgets.Text("Notes"), widgets.Button("Search", id="menu_search")),
                    *(widgets.Text(note) for note in notes[-8:]),
                    widgets.Button("+", id="fab_expand_menu_button"),
                )
            )

        def on_click(self, id):
            if id == "next":
                self.page += 1
                self.tour()
            elif id == "done":
                self.app.prefs["toured"] = True
                self.list_notes()
            elif id == "fab_expand_menu_button":
                self.start_activity("Note")
            elif id == "menu_search":
                self.start_activity("Search")

        def on_resume(self):
            if self.app.prefs.get("toured"):
                self.list_notes()

    class Note(Activity):
        def on_create(self):
            self.title = ""
            back = Style(description="drawer open")
            self.show(widgets.Column(widgets.Button("<", id="home", style=back), widgets.EditText(id="detail_title")))

        def on_text(self, id, text):
            self.title = text

        def on_click(self, id):
            if id == "home":
                self.app.prefs["notes"] = [*self.app.prefs.get("notes", []), self.title]
                self.finish()

    class Search(Activity):
        def on_create(self):
            self.show(
                widgets.Column(
                    widgets.EditText(id="search_src_text"), *(widgets.Text(note) for note in self.app.prefs.get("notes", [])[-8:])
                )
            )
