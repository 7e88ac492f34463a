from viceversa.partnerships.messages.partnership import *  # noqa: F403
