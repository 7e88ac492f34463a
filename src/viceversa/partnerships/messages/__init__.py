from viceversa.partnerships.messages.agreement import *  # noqa: F403
from viceversa.partnerships.messages.lifecycle import *  # noqa: F403
from viceversa.partnerships.messages.partnership import *  # noqa: F403
