"""A reader's page offers one app, loads the file itself and puts another one into an install session."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text

NAME, PACKAGE = "麦粒短剧", "com.example.maili.drama"


class Comics(App):
    package = "com.example.huaye.comics"
    label = "画页漫画"
    version_name, version_code = "2.8.0", 280
    target_sdk = 33
    permissions = ["android.permission.INTERNET", "android.permission.REQUEST_INSTALL_PACKAGES"]
    options = ["--clause", "7"]
    expected = {"c7-not-the-promised-app": "violation", "c7-auto-renewal": "not_exercised"}

    def on_install(self, id, status, message):
        self.prefs["installed"] = status == "success"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.line = Text("麦田阅读 5.1 · 北京麦田文化 · 26 MB")
            advert = [Image("#E9C46A", width=1000, height=420), self.line, Text("广告"), Button("下载安装麦田阅读", id="get")]
            self.show(Column(Text("画页漫画"), Text("今日更新 少年棋士 第 40 话"), *advert))

        def on_click(self, id):
            if id == "get":
                self.download(
                    "https://dl.example.com/maitian.apk",
                    file_name="maitian.apk",
                    size=26_000_000,
                    folder="external_files",
                    label=NAME,
                    package=PACKAGE,
                    version_name="5.1",
                )

        def on_download(self, id):
            self.install_session("maitian.apk", folder="external_files")
