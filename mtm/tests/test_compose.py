"""compose.yaml is read here, not run: its services, secrets and names fit the settings and each other."""

import re

import pytest
import yaml

import start

SETTINGS = (start.ROOT / "mtm" / "settings.py").read_text()


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((start.ROOT / "compose.yaml").read_text())


def test_it_has_the_five_services(compose):
    assert set(compose["services"]) == {"web", "worker", "beat", "postgres", "redis"}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_application_runs_in_production_after_its_servers_are_healthy(compose, name):
    service = compose["services"][name]

    assert service["environment"]["MTM_ENV"] == "production"
    assert {server: how["condition"] for server, how in service["depends_on"].items()} == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }


def test_every_variable_it_sets_is_one_that_the_settings_read(compose):
    read = set(re.findall(r'env(?:\.\w+)?\("([A-Z_]+)"', SETTINGS))

    assert set(compose["services"]["web"]["environment"]) <= read


def test_no_secret_has_a_value_or_a_fallback(compose):
    text = (start.ROOT / "compose.yaml").read_text()
    secrets = re.findall(r"\$\{((?:SECRET|POSTGRES|REDIS)_\w+)([^}]*)\}", text)

    first_uses = dict(reversed(secrets))

    assert set(first_uses) == {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    assert all(rest.startswith(":?") for rest in first_uses.values())


def test_only_the_web_server_is_published_and_only_to_this_machine(compose):
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_every_named_volume_is_declared(compose):
    used = {volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])}

    assert used == set(compose["volumes"])


def test_the_image_gets_every_library_that_start_looks_for(compose):
    dockerfile = compose["services"]["web"]["build"]["dockerfile_inline"]

    assert [package for package in start.LIBRARIES.values() if package not in dockerfile] == []
