"""Schemathesis asks every operation of the OpenAPI description what its types allow, and checks each answer."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

schemathesis = pytest.importorskip("schemathesis")

from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance  # noqa: E402

from frontlog.web.app import create_app  # noqa: E402
from frontlog.web.room import Room  # noqa: E402
from frontlog.web.security import Policy  # noqa: E402
from tests.web_ledger import fill, name  # noqa: E402

_folder = tempfile.TemporaryDirectory()
_room = Room(fill(Path(_folder.name) / "web.db"), name, lambda: datetime.now(UTC), author="ana")
_app = create_app(_room, Policy.serving("127.0.0.1", names=("testserver",)))
schema = schemathesis.openapi.from_asgi("/openapi.json", _app)
OWN = {"origin": "http://testserver"}
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=OWN, checks=CHECKS)
