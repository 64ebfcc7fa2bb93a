"""The apps that come with the phone, written like any app file: launcher, Settings, permission dialog, installer."""
