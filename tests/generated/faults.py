"""All faults by id."""

from __future__ import annotations

from tests.generated import faults_asking, faults_consent, faults_refusal, faults_starts

FAULTS = {fault.id: fault for fault in (*faults_consent.FAULTS, *faults_refusal.FAULTS, *faults_asking.FAULTS, *faults_starts.FAULTS)}
