"""Detectors: timeline -> findings. One behaviour a file, pure functions, and the explicit list of them."""

from collections.abc import Callable, Mapping

from harness.detectors.asks_again_in_session import asks_again_in_session
from harness.detectors.asks_again_on_relaunch import asks_again_on_relaunch
from harness.detectors.asks_before_use import asks_before_use
from harness.detectors.asks_within_48_hours import asks_within_48_hours
from harness.detectors.asks_without_function import asks_without_function
from harness.detectors.association_start import association_start, wakes_third_parties
from harness.detectors.auto_renewal import auto_renewal
from harness.detectors.bundled_request import bundled_request
from harness.detectors.close_acts_as_confirm import close_acts_as_confirm
from harness.detectors.consent_preticked import consent_preticked
from harness.detectors.consent_without_refusal import consent_without_refusal
from harness.detectors.denial_blocks_function import denial_blocks_function
from harness.detectors.denial_blocks_login import denial_blocks_login
from harness.detectors.dialog_loop import dialog_loop
from harness.detectors.download_resumes import download_resumes
from harness.detectors.draft_permissions import album_despite_picker, background_location
from harness.detectors.exit_after_denial import exit_after_denial
from harness.detectors.forced_download_wall import forced_download_wall
from harness.detectors.hidden_activity import hidden_activity
from harness.detectors.jump import jump
from harness.detectors.listing_rules import differs_from_package, no_contact, not_told
from harness.detectors.misleading_loads import disguised_download, download_outside_button, download_without_notice
from harness.detectors.no_privacy_prompt import no_privacy_prompt
from harness.detectors.not_the_promised_app import not_the_promised_app
from harness.detectors.permission_before_consent import permission_before_consent
from harness.detectors.personal_choice import no_switch, not_labelled, source_not_told
from harness.detectors.personal_choice import not_told as choice_not_told
from harness.detectors.policy_hard_to_find import policy_hard_to_find
from harness.detectors.policy_of_its_own import no_policy_of_its_own
from harness.detectors.purpose_not_told import purpose_not_told
from harness.detectors.reads_after_refusal import reads_after_refusal
from harness.detectors.reads_before_consent import reads_before_consent
from harness.detectors.reads_in_background import reads_in_background
from harness.detectors.reads_periodically import reads_periodically
from harness.detectors.reads_without_need import reads_without_need
from harness.detectors.reward_for_identity import reward_for_identity
from harness.detectors.same_again import same_again
from harness.detectors.self_start import self_start
from harness.detectors.shake_jump import shake_jump
from harness.detectors.starts_before_consent import starts_before_consent
from harness.detectors.switch_comes_back import switch_comes_back
from harness.detectors.undeclared_reads import undeclared_reads
from harness.detectors.undeclared_sdks import recipient_not_told, undeclared_sdks
from harness.detectors.window_cannot_close import window_cannot_close
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding
from harness.events.timeline import Timeline
from harness.rules import Rule

Detector = Callable[[Timeline, AppUnderTest, Rule], list[Finding]]

ALL: Mapping[str, Detector] = {
    "c1-permission-before-consent": permission_before_consent,
    "c1-no-privacy-prompt": no_privacy_prompt,
    "c1-consent-without-refusal": consent_without_refusal,
    "c1-consent-preticked": consent_preticked,
    "c1-reads-before-consent": reads_before_consent,
    "c1-reads-after-refusal": reads_after_refusal,
    "c1-no-policy-of-its-own": no_policy_of_its_own,
    "c1-policy-hard-to-find": policy_hard_to_find,
    "c1-undeclared-reads": undeclared_reads,
    "c1-undeclared-sdks": undeclared_sdks,
    "c2-reads-periodically": reads_periodically,
    "c2-reads-in-background": reads_in_background,
    "c2-reads-without-need": reads_without_need,
    "c3-recipient-not-told": recipient_not_told,
    "c4-no-switch": no_switch,
    "c4-switch-comes-back": switch_comes_back,
    "c4-not-labelled": not_labelled,
    "c4-not-told": choice_not_told,
    "c4-source-not-told": source_not_told,
    "c5-exit-after-denial": exit_after_denial,
    "c5-dialog-loop": dialog_loop,
    "c5-denial-blocks-function": denial_blocks_function,
    "c5-denial-blocks-login": denial_blocks_login,
    "c5-asks-again-on-relaunch": asks_again_on_relaunch,
    "c5-asks-again-in-session": asks_again_in_session,
    "c5-asks-before-use": asks_before_use,
    "c5-bundled-request": bundled_request,
    "c5-purpose-not-told": purpose_not_told,
    "c5-asks-without-function": asks_without_function,
    "c5-asks-within-48-hours": asks_within_48_hours,
    "c5-album-despite-picker": album_despite_picker,
    "c5-background-location": background_location,
    "c6-self-start": self_start,
    "c6-starts-before-consent": starts_before_consent,
    "c6-association-start": association_start,
    "c6-wakes-third-parties": wakes_third_parties,
    "c6-hidden-activity": hidden_activity,
    "c7-download-without-notice": download_without_notice,
    "c7-disguised-download": disguised_download,
    "c7-download-outside-button": download_outside_button,
    "c7-download-resumes": download_resumes,
    "c7-window-cannot-close": window_cannot_close,
    "c7-close-acts-as-confirm": close_acts_as_confirm,
    "c7-not-the-promised-app": not_the_promised_app,
    "c7-forced-download-wall": forced_download_wall,
    "c7-jump": jump,
    "c7-shake-jump": shake_jump,
    "c7-auto-renewal": auto_renewal,
    "c8-reward-for-identity": reward_for_identity,
    "c9-not-told": not_told,
    "c9-differs-from-package": differs_from_package,
    "c10-no-contact": no_contact,
    "c10-same-again": same_again,
}
"""Rule id -> detector; a test checks that it names every rule of the catalogue and no other."""
