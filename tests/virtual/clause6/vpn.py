"""A VPN that the user has set to be always on: innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Tunnel(App):
    package = "com.example.tunnel"
    label = "加密隧道"
    always_on_vpn = "Tun"
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("已连接"))

    class Tun(Service):
        permission = "android.permission.BIND_VPN_SERVICE"
        actions = ["android.net.VpnService"]
