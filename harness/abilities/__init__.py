"""What a phone lets a check do, each tried for real, and what remains undecided without it."""
