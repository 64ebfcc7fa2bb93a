"""Commands of toybox that clients of ADB send; nothing of Android is in them."""
