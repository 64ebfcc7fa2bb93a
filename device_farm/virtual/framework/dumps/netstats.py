"""``dumpsys netstats [detail] [--uid] [--tag] [--full] [--poll]`` and ``/proc/net/xt_qtaguid/stats``: traffic by uid.

Sources: NetworkStatsService.java dump, NetworkStatsRecorder.java dumpLocked (services/core/java/com/android/server/net
until 12, packages/modules/Connectivity/service-t since 13), NetworkStatsCollection.java, NetworkStatsHistory.java and
NetworkIdentity.java dump and toString; iface_stat and ctrl output of the kernel's xt_qtaguid.c, which phones of 8 and 9
have. Here every dump is as fresh as after a poll; a phone polls every half hour, and after 2 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework.hardware.connectivity_service import BUCKET, WIFI, Bucket, Flow

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

INTERFACES = {WIFI: "wlan0"}
MOBILE_INTERFACE = "rmnet_data0"
_KNOWN = {"detail", "--uid", "--tag", "--full", "full", "--poll", "poll", "-a"}
_SETS = {0: "DEFAULT", 1: "FOREGROUND"}
_SSID = "AndroidWifi"
QTAGUID_UNTIL = 28  # SDK; later the traffic controller's BPF maps have it
_CONFIGS, _BPF, _PLAIN_TYPE = 33, 34, 31  # SDK since which the dump has them


def netstats(device: VirtualDevice, args: list[str]) -> str | None:
    if set(args) - _KNOWN:
        return None
    if {"--poll", "poll"} & set(args):
        return "Forced poll\n"
    stats, sdk = device.system.netstats, device.rom.sdk
    full = bool({"--full", "full"} & set(args))
    flows = stats.flows if full else stats.since_boot
    lines: list[str] = []
    if sdk >= _CONFIGS:
        lines += [
            "Directory:",
            "  /data/misc/apexdata/com.android.tethering/netstats",
            "Configs:",
            "  netstats_combine_subtype_enabled=false ",
        ]
    network = device.system.connectivity.network
    for title in ("Active interfaces:", "Active UID interfaces:"):
        lines.append(title)
        if network is not None:
            lines.append(f"  iface={interface(network)} ident=[{_identity(network, sdk)}] ")
    for title in ("Dev stats:", "Xt stats:"):
        lines += [title, *_recorder(_by_network(flows), sdk, full=full)]
    if {"detail", "--uid"} & set(args):
        lines += ["UID stats:", *_recorder({flow: found for flow, found in flows.items() if not flow.tag}, sdk, full=full)]
    if {"detail", "--tag"} & set(args):
        lines += ["UID tag stats:", *_recorder({flow: found for flow, found in flows.items() if flow.tag}, sdk, full=full)]
    if sdk >= _BPF:
        lines += ["", "BPF map content:", "  mAppUidStatsMap:", "    uid rxBytes rxPackets txBytes txPackets", *_map(stats.since_boot)]
    return "\n".join(lines) + "\n"


def interface(network: int) -> str:
    """The interface of a network by its ConnectivityManager.TYPE_*."""
    return INTERFACES.get(network, MOBILE_INTERFACE)


def _identity(network: int, sdk: int) -> str:
    """NetworkIdentity.toString of each version."""
    wifi = network == WIFI
    metered = "" if sdk < 26 else f", metered={str(not wifi).lower()}"
    if sdk >= _PLAIN_TYPE:
        who = f', wifiNetworkKey="{_SSID}"WPA_PSK' if wifi else ", subscriberId=460000..."
        subscription = f", subId={-1 if wifi else 1}" if sdk >= _CONFIGS else ""
        return f"{{type={network}, ratType=COMBINED{who}{metered}, defaultNetwork=true, oemManaged=OEM_NONE{subscription}}}"
    who = f', networkId="{_SSID}"' if wifi else ", subscriberId=460000..."
    kind = f"type={'WIFI' if wifi else 'MOBILE'}, {'ratType' if sdk >= 30 else 'subType'}=COMBINED"
    default = ", defaultNetwork=true" if sdk >= 28 else ""
    return f"{{{kind}{who}{metered}{default}}}"


def _by_network(flows: dict[Flow, list[Bucket]]) -> dict[Flow, list[Bucket]]:
    """Return the traffic of all uids together, by the hour."""
    summed: dict[Flow, dict[int, Bucket]] = {}
    for flow, buckets in flows.items():
        if flow.tag:
            continue
        found = summed.setdefault(flow._replace(uid=-1, kind=-1), {})
        for bucket in buckets:
            total = found.setdefault(bucket.start, Bucket(bucket.start))
            total.received += bucket.received
            total.sent += bucket.sent
    return {flow: [found[start] for start in sorted(found)] for flow, found in summed.items()}


def _recorder(flows: dict[Flow, list[Bucket]], sdk: int, *, full: bool) -> Iterator[str]:
    """NetworkStatsRecorder.dumpLocked, and the collection in it."""
    yield "  Pending bytes: 0"
    yield "  Complete history:" if full else "  History since boot:"
    for flow in sorted(flows):
        kind = _SETS.get(flow.kind, "ALL")
        yield f"  ident=[{_identity(flow.network, sdk)}] uid={flow.uid} set={kind} tag=0x{flow.tag:x}"
        yield f"    NetworkStatsHistory: bucketDuration={BUCKET if flow.uid >= 0 else BUCKET // 2}"
        for bucket in flows[flow]:
            yield (
                f"      st={bucket.start} rb={bucket.received} rp={bucket.received_packets} tb={bucket.sent} tp={bucket.sent_packets} op=0"
            )


def _totals(flows: dict[Flow, list[Bucket]]) -> dict[int, Bucket]:
    totals: dict[int, Bucket] = {}
    for flow, buckets in sorted(flows.items()):
        if not flow.tag:
            total = totals.setdefault(flow.uid, Bucket(0))
            total.received += sum(bucket.received for bucket in buckets)
            total.sent += sum(bucket.sent for bucket in buckets)
    return totals


def _map(flows: dict[Flow, list[Bucket]]) -> Iterator[str]:
    for uid, total in sorted(_totals(flows).items()):
        yield f"    {uid} {total.received} {total.received_packets} {total.sent} {total.sent_packets}"


def qtaguid(device: VirtualDevice) -> bytes:
    """/proc/net/xt_qtaguid/stats: each interface, tag, uid and set since the boot (all of it as TCP)."""
    names = "idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets"
    more = "_bytes {0}_{1}_packets"
    parts = [f"{way}_{kind}" + more.format(way, kind) for way in ("rx", "tx") for kind in ("tcp", "udp", "other")]
    lines = [f"{names} {' '.join(parts)}"]
    for number, (flow, buckets) in enumerate(sorted(device.system.netstats.since_boot.items()), 2):
        total = Bucket(0, sum(bucket.received for bucket in buckets), sum(bucket.sent for bucket in buckets))
        received, sent = f"{total.received} {total.received_packets}", f"{total.sent} {total.sent_packets}"
        tag = f"0x{flow.tag << 32:x}"
        lines.append(f"{number} {interface(flow.network)} {tag} {flow.uid} {flow.kind} {received} {sent} {received} 0 0 0 0 {sent} 0 0 0 0")
    return ("\n".join(lines) + "\n").encode()
