"""What an operator can set, and what is said about a setting that cannot work."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.settings import LogFormat, Settings, is_loopback, load_settings


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NISBA_{name.upper()}", raising=False)


def problems(**overrides: object) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        load_settings(**overrides)
    return str(refused.value).splitlines()


def test_the_defaults_work_and_find_the_bundled_data() -> None:
    settings = load_settings()
    assert settings.address == "127.0.0.1:50051"
    assert isinstance(settings.gazetteer, Path)
    assert settings.gazetteer.is_dir()
    assert (settings.models / "resources.json").is_file()


def test_a_flag_goes_before_a_variable_and_a_variable_before_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NISBA_GRACE", "7")
    monkeypatch.setenv("NISBA_LOG_FORMAT", "console")
    settings = load_settings(grace=3)
    assert (settings.grace, settings.log_format) == (3, LogFormat.CONSOLE)


def test_the_variables_that_kubernetes_makes_of_a_service_called_nisba_mean_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = {
        "NISBA_SERVICE_HOST": "10.0.0.1",
        "NISBA_SERVICE_PORT": "50051",
        "NISBA_SERVICE_PORT_GRPC": "50051",
        "NISBA_PORT": "tcp://10.0.0.1:50051",
        "NISBA_PORT_50051_TCP": "tcp://10.0.0.1:50051",
        "NISBA_PORT_50051_TCP_PROTO": "tcp",
        "NISBA_PORT_50051_TCP_PORT": "50051",
        "NISBA_PORT_50051_TCP_ADDR": "10.0.0.1",
        "NISBA_GAZETTEER_SERVICE_HOST": "10.0.0.2",
        "NISBA_GAZETTEER_PORT": "tcp://10.0.0.2:5432",
    }
    for name, value in made.items():
        monkeypatch.setenv(name, value)
    assert load_settings().address == "127.0.0.1:50051"


@pytest.mark.parametrize(
    ("variable", "advice"),
    [
        ("NISBA_GAZETEER", "did you mean NISBA_GAZETTEER?"),
        ("NISBA_TLS_CERT", "did you mean NISBA_TLS_KEY?|did you mean NISBA_TLS_CERTIFICATE?"),
        ("NISBA_XYZZY", "the settings are NISBA_GAZETTEER, "),
    ],
)
def test_a_mistyped_variable_is_an_error_that_names_the_nearest(
    monkeypatch: pytest.MonkeyPatch, variable: str, advice: str
) -> None:
    monkeypatch.setenv(variable, "x")
    [problem] = problems()
    assert problem.startswith(f"{variable}: is no setting; ")
    assert any(part in problem for part in advice.split("|"))


def test_a_mistyped_variable_is_told_beside_what_else_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NISBA_GAZETEER", "gazetteer.db")
    named = [line.partition(":")[0] for line in problems(grace="soon")]
    assert named == ["NISBA_GAZETEER", "NISBA_GRACE"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("gazetteer.db", StoreUrl),
        ("sqlite:////var/lib/nisba/gazetteer.db", StoreUrl),
        ("postgresql://nisba:secret@db/gazetteer", StoreUrl),
        (str(Path(__file__).parent), Path),
    ],
)
def test_a_gazetteer_is_files_or_a_store(
    monkeypatch: pytest.MonkeyPatch, written: str, kind: type
) -> None:
    monkeypatch.setenv("NISBA_GAZETTEER", written)
    settings = load_settings()
    assert isinstance(settings.gazetteer, kind)
    assert "secret" not in repr(settings)


def test_a_location_that_is_none_is_told() -> None:
    assert problems(gazetteer="ftp://db/gazetteer")[0].startswith("NISBA_GAZETTEER: ftp://")
    assert problems(health_address="50052") == [
        "NISBA_HEALTH_ADDRESS: must be host:port, [IPv6]:port or unix:PATH"
    ]


@pytest.mark.parametrize("address", ["127.0.0.1:9464", "[::1]:0", "localhost:9464"])
def test_metrics_may_be_served_to_this_machine(address: str) -> None:
    assert load_settings(metrics_address=address).metrics_address == address


def test_metrics_are_served_beyond_it_only_where_that_is_said() -> None:
    [told] = problems(metrics_address="0.0.0.0:9464")
    assert told.startswith("NISBA_METRICS_ADDRESS: is open to a network")
    assert load_settings(metrics_address="0.0.0.0:9464", insecure=True).insecure


@pytest.mark.parametrize("address", ["9464", "unix:/run/metrics", "127.0.0.1:99999", "[::1]"])
def test_metrics_have_a_host_and_a_port(address: str) -> None:
    assert problems(metrics_address=address) == [
        "NISBA_METRICS_ADDRESS: must be host:port or [IPv6]:port"
    ]


def test_settings_never_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().grace = 1.0


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:0", "127.9.9.9:50051", "[::1]:50051", "localhost:50051", "unix:/run/nisba.sock"],
)
def test_plaintext_is_served_on_loopback(address: str) -> None:
    assert is_loopback(address)
    assert load_settings(address=address).address == address


@pytest.mark.parametrize(
    "address", ["0.0.0.0:50051", "[::]:50051", "10.0.0.1:50051", "nisba:50051", "localhost.x:1"]
)
def test_plaintext_beyond_loopback_must_be_meant(address: str) -> None:
    [problem] = problems(address=address)
    assert problem.startswith("NISBA_ADDRESS: is open to a network without TLS")
    assert load_settings(address=address, insecure=True).insecure


@pytest.mark.parametrize(
    "address", ["", "50051", "nisba", ":50051", "nisba:", "nisba:70000", "::1:50051", "unix:"]
)
def test_an_address_has_a_host_and_a_port(address: str) -> None:
    assert problems(address=address) == [
        "NISBA_ADDRESS: must be host:port, [IPv6]:port or unix:PATH"
    ]


def test_every_problem_is_told_at_once_under_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NISBA_GRACE", "soon")
    monkeypatch.setenv("NISBA_MODELS", str(tmp_path / "none"))
    monkeypatch.setenv("NISBA_TLS_CERTIFICATE", str(tmp_path))
    monkeypatch.setenv("NISBA_QUEUE_CODE_POINTS", "-5")
    monkeypatch.setenv("NISBA_ADDRESS", "nonsense")
    named = [line.partition(":")[0] for line in problems()]
    assert named == [
        "NISBA_MODELS",
        "NISBA_TLS_CERTIFICATE",
        "NISBA_ADDRESS",
        "NISBA_GRACE",
        "NISBA_QUEUE_CODE_POINTS",
    ]


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    path = tmp_path / "some.pem"
    path.write_text("")
    return path


def test_a_certificate_and_its_key_go_together(pem: Path) -> None:
    for alone in ({"tls_certificate": pem}, {"tls_key": pem}):
        [problem] = problems(**alone)
        assert problem.startswith(
            "NISBA_TLS_KEY: NISBA_TLS_CERTIFICATE and NISBA_TLS_KEY go together"
        )


def test_client_certificates_need_tls(pem: Path) -> None:
    [problem] = problems(tls_client_ca=pem)
    assert problem.startswith("NISBA_TLS_CLIENT_CA: client certificates need TLS")


def test_tls_serves_everywhere(pem: Path) -> None:
    settings = load_settings(tls_certificate=pem, tls_key=pem, address="0.0.0.0:50051")
    assert settings.tls_key == pem


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1"])
def test_a_delay_is_a_finite_number_of_seconds(seconds: str) -> None:
    [problem] = problems(drain_delay=seconds)
    assert problem.startswith("NISBA_DRAIN_DELAY: ")


def test_every_setting_says_why_it_exists() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []
