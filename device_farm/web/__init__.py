"""The dashboard of a farm: pages rendered here, read-only unless somebody signs in; needs the extra ``web``."""
