"""All faults by id."""

from tests.generated import (
    faults_adverts,
    faults_asking,
    faults_choice,
    faults_consent,
    faults_listing,
    faults_offers,
    faults_reads,
    faults_refusal,
    faults_starts,
    faults_unmarked,
)

ROOMS = (
    faults_consent,
    faults_refusal,
    faults_asking,
    faults_starts,
    faults_adverts,
    faults_offers,
    faults_unmarked,
    faults_reads,
    faults_choice,
    faults_listing,
)
FAULTS = {fault.id: fault for room in ROOMS for fault in room.FAULTS}
