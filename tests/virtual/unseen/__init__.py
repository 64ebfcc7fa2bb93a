"""Whole sample apps by somebody who has not seen the explorer that is measured on them."""
