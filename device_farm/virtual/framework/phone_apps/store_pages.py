"""The pages of the phone's app store: of one app, its permissions, what was searched for, and the login.

What a store looks like is each maker's own; this one has the parts that all of them have.
"""

from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from device_farm.virtual.framework.packages.app_store import INSTALLING, LOADING, PAUSED
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.store_listing import StoreListing
from device_farm.virtual.vocabulary.widgets import Button, Column, EditText, Image, Row, Scroll, Style, Text, Widget

VIEW = "android.intent.action.VIEW"
REFRESH = 0.5  # seconds between two looks at what loads
_ICON = 168  # pixels
_WORDS = {
    "zh": {
        "install": "安装", "update": "更新", "open": "打开", "fast": "高速下载", "ordinary": "普通下载", "permissions": "权限",
        "policy": "隐私政策", "missing": "应用不存在", "again": "换个应用看看吧", "version": "版本：{value}", "size": "大小：{value} MB",
        "developer": "开发者：{value}", "contact": "联系方式：{value}", "filing": "备案号：{value}",
        "installing": "安装中", "resume": "继续", "login": "登录", "please": "请先登录账号",
        "phone": "手机号", "none": "该应用不需要任何权限", "found": "搜索结果", "with": "使用{label}高速下载",
    },
    "en": {
        "install": "Install", "update": "Update", "open": "Open", "fast": "Fast download", "ordinary": "Ordinary download",
        "permissions": "Permissions", "policy": "Privacy policy", "missing": "App not found", "again": "Try another app",
        "version": "Version {value}", "size": "{value} MB", "developer": "Developer: {value}", "installing": "Installing",
        "contact": "Contact: {value}", "filing": "Filing number: {value}",
        "resume": "Resume", "login": "Sign in", "please": "Please sign in first", "phone": "Phone number",
        "none": "This app needs no permissions", "found": "Results", "with": "Fast download with {label}",
    },
}  # fmt: skip


class Details(Activity):
    """The page of one app."""

    exported = True
    launch_mode = "single_top"
    actions: ClassVar[list[str]] = [VIEW]
    data_schemes: ClassVar[dict[str, str]] = {VIEW: "market"}
    _again = False  # a look at what loads is due

    def on_create(self) -> None:
        self._page = ""
        self._look()

    def on_new_intent(self, intent: Intent) -> None:
        self._page = ""
        self._look()

    def _look(self) -> None:
        link = urlsplit(self.intent.data or "")
        values = parse_qs(link.query)
        self._words = _WORDS[self._process.system.device.spec.language]
        self._query = values.get("q", [""])[0] if link.netloc == "search" else None
        self._wanted = values.get("id", [""])[0]
        self._tell()
        self._draw()

    def _tell(self) -> None:
        found = self._query is not None or self._listing() is not None
        self._process.system.truth("store_page", package=self._wanted, found=found, by=self._record.launched_from_package)

    def _listing(self) -> StoreListing | None:
        return self._process.system.store.listing(self._wanted)

    def on_resume(self) -> None:
        """Draw the page anew: what is installed may have changed."""
        self._draw()

    def _draw(self) -> None:
        words, listing = self._words, self._listing()
        if self._query is not None:
            found = self._process.system.store.search(self._query)
            rows = [Button(each.label, id=f"result:{each.package}") for each in found]
            self.show(Column(Text(words["found"]), EditText(self._query, id="search"), *rows))
        elif listing is None:
            self.show(Column(Text(words["missing"], style=_PLAIN), Text(words["again"], style=_PLAIN), gravity="center"))
        elif self._page == "permissions":
            told = (f"{name}：{use}" if (use := listing.uses.get(name)) else name for name in listing.permissions)
            shown = [Text(row, style=_PLAIN) for row in told] or [Text(words["none"], style=_PLAIN)]
            self.show(Column(Text(words["permissions"], style=_PLAIN), Scroll(*shown)))
        elif self._page == "login":
            self.show(Column(Text(words["please"], style=_PLAIN), EditText(words["phone"], id="phone"), Button(words["login"], id="login")))
        else:
            self.show(self._details(listing))

    def _details(self, listing: StoreListing) -> Widget:
        words, store = self._words, self._process.system.store
        said = [("developer", listing.developer), ("version", listing.version_name), ("size", f"{listing.size / 1e6:.1f}")]
        lines = [Text(words[key].format(value=value), style=_PLAIN) for key, value in said if value]
        head: list[Widget] = [Column(Text(listing.label, style=_TITLE), *lines)]
        icon = store.icon_of(listing)
        if icon:
            head.insert(0, Image(icon, width=_ICON, height=_ICON))
        more: list[Widget] = [Text(listing.description, style=_PLAIN)] if listing.description else []
        told = [("contact", listing.contact), ("filing", listing.filing)]
        more += [Text(words[key].format(value=value), style=_PLAIN) for key, value in told if value]
        more.append(Text(words["permissions"], id="permissions"))
        if listing.privacy_policy:
            more.append(Text(words["policy"], id="policy"))
        return Column(Row(*head), Scroll(*more), *self._buttons(listing))

    def _buttons(self, listing: StoreListing) -> list[Widget]:
        words, system = self._words, self._process.system
        load = system.store.load_of(listing.package)
        if load is not None and load.state in (LOADING, PAUSED, INSTALLING):
            percent = f"{system.store.percent(load)}%"
            said = {LOADING: percent, PAUSED: words["resume"], INSTALLING: words["installing"]}[load.state]
            self._watch()
            return [Button(said, id="install", enabled=load.state != INSTALLING)]
        found = system.packages.get(listing.package)
        if found is not None and found.version_code >= listing.version_code:
            return [Button(words["open"], id="open")]
        if listing.fast is None:
            return [Button(words["install" if found is None else "update"], id="install")]
        label = listing.fast[0] if isinstance(listing.fast, tuple) else self._label_of(listing.fast)
        note = Text(words["with"].format(label=label), style=_PLAIN)
        return [note, Row(Button(words["fast"], id="fast"), Button(words["ordinary"], id="install"))]

    def _label_of(self, package: str) -> str:
        listing = self._process.system.store.listing(package)
        return package if listing is None else listing.label

    def _watch(self) -> None:
        """Draw the percentage again soon."""
        if not self._again:
            self._again = True
            self.post_delayed(self._due, REFRESH)

    def _due(self) -> None:
        self._again = False
        self._draw()

    def on_click(self, id: str) -> None:
        listing = self._listing()
        if id.startswith("result:"):
            self._query, self._wanted = None, id.removeprefix("result:")
            self._tell()
        elif listing is None or id in ("login", "phone"):
            return
        elif id == "permissions":
            self._page = "permissions"
        elif id == "policy":
            self.open_url(listing.privacy_policy)
        else:
            self._press(listing, id)
        self._draw()

    def _press(self, listing: StoreListing, id: str) -> None:
        system = self._process.system
        system.truth("store_button", package=listing.package, button=id)
        if id == "open":
            component = system.launcher_component(listing.package)
            if component is not None:
                self.start_activity(f"{listing.package}/{component.class_name}")
        elif listing.login:
            self._page = "login"
        elif id == "fast" and listing.fast is not None:
            system.store.press(listing.package, self._fast(listing))
        else:
            system.store.press(listing.package, listing)

    def _fast(self, listing: StoreListing) -> StoreListing:
        """Return what 高速下载 downloads."""
        package = listing.fast[1] if isinstance(listing.fast, tuple) else str(listing.fast)
        found = self._process.system.store.listing(package)
        label = listing.fast[0] if isinstance(listing.fast, tuple) else package
        return found if found is not None else type(listing)(package, label, size=5_000_000)

    def on_back_pressed(self) -> bool:
        """From a part of the page back to the page."""
        if not self._page:
            return False
        self._page = ""
        self._draw()
        return True


_PLAIN = Style(clickable=False)
_TITLE = Style(text_size=58, bold=True, clickable=False)
