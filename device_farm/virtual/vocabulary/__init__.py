"""The vocabulary of app files: Android's classes and their actions."""
