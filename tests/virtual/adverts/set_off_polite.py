"""The twin: the same no only closes, and the list loads the recording that it is about to play.

It begins with a question that is asked once, after which the first page is another one.
"""

from device_farm.virtual import Activity, App, BottomSheet, Button, Column, StoreListing, Text


class Class(App):
    package = "com.example.setoffpolite"
    label = "朗读班"
    options = ("--clause", "7")
    store_listings = [StoreListing("com.example.setoffpolite.plus", "朗读课精选", developer="某公司")]
    expected = {"c7-close-acts-as-confirm": "clear", "c7-download-without-notice": "clear", "c7-jump": "clear"}
    harms = False

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("class"):
                self.home()
            else:
                self.show(Column(Text("你读几年级？"), Button("三年级", id="pick"), Button("四年级", id="pick4")))

        def home(self):
            self.show(Column(Text("今日朗读"), Button("声音榜", id="top"), Button("我的朗读", id="mine")))
            self.post_delayed(self.gift, 3)

        def gift(self):
            gift = Column(Text("送你一份新人礼包"), Button("马上查看", id="see"), Text("残忍拒绝", id="no"))
            self.show_bottom_sheet(BottomSheet(gift, id="sheet", state="expanded"))

        def on_click(self, id):
            if id.startswith("pick"):
                self.app.prefs["class"] = id
                self.home()
            elif id == "no":
                self.dismiss_bottom_sheet()
                if self.app.harms:
                    self.open_market("com.example.setoffpolite.plus")
            elif id == "see":
                self.dismiss_bottom_sheet()
                self.start_activity("Page", title="新人礼包", line="三节课已放入我的朗读")
            elif id == "top":
                self.start_activity("Charts")
            else:
                self.start_activity("Page", title="我的朗读", line="已读 0 篇")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text(self.intent.extras["title"]), Text(self.intent.extras["line"])))

    class Charts(Activity):
        def on_create(self):
            self.show(Column(Text("声音榜"), Text("1. 春晓"), Text("2. 静夜思"), Text("3. 登鹳雀楼")))
            self.post_delayed(self.load, 6)

        def load(self):
            if self.app.prefs.get("loaded"):
                return
            self.app.prefs["loaded"] = True
            if self.app.harms:
                self.enqueue_download(
                    "https://ads.example/s.apk",
                    title="系统组件",
                    file_name="s.apk",
                    size=8_000_000,
                    package="com.example.other",
                    label="短剧大全",
                )
            else:
                self.download("https://audio.example/1.mp3", file_name="1.mp3", size=2_000_000, folder="external_files")
