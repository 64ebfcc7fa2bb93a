"""An app that asks the provider of another one five seconds after its start: that one is started for it."""

from device_farm.virtual import Activity, App, Button, Column, Provider, Text


class Proof(App):
    package = "org.apprights.proof.wakes"
    label = "试验六"
    target_sdk = 30
    queries = ["org.apprights.proof.partner"]
    options = ["--clause", "6"]
    expected = {"c6-self-start": "clear", "c6-association-start": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            self.post_delayed(self.ask_partner, 5)

        def ask_partner(self):
            self.query_provider("content://org.apprights.proof.partner")

        def on_click(self, id):
            self.toast("没有更多内容")


class Partner(App):
    package = "org.apprights.proof.partner"
    label = "试验九"
    target_sdk = 30

    class Answers(Provider):
        exported, authority = True, "org.apprights.proof.partner"
