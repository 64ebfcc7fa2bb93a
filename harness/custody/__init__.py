"""After the seal: who else vouches for a run, who reviewed it, and how it is handed on."""
