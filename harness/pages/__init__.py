"""The pages of an app, from view trees or pictures: identity, controls, interruptions. Pure."""
