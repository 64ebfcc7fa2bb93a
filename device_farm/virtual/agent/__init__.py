"""The uiautomator2 server of the device, what u2.jar 0.4.1 answers on port 9008, and other clients' programs.

``process`` is the app_process command that starts it, ``http`` its web server, ``server`` the JSON-RPC dispatch,
``selectors`` finds nodes, and the method tables are ``queries``, ``gestures``, ``device_calls`` and ``watchers``.
``fastbot`` is Kea2's program, ``max_touch`` and ``rotation_watcher`` are airtest's; ``appium_settings`` is the code of
Appium's APK, ``appium_keyboards`` its keyboards.
"""
