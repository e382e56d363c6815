from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "balai.notify"

    def ready(self) -> None:
        from balai.notify import checks  # noqa: F401, PLC0415 (checks register when apps are ready)
        from balai.notify.answering import register_own_words  # noqa: PLC0415 (models are ready now)

        register_own_words()
