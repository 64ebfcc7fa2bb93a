"""The tester's own config for a check: found, read, and looked through before anything starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.config import NONE, Config, Kind, using
from harness.config.config_files import WORD_FILES, find_config, read_config
from harness.config.table_validation import Table
from harness.engine.option_specs import Option
from harness.errors import CatalogueError, FormatError
from harness.language import Text, _
from harness.rules import load_rules
from harness.rules.labels import all_labels

PATHS = ("policy", "profile")
"""Options that name a file: in a config from its own folder."""


@contextmanager
def own_config(named: Path | None = None, start: Path | None = None, *, detectors: bool = True) -> Iterator[Config]:
    """The config that was named, else the one of ``start`` (the present folder) or above, in force for the block.

    With ``detectors`` those of its rules must be there. Raises ScenarioError where a named config is not there,
    FormatError or CatalogueError that name file and entry of one that is wrong.
    """
    path = named or find_config(start or Path())
    config = read_config(path) if path is not None else NONE
    if config.files:
        config = replace(config, defaults=_defaults(config))
    with using(config):
        if config.files:
            _look_through(config, detectors=detectors)
        yield config


def told(config: Config) -> Text:
    """What of a check is the tester's own, on one line."""
    return _(
        "{path}: own rules {rules}, thresholds {thresholds}, word files {words}, ROMs {roms}, SDK files {sdks}, "
        "suppressions {suppressions}",
        path=config.path or config.name,
        rules=len(config.of(Kind.RULE)),
        thresholds=sum(map(len, config.thresholds.values())),
        words=len(config.of(Kind.WORDS)),
        roms=len(config.roms),
        sdks=len(config.of(Kind.SDKS)),
        suppressions=len(config.suppressions),
    )


def _look_through(config: Config, *, detectors: bool) -> None:
    """Read all that the config adds to ours, so that a mistake in it is told at once."""
    rules = [rule for rule in load_rules() if rule.origin]
    all_labels()
    known = {rule.id for rule in load_rules()}
    for one in config.suppressions:
        if one.rule not in known:
            raise FormatError(
                _("{file}: {key}: there is no rule '{rule}': see 'apprights rules'", file=one.file, key="suppressions", rule=one.rule[:80])
            )
    if config.of(Kind.WORDS) or config.roms:
        from harness.dialogs import danger, dialog_words, promises, purposes, related, walls, word_files
        from harness.pages import advert_words, interruptions

        for name in WORD_FILES:
            word_files.table(name)
        dialog_words.words()
        danger.is_dangerous("")
        walls.is_login("")
        promises.promises_of("")
        purposes.tells_purpose("", "CAMERA")
        related.serves("CAMERA", "CAMERA")
        interruptions.kind_of("")
        advert_words.says("", "load", "verbs")
    if config.of(Kind.SDKS):
        from harness.sdks import load_sdks

        load_sdks()
    if rules and detectors:
        from harness.detectors import ALL
        from harness.detectors.custom_detectors import find_own

        for rule in rules:
            if rule.judged_by not in ALL and (found := find_own(rule.detector)).function is None:
                raise CatalogueError(_("{file}: {problem}", file=rule.origin, problem=found.problem))


def _defaults(config: Config) -> dict[str, Any]:
    """What ``[check]`` has, as if it had been typed."""
    from harness.engine.option_specs import DEFAULTS, declared

    table = Table(config.defaults, config.name, "check")
    table.only(DEFAULTS)
    return {option.name: _default(config, table, option) for option in declared(*DEFAULTS) if option.name in table}


def _default(config: Config, table: Table, option: Option) -> Any:
    value = table.value(option.name)
    given = value if option.repeatable and isinstance(value, list) else [value]
    kinds = {int: int, float: int | float}.get(option.kind, str)
    if any(isinstance(one, bool) or not isinstance(one, kinds) for one in given):
        wanted = "0" if option.kind in (int, float) else '"..."'
        example = f"{option.name} = [{wanted}]" if option.repeatable else f"{option.name} = {wanted}"
        raise FormatError(_("{file}: {key} is written {example}", file=config.name, key=table.key(option.name), example=example))
    for one in given:
        if problem := option.refuse(one):
            raise FormatError(_("{file}: {key}: {problem}", file=config.name, key=table.key(option.name), problem=problem))
    if option.name in PATHS and config.path is not None:
        given = [str(config.path.parent / one) if one.endswith(".toml") or option.kind is Path else one for one in given]
    values = [option.kind(one) for one in given]
    return values if option.repeatable else values[0]
