"""The rotation of the display: by the app in front, by the user's lock, by how the phone is held.

After DisplayRotation.rotationForOrientation (services/core/java/com/android/server/wm/DisplayRotation.java) on a phone
whose natural orientation is portrait, without docks, lids or HDMI. Rotations are Surface.ROTATION_*: 0 portrait,
1 landscape (turned left), 2 upside down, 3 seascape (turned right).
"""

from device_farm.virtual.framework.records.system_records import GONE, Display
from device_farm.virtual.framework.system_service import SystemService

PORTRAIT, LANDSCAPE, UPSIDE_DOWN, SEASCAPE = range(4)
_TURN = 4.9  # m/s²: gravity along an edge of the phone from which WindowOrientationListener proposes a rotation (30°)

# android:screenOrientation (core/res/res/values/attrs_manifest.xml) in snake_case
ORIENTATIONS = (
    "unspecified", "landscape", "portrait", "user", "behind", "sensor", "nosensor", "sensor_landscape",
    "sensor_portrait", "reverse_landscape", "reverse_portrait", "full_sensor", "user_landscape", "user_portrait",
    "full_user", "locked",
)  # fmt: skip
_FOLLOWS_USER = ("user", "unspecified", "user_landscape", "user_portrait", "full_user")
_FOLLOWS_SENSOR = ("sensor", "full_sensor", "sensor_landscape", "sensor_portrait")
_ANY_ANGLE = ("full_sensor", "full_user")
_ONE_WAY = {"landscape": LANDSCAPE, "portrait": PORTRAIT, "reverse_landscape": SEASCAPE, "reverse_portrait": UPSIDE_DOWN}
_BOTH_WAYS = {"sensor_landscape": LANDSCAPE, "user_landscape": LANDSCAPE, "sensor_portrait": PORTRAIT, "user_portrait": PORTRAIT}


class DisplayRotation(SystemService):
    """The rotation of the one display. ``update`` works it out anew."""

    def rebooted(self) -> None:
        """It is held in portrait and lies flat."""
        self.rotation = PORTRAIT
        self._proposed: int | None = None  # by the accelerometer; None while the phone lies flat

    @property
    def display(self) -> Display:
        """Size in pixels as it is held now, and the rotation."""
        spec = self._system.device.spec
        sides = (spec.height, spec.width) if self.rotation % 2 else (spec.width, spec.height)
        return Display(*sides, self.rotation)

    @property
    def locked(self) -> bool:
        """Whether the user has turned auto-rotation off (USER_ROTATION_LOCKED)."""
        return self._system.device.settings["system"].get("accelerometer_rotation", "0") == "0"

    @property
    def user_rotation(self) -> int:
        """The rotation that the user has locked; anything but 0 to 3 is 0 (DisplayRotation.updateSettings)."""
        text = self._system.device.settings["system"].get("user_rotation", "0")
        return int(text) if text in ("0", "1", "2", "3") else PORTRAIT

    def freeze(self, rotation: int | None = None) -> None:
        """IWindowManager.freezeRotation: lock ``rotation``, None is the present one; ValueError beyond 0 to 3."""
        chosen = self.rotation if rotation is None else rotation
        if not PORTRAIT <= chosen <= SEASCAPE:
            raise ValueError("Rotation argument must be -1 or a valid rotation constant.")
        system = self._system.device.settings["system"]
        system["accelerometer_rotation"], system["user_rotation"] = "0", str(chosen)
        self.update()

    def thaw(self) -> None:
        """IWindowManager.thawRotation: follow the accelerometer again."""
        self._system.device.settings["system"]["accelerometer_rotation"] = "1"
        self.update()

    def sensed(self, values: tuple[float, float, float]) -> None:
        """The accelerometer reads ``values``, m/s² with gravity (WindowOrientationListener)."""
        x, y, _z = values
        if max(abs(x), abs(y)) < _TURN:
            self._proposed = None
        elif abs(x) > abs(y):
            self._proposed = LANDSCAPE if x > 0 else SEASCAPE
        else:
            self._proposed = PORTRAIT if y > 0 else UPSIDE_DOWN
        self.update()

    def update(self) -> None:
        """Turn the display if it should be shown another way (DisplayContent.updateOrientation)."""
        wanted = self._wanted(self.requested())
        if wanted == self.rotation:
            return
        was_landscape, self.rotation = self.rotation % 2, wanted
        self._system.window_manager.display_changed()
        if was_landscape != wanted % 2:
            self._system.activities.configuration_changed()

    def requested(self) -> str:
        """Return the orientation that the front app asks for: of the topmost activity that fills the screen or asks."""
        for task in reversed(self._system.tasks):
            for record in reversed(task.activities):
                if record.state in GONE:
                    continue
                wanted: str = getattr(record.component.python_class, "screen_orientation", "unspecified")
                if wanted != "behind" and not (record.translucent and wanted == "unspecified"):
                    return wanted
        return "unspecified"

    def _wanted(self, orientation: str) -> int:
        preferred = self._preferred(orientation)
        fixed = _ONE_WAY.get(orientation)
        if fixed is not None:
            return preferred if preferred is not None and preferred % 2 == fixed % 2 else fixed
        either = _BOTH_WAYS.get(orientation)
        if either is not None:
            choices = (preferred, self.rotation, either)
            return next(choice for choice in choices if choice is not None and choice % 2 == either % 2)
        return PORTRAIT if preferred is None else preferred

    def _preferred(self, orientation: str) -> int | None:
        """Return the rotation by the user's lock or the accelerometer for ``orientation``; None: neither decides."""
        if orientation == "locked":
            return self.rotation
        if (not self.locked and orientation in _FOLLOWS_USER) or orientation in _FOLLOWS_SENSOR:
            sensed = self.rotation if self._proposed is None else self._proposed
            return sensed if sensed != UPSIDE_DOWN or orientation in _ANY_ANGLE else self.rotation
        if self.locked and orientation != "nosensor" and orientation not in _ONE_WAY:
            return self.user_rotation
        return None
