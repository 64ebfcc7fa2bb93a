"""The timeline judged by each rule."""
