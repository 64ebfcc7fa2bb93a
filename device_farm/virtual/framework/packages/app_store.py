"""The app store of the phone: what it has, what it loads, and that it installs without a question.

The files are in the store's own folder, so no shell sees them; a session of the package installer tells who installed.
"""

from dataclasses import dataclass, replace
from functools import partial

from device_farm.virtual.framework.packages import app_installs, app_storage
from device_farm.virtual.framework.packages.app_installs import INSTALL_SECONDS
from device_farm.virtual.framework.packages.download_content import offered_file
from device_farm.virtual.framework.packages.transfers import DONE
from device_farm.virtual.framework.records.download import Offer, Transfer
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.pen import folder_of, icon_png
from device_farm.virtual.vocabulary.store_listing import StoreListing

LOADING, PAUSED, INSTALLING, FAILED = "loading", "paused", "installing", "failed"
_FIRST_ID = 500_001  # of a download, so that no other has the same
_WORDS = {
    "zh": {LOADING: "正在下载", PAUSED: "已暂停", INSTALLING: "正在安装", FAILED: "下载失败", "done": "安装完成"},
    "en": {LOADING: "Downloading", PAUSED: "Paused", INSTALLING: "Installing", FAILED: "Download failed", "done": "Installed"},
}


@dataclass(slots=True)
class StoreLoad:
    """One app that the store loads; ``listing`` is what comes."""

    number: int
    listing: StoreListing
    transfer: Transfer
    state: str = LOADING


class AppStore(SystemService):
    """The listings of a device's store, and what it loads now."""

    def made(self) -> None:
        """Read the listings of the app files."""
        apps = self._system.device.spec.apps
        self._listed = {listing.package: (listing, app) for app in apps for listing in app.store_listings}
        self._loads: dict[str, StoreLoad] = {}
        self._last = _FIRST_ID - 1

    def rebooted(self) -> None:
        self._loads = {}

    @property
    def package(self) -> Package | None:
        return self._system.packages.get(self._system.device.rom.data["system_apps"].unread()["market"]["package"])

    def listing(self, package: str) -> StoreListing | None:
        """The page of a package; of an installed app without one, what its manifest says."""
        if package in self._listed:
            return self._listed[package][0]
        found = self._system.packages.get(package)
        if found is None or found.system:
            return None
        return StoreListing(
            found.name, found.label, version_name=found.version_name or "", version_code=found.version_code,
            permissions=tuple(p for p in found.requested_permissions if p not in found.implicit_permissions),
        )  # fmt: skip

    def icon_of(self, listing: StoreListing) -> str:
        """The icon as an Image takes it; empty without one."""
        app = self._listed.get(listing.package, (None, None))[1]
        if not listing.icon or app is None:
            return ""
        return listing.icon if listing.icon.startswith("#") else str((folder_of(app) / listing.icon).absolute())

    def search(self, words: str) -> list[StoreListing]:
        """Listings whose label has the words in it."""
        return [listing for listing, _app in self._listed.values() if words and words.lower() in listing.label.lower()]

    def load_of(self, package: str) -> StoreLoad | None:
        """Return the download on the page of a package."""
        return self._loads.get(package)

    def percent(self, load: StoreLoad) -> int:
        return load.transfer.bytes_at(self._system.clock.uptime) * 100 // max(1, load.listing.size)

    def press(self, package: str, listing: StoreListing) -> None:
        """The button on the page of ``package`` that brings ``listing``: load, pause, or go on."""
        load = self._loads.get(package)
        if load is None or load.state == FAILED:
            self._begin(package, listing)
        elif load.state == LOADING:
            self._system.transfers.stop(load.transfer)
            self._changed(load, PAUSED, "download_paused")
        elif load.state == PAUSED:
            self._run(package, load)
            self._changed(load, LOADING, "download_resumed")

    def _begin(self, package: str, listing: StoreListing) -> None:
        system, store = self._system, self.package
        if store is None:
            return
        comes = self._listed.get(listing.delivers or "", (listing, None))[0]
        if listing.delivers and comes is listing:
            comes = replace(listing, package=listing.delivers, delivers=None)
        path = f"/data/data/{store.name}/cache/{comes.package}.apk"
        offer = self._offer(comes)
        content = offered_file(offer, f"{comes.package}.apk", comes.label, comes.size, system.clock.wall)
        self._last += 1
        load = StoreLoad(self._last, comes, Transfer(path, store.uid, comes.size, content, comes.bytes_per_second))
        self._loads[package] = load
        app_storage.create(system, path, store.uid)
        system.truth(
            "download", package=store.name, url=f"market://details?id={comes.package}", title=comes.label,
            file_name=f"{comes.package}.apk", id=load.number, by="store", path=path, size=comes.size, resumed_at=0,
        )  # fmt: skip
        if system.connectivity.connected:
            self._run(package, load)
            self._note(load)
        else:
            self._changed(load, FAILED, "download_ended")

    def _offer(self, listing: StoreListing) -> Offer:
        app = self._listed.get(listing.package, (None, None))[1]
        icon = icon_png(listing.icon or "", folder_of(app)) if app is not None else b""
        return Offer(
            "apk", listing.package, {"": listing.label}, icon, listing.signer or "", listing.version_name, listing.version_code,
            tuple(listing.permissions),
        )  # fmt: skip

    def _run(self, package: str, load: StoreLoad) -> None:
        self._system.transfers.start(load.transfer, partial(self._stopped, package, load), partial(self._note, load))

    def _stopped(self, package: str, load: StoreLoad, how: str) -> None:
        system, store = self._system, self.package
        if how != DONE or store is None:
            self._changed(load, FAILED, "download_ended")
            return
        self._changed(load, INSTALLING, "download_ended")
        session = app_installs.open_session(system, store, load.transfer.path)
        session.sealed, session.package = True, load.listing.package
        app_storage.remove_tree(system, load.transfer.path)

        def install() -> None:
            self._loads.pop(package, None)
            done = app_installs.complete(system, session)
            self._post(store, load, "done" if done else FAILED, None)

        system.later(INSTALL_SECONDS, install)

    def network_changed(self) -> None:
        """Pause downloads over a network that is gone until the user resumes them."""
        for load in self._loads.values():
            if load.state == LOADING:
                self._system.transfers.stop(load.transfer)
                self._changed(load, PAUSED, "download_paused", why="network")

    def _changed(self, load: StoreLoad, state: str, what: str, why: str = "user") -> None:
        load.state = state
        details = {"status": state} if what == "download_ended" else {"why": why}
        store = self.package
        name = None if store is None else store.name
        self._system.truth(what, package=name, id=load.number, bytes=load.transfer.done, **details)
        self._note(load)

    def _note(self, load: StoreLoad) -> None:
        store = self.package
        if store is not None:
            going = load.state in (LOADING, PAUSED)
            self._post(store, load, load.state, (self.percent(load), 100) if going else None)

    def _post(self, store: Package, load: StoreLoad, state: str, progress: tuple[int, int] | None) -> None:
        text = _WORDS[self._system.device.spec.language][state]
        ongoing = state in (LOADING, INSTALLING)
        posting = Posting(
            load.listing.label, text, number=load.number, progress=progress, indeterminate=state == INSTALLING, ongoing=ongoing
        )
        self._system.notifications.post_system(store, posting)
