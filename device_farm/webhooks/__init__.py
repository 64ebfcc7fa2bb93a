"""Messages to a group chat (飞书, 钉钉, 企业微信): off unless a file names a chat, at most once for what happened."""
