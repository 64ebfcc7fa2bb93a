"""Triggers and causes in words: Chinese and English."""

from __future__ import annotations

from harness.events import Trigger
from harness.starts.process_start import Cause

TRIGGERS = {
    Trigger.BOOT: ("开机", "boot"),
    Trigger.UNLOCK: ("解锁", "unlock"),
    Trigger.SCREEN: ("亮屏", "screen"),
    Trigger.POWER: ("充电", "power"),
    Trigger.NETWORK: ("网络变化", "network"),
    Trigger.PACKAGE: ("安装其他应用", "package"),
    Trigger.TIME: ("时间变化", "time"),
    Trigger.MEDIA: ("新增媒体文件", "media"),
    Trigger.ALARM: ("定时器", "alarm"),
    Trigger.ALARM_CLOCK: ("闹钟", "alarm clock"),
    Trigger.JOB: ("后台任务", "job"),
    Trigger.SYNC: ("账户同步", "account sync"),
    Trigger.PUSH: ("厂商推送", "vendor push"),
    Trigger.STICKY: ("服务自动重启", "sticky restart"),
    Trigger.REPLACED: ("应用更新", "own update"),
    Trigger.BACKUP: ("备份", "backup"),
    Trigger.WIDGET: ("桌面小部件", "widget"),
    Trigger.INPUT_METHOD: ("输入法", "keyboard"),
    Trigger.VPN: ("VPN", "VPN"),
    Trigger.ACCESSIBILITY: ("无障碍服务", "accessibility service"),
    Trigger.NOTIFICATION_LISTENER: ("通知使用权", "notification listener"),
    Trigger.BROADCAST: ("广播", "broadcast"),
    Trigger.SERVICE: ("服务", "service"),
    Trigger.PROVIDER: ("内容提供者", "provider"),
    Trigger.ACTIVITY: ("页面", "activity"),
    Trigger.UNKNOWN: ("未知", "unknown"),
}
CAUSES = {
    Cause.SELF: ("应用自身", "the app itself"),
    Cause.UNKNOWN: ("来源无法判定", "not told"),
    Cause.OTHER_APP: ("其他应用", "another app"),
    Cause.NEIGHBOUR: ("被同机检测的应用唤醒之后", "after an app checked beside it had woken it"),
    Cause.INNOCENT: ("合理场景", "with a reason"),
    Cause.OURS: ("检测操作所致", "caused by the check"),
    Cause.SYSTEM: ("系统恢复", "Android restored it"),
    Cause.TESTER: ("检测方打开", "opened by the tester"),
}
