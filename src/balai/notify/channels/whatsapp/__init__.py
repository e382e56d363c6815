"""WhatsApp through the Cloud API: approved templates out, signed webhooks in."""

from balai.notify.channels.whatsapp import channel

__all__ = ["channel"]
