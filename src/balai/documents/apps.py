"""Django's handle on the package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "balai.documents"
    verbose_name = "Naskah"

    def ready(self) -> None:
        from balai.documents import owners, tasks  # noqa: F401, PLC0415  # registration
        from balai.files import readers  # noqa: PLC0415  # registration

        readers.register("documents.letter", owners.may_read_letter)
