"""Dumps of two records each, as AOSP of several versions prints them, and the reader of a dump for tests."""

from harness.parsers.dump_formats import READINGS, Item

SERVICES = """\
ACTIVITY MANAGER SERVICES (dumpsys activity services)
  User 0 active services:
  * ServiceRecord{54107b3 u0 com.b/.Push c:com.a}
    intent={act=go cmp=com.b/.Push}
    packageName=com.b
    processName=com.b:push
    app=ProcessRecord{47b0170 1804:com.b:push/u0a201}
    recentCallingPackage=com.a
    recentCallingUid=10188
    createTime=-1m54s927ms startingBgTimeout=--
    lastActivity=-1m54s927ms restartTime=-1m0s createdFromFg=true
    startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=2
    Bindings:
    * IntentBindRecord{f6fece9 CREATE}:
      * Client AppBindRecord{aba6c0f ProcessRecord{ce89b75 929:com.c/u0a77}}

  * ServiceRecord{93d91fc u10 com.d/.Other}
    intent={cmp=com.d/.Other}
    packageName=com.d
    processName=com.d
    app=null
"""

BROADCASTS = """\
ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)
  Historical broadcasts:
  Historical Broadcast #0:
    BroadcastRecord{5eee6c4 android.intent.action.PACKAGE_ADDED/u10} to user 10
    Intent { act=android.intent.action.PACKAGE_ADDED dat=package:com.new flg=0x4000010 (has extras) }
      extras: Bundle[{android.intent.extra.UID=1010123}]
    caller=android 1234:system/1000 pid=1234 uid=1000
    enqueueClockTime=2026-10-01 12:00:00.001 dispatchClockTime=2026-10-01 12:00:00.002
    dispatchTime=-49s297ms (+1ms since enq) finishTime=-49s294ms (+3ms since disp)
    terminalCount=2
    DELIVERED scheduled +1ms terminal +2ms (0) #0: BroadcastFilter{feea 10087/u0 ReceiverList{55b 1497 com.ui/10087/u0 remote:3}}
    SKIPPED (0) #1: (manifest)
      priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false
      ActivityInfo:
        name=com.x.Receiver
        packageName=com.x
      reason: skipped by policy at enqueue: Background execution not allowed
  Historical Broadcast #1:
    BroadcastRecord{5eee6c5 com.a.WAKE/u0} to user 0
    Intent { act=com.a.WAKE flg=0x10 cmp=com.b/.Wake }
    caller=com.a 71:com.a/u0a188 pid=71 uid=10188
    enqueueClockTime=2026-10-01 12:00:01.001 dispatchClockTime=2026-10-01 12:00:01.002
    DELIVERED scheduled 0 terminal +2ms (0) #0: (manifest)
      ActivityInfo:
        name=com.b.Wake
        packageName=com.b
"""

ASSOCIATIONS = """\
ACTIVITY MANAGER ASSOCIATIONS (dumpsys activity associations)
  com.b:push/u0a201 <- com.a/u10a188
    via com.b/.PushService
    +5s12ms (3 times)   TOP=+2s1ms SVC=+3s11ms*
    Currently active: +1s2ms
  com.c/u0a7 <- com.a/u0a188
    via com.c/.Provider
    +1s0ms (1 times)  TOP=+1s0ms
"""

START_INFO = """\
ACTIVITY MANAGER LRU PROCESSES (dumpsys activity start-info)
Last Timestamp of Persistence Into Persistent Storage: 2026-10-01 15:54:06.558
  package: com.demo
    Historical Process Start for userId=0
      ApplicationStartInfo #0:
 monotonicCreationTimeMs=123
 pid=3421 realUid=10196 packageUid=10196 definingUid=10196 user=0
 package=com.demo process=com.demo:push startupState=2 reason=BOOT COMPLETE startType=COLD launchMode=0 wasForceStopped=true
 intent=Intent { act=android.intent.action.BOOT_COMPLETED flg=0x89000010 cmp=com.demo/.Boot }
 timestamps: 0=1000000 2=2000000

      ApplicationStartInfo #1:
 pid=0 realUid=1010196 packageUid=1010196 definingUid=1010196 user=10
 package=com.demo process=com.demo startupState=0 reason=JOB startType=COLD launchMode=0 wasForceStopped=false \
startComponent=SERVICE
"""

DOWNLOADS = """\
Downloads updated in last hour:
  Download #12:
    _id=12 uri=https://x.example/a.apk hint=null _data=/storage/emulated/0/Download/a.apk \
mimetype=application/vnd.android.package-archive
    visibility=1 status=192 lastmod=1790827200000 notificationpackage=com.x total_bytes=100 current_bytes=7 uid=1010123
    title=小店 更新 description=
"""

INSTALLS = """\
Active install sessions:
  Session 1234567:
    userId=10 mOriginalInstallerUid=1010123 mOriginalInstallerPackageName=com.a installerPackageName=com.a
    installInitiatingPackageName=com.a installOriginatingPackageName=null mInstallerUid=1010123 createdMillis=1790827200000
    stageDir=/data/app/vmdl1234567.tmp stageCid=null
    mode=1 installFlags=0x400012 installLocation=0 sizeBytes=-1 appPackageName=com.new appIcon=false appLabel=null
    mClientProgress=0.0 mProgress=0.0 mCommitted=true mSealed=true mPermissionsManuallyAccepted=false mFinalStatus=0

Historical install sessions:

"""


def read(name: str, text: str) -> tuple[list[Item], int]:
    """Records of a dump, and how many of its lines could not be read."""
    found = list(READINGS[name].read(text.split("\n")))
    return [item for item in found if item is not None], found.count(None)


FILES = """\
20971520 1790827200 1790827201 //sdcard/Download/com.a.apk
77 1790827200 1790827201 //sdcard/Download/two
lines
1024 1790820000 1790827202 //sdcard/com.b/b'"$(x).apk
"""

TRAFFIC = """\
Active interfaces:
  iface=wlan0 ident=[{type=WIFI, subType=COMBINED, networkId="x", metered=false, defaultNetwork=true}]
Dev stats:
  Pending bytes: 0
  History since boot:
  ident=[{type=WIFI, subType=COMBINED}] uid=-1 set=ALL tag=0x0
    NetworkStatsHistory: bucketDuration=3600
      st=1790827200 rb=999 rp=9 tb=999 tp=9 op=0
UID stats:
  Pending bytes: 12
  History since boot:
  ident=[{type=WIFI, subType=COMBINED, networkId="a uid=7 set=DEFAULT tag=0x0"}] uid=10123 set=DEFAULT tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      st=1790827200 rb=1200 rp=2 tb=300 tp=3 op=0
      st=1790834400 rb=34 rp=1 tb=5 tp=1 op=0
  ident=[{type=WIFI, subType=COMBINED}] uid=10123 set=FOREGROUND tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      st=1790827200 rb=100 rp=2 tb=10 tp=3 op=0
  ident=[{type=WIFI, subType=COMBINED}] uid=1010188 set=DEFAULT tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      st=1790827200 rb=7777 rp=2 tb=8888 tp=3 op=0
UID tag stats:
  ident=[{type=WIFI, subType=COMBINED}] uid=10123 set=DEFAULT tag=0xffffff01
    NetworkStatsHistory: bucketDuration=7200
      st=1790827200 rb=1100 rp=2 tb=290 tp=3 op=0
"""

TRAFFIC_MAP = """\

BPF map status:
  mAppUidStatsMap: OK

BPF map content:
  mCookieTagMap:
    cookie=7 tag=0x1 uid=10123
  mAppUidStatsMap:
    uid rxBytes rxPackets txBytes txPackets
    10123 4711 5 42 3
    1010188 7777 2 8888 3
  mStatsMapA:
    ifaceIndex ifaceName tag_hex uid_int cnt_set rxBytes rxPackets txBytes txPackets
    3 wlan0 0x0 10123 0 1 1 1 1
"""

TRAFFIC_PROC = """\
idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets rx_tcp_bytes rx_tcp_packets
2 wlan0 0x0 10123 0 1000 3 200 4 0 0
3 wlan0 0x0 10123 1 700 3 20 4 0 0
4 wlan0 0xffffff0100000000 10123 0 600 3 20 4 0 0
5 lo 0x0 10123 0 99999 3 99999 4 0 0
6 rmnet0 0x0 1010188 0 7777 3 8888 4 0 0
"""

NOTES = """\
Current Notification Manager state:
  Notification List:
    NotificationRecord(0x0e: pkg=com.a user=UserHandle{0} id=1 tag=null importance=2 key=0|com.a|1|null|10123: \
Notification(channel=c shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x62 color=0x0 vis=PRIVATE))
      uid=10123 userId=0
      extras={
          android.title=String (first "one")
          android.reduced.images=Boolean (true)
          android.text=SpannableString (at (half))
          android.progress=Integer (42)
          android.progressMax=Integer (100)
          android.progressIndeterminate=Boolean (false)
          android.appInfo=ApplicationInfo (ApplicationInfo{6721818 com.a})
      }
      stats=SingleNotificationStats{posttimeElapsedMs=14616}
    NotificationRecord(0x0f: pkg=com.b user=UserHandle{10} id=2 tag=null importance=3 key=10|com.b|2|null|1010188: \
Notification(channel=d shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x10 color=0x0 vis=PRIVATE))
      uid=1010188 userId=10
      extras={
          android.title=String (second)
          android.progress=Integer (0)
          android.progressMax=Integer (0)
          android.text=null
      }
  mArchive=Archive (0 notifications)
"""
