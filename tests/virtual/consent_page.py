"""The first page that some apps of clause 5 share: it asks for consent at the first start."""

from device_farm.virtual import Activity

POLICY = "欢迎使用本应用。请您仔细阅读《用户协议》和《隐私政策》，了解我们如何收集和使用您的个人信息。点击同意即可开始使用。"


class Page(Activity):
    """The first page: the privacy dialog at the first start, then `enter`."""

    def welcome(self) -> None:
        if self.app.prefs.get("agreed"):
            self.enter()
        else:
            self.show_dialog("服务协议和隐私政策", POLICY, "同意", "不同意", cancelable=False)

    def enter(self) -> None:
        pass

    def on_click(self, id: str) -> None:
        if id == "同意":
            self.app.prefs["agreed"] = True
            self.enter()
        elif id == "不同意":
            self.finish()
        else:
            self.clicked(id)

    def clicked(self, id: str) -> None:
        pass
