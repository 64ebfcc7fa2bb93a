"""The uiautomator2 server of the device: what u2.jar 0.4.1 answers on port 9008.

``process`` is the app_process command that starts it, ``http`` its web server, ``server`` the JSON-RPC dispatch,
``selectors`` finds nodes, and the method tables are ``queries``, ``gestures``, ``device_calls`` and ``watchers``.
"""

from __future__ import annotations
