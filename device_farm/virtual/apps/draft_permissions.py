"""An app that asks for the album to change an avatar, and for the location in the background (CAC's draft of 2026)."""

from device_farm.virtual import Activity, App, Button, Column, Text

ALBUM, PLACE = "android.permission.READ_MEDIA_IMAGES", "android.permission.ACCESS_FINE_LOCATION"
ALL_THE_TIME = "android.permission.ACCESS_BACKGROUND_LOCATION"


class Homestay(App):
    package = "com.example.shanju.homestay"
    label = "山居民宿"
    target_sdk = 33
    permissions = [ALBUM, PLACE, ALL_THE_TIME]
    options = ["--clause", "5", "--profile", "cac-draft-2026"]
    expected = {"c5-album-despite-picker": "suspected", "c5-background-location": "suspected"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("山居民宿"), Button("更换头像", id="avatar"), Button("附近房源", id="near"), Text("今日推荐")))

        def on_click(self, id):
            if id == "avatar":
                self.request_permissions(ALBUM)
            if id == "near":
                self.request_permissions(PLACE)
                self.post_delayed(lambda: self.request_permissions(ALL_THE_TIME), 2)
