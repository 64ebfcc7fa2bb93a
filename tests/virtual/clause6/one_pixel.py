"""Opens an invisible activity of one pixel when the screen goes dark."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Receiver, Text


class Pixel(App):
    package = "com.example.pixel"
    label = "一像素"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("一像素"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Dot(Activity):
        translucent, window, exclude_from_recents = True, (1, 1), True

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Dot")
