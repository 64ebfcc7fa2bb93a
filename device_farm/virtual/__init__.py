"""A virtual Android device, and the names an app file under it is written with."""

from __future__ import annotations

from device_farm.virtual.app import (
    START_NOT_STICKY,
    START_STICKY,
    Activity,
    App,
    Job,
    Provider,
    Receiver,
    Sdk,
    Service,
)
from device_farm.virtual.context import ActivityNotFoundException, BadTokenException, SecurityException
from device_farm.virtual.widgets import (
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Frame,
    Image,
    ListView,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)

__all__ = [
    "START_NOT_STICKY",
    "START_STICKY",
    "Activity",
    "ActivityNotFoundException",
    "App",
    "BadTokenException",
    "Button",
    "Canvas",
    "Checkbox",
    "Column",
    "EditText",
    "Frame",
    "Image",
    "Job",
    "ListView",
    "Provider",
    "Receiver",
    "Row",
    "Scroll",
    "Sdk",
    "SecurityException",
    "Service",
    "Switch",
    "Text",
    "WebView",
]
