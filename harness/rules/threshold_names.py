"""What the thresholds of the catalogue are called by people; one of a tester's own is called as it is written."""

from harness.language import Text, _, known, pgettext

_NAMES = {
    "acceleration": _("acceleration"),
    "angle": _("angle of the turn"),
    "asks": _("requests"),
    "cold_starts": _("starts from cold"),
    "contrast": _("contrast"),
    "control_seconds": _("watch of a control run"),
    "dp": _("size"),
    "exit_seconds": _("gone within"),
    "explained_seconds": _("explained by an act of the tester within"),
    "functions": _("permissions without a function"),
    "groups": _("groups of permissions asked for at once"),
    "hours": _("time after a refusal"),
    "loop_asks": _("requests of a loop"),
    "loop_seconds": _("time of a loop"),
    "many": _("reads that are too many"),
    "many_seconds": _("within this time"),
    "names": _("names that differ"),
    "often": _("reads at a short period"),
    "often_seconds": _("short period"),
    "period_reads": _("reads at a period"),
    "pixels": _("size of a page"),
    "prompt_seconds": _("time to show the policy"),
    "reads": pgettext("threshold", "reads"),
    "readings": _("readings that it grew"),
    "refusals": _("ways to refuse that must be there"),
    "same_frame": _("told while the dialog is up"),
    "seconds": pgettext("threshold", "time"),
    "seconds_before": _("told before the dialog at most"),
    "series_seconds": _("time between requests of a series"),
    "share": _("height compared with the price"),
    "starts": _("starts"),
    "suspected_seconds": _("suspected if gone within"),
    "targets": _("apps started"),
    "ticked": _("boxes that are ticked"),
    "times": _("times that it was so"),
    "triggers": _("kinds of triggers"),
    "watch_seconds": _("watch in front"),
    "window_minutes": _("window"),
    "window_seconds": _("window"),
    "within_minutes": _("window"),
    "witnesses": _("independent witnesses"),
}


def threshold_name(name: str) -> Text:
    return _NAMES.get(name) or known(name, name)
