from django.apps import AppConfig


class GovernmentConfig(AppConfig):
    name = "balai.government"
