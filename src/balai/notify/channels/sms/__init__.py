"""SMS through an HTTP gateway; what the gateway speaks is data (`contracts/`)."""

from balai.notify.channels.sms import channel

__all__ = ["channel"]
