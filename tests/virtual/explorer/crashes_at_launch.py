"""It crashes as it is opened, at each start."""

from device_farm.virtual import Activity, App


class Crash(App):
    package = "com.example.crash"
    label = "启动即崩溃"

    class Main(Activity):
        launcher = True

        def on_create(self):
            raise RuntimeError("no network")
