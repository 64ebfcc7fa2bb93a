"""AppRights harness: drive an Android device, watch an app, judge what it did, keep the proof."""

__version__ = "0.2.0"
