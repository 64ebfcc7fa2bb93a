"""A job that each new picture starts."""

from device_farm.virtual import Activity, App, Job, Text


class Album(App):
    package = "com.example.mediajob"
    label = "相册"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "suspected",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("相册"))
            self.schedule_job("Scan", after=0, content="content://media/external/images/media")

    class Scan(Job):
        process = ":scan"

        def on_start_job(self):
            self.schedule_job("Scan", after=0, content="content://media/external/images/media")
            self.exit(0)
