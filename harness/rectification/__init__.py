"""整改: two versions of an app beside each other, and the regulator's own lines answered."""
