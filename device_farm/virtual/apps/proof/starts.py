"""An app that sets an alarm which brings it back twenty seconds later, again and again, and comes after each boot."""

from device_farm.virtual import Activity, App, Button, Column, Receiver, Text


class Proof(App):
    package = "org.apprights.proof.starts"
    label = "试验五"
    target_sdk = 30
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]
    options = ["--clause", "6"]
    expected = {"c6-self-start": "violation", "c6-association-start": "clear"}

    def on_alarm(self, id):
        self.set_alarm("wake", after=20, exact=True)

    class Wake(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]
        exported = True

        def on_receive(self, intent):
            self.set_alarm("wake", after=20, exact=True)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            self.set_alarm("wake", after=20, exact=True)

        def on_click(self, id):
            self.toast("没有更多内容")
