"""An advert asks before it loads, and brings another app than it named."""

from device_farm.virtual import Activity, App, Button, Column, Image, RecyclerView, Row, Text


class Asks(App):
    package = "com.example.asksfirst"
    label = "头条早报"
    options = ("--clause", "7")
    expected = {"c7-not-the-promised-app": "violation", "c7-download-without-notice": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            advert = Column(
                Text("应用名称：木棉笔记"),
                Image("#2F6FED", width=900, height=300),
                Text("版本：2.1"),
                Text("开发者：木棉软件工作室"),
                Row(Text("广告"), Button("下载", id="get")),
            )
            news = [Column(Text(f"新闻 {n}"), Text("今天的事"), id=f"n{n}", clickable=True) for n in range(3)]
            self.show(Column(Text("头条"), RecyclerView(news[0], news[1], advert, news[2], id="feed")))

        def on_click(self, id):
            if id == "get":
                self.show_dialog("提示", "木棉笔记 2.1，25 MB，现在下载吗？", "确定", "取消")
            elif id == "确定":
                self.enqueue_download(
                    "https://ads.example/a.apk",
                    title="红枫浏览器",
                    file_name="a.apk",
                    size=25_000_000,
                    package="com.example.maple",
                    label="红枫浏览器",
                    version_name="2.1",
                )
