"""The modelled Android framework: packages, permissions, activities, processes, logs and dumps."""
