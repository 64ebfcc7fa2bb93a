"""OpenCV on arrays: scrim fit, pop-up boxes, close and confirm controls."""
