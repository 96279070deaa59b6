"""The post room: charts that come in as files."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
