"""How letters leave, in words of the desk."""

EMAIL = "email"
THROUGH = {EMAIL: "by mail", "hooks": "to webhooks and chat rooms"}
