"""`nisba gazetteer …` as a curator runs it, in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from nisba_service.cli.app import app

ENTITIES = [
    {
        "id": "NK-arouri",
        "caption": "Saleh al-Arouri",
        "schema": "Person",
        "properties": {
            "name": ["Saleh al-Arouri", "صالح العاروري"],
            "weakAlias": ["Abu Muhammad"],
            "birthDate": ["1966"],
        },
        "referents": ["ofac-19066", "NK-arouri"],
    },
    {
        "id": "NK-hamas",
        "caption": "Hamas",
        "schema": "Organization",
        "properties": {"name": ["Hamas", "حماس"], "alias": ["حركة المقاومة الإسلامية"]},
    },
    {
        "id": "NK-1",
        "schema": "Membership",
        "properties": {"member": ["NK-arouri"], "organization": ["NK-hamas"]},
    },
    {"id": "NK-2", "schema": "Vessel", "properties": {"name": ["Ocean Star"]}},
    {"id": "NK-3", "schema": "Person", "properties": {"name": ["Иванов"]}},
]

PEOPLE = """\
- id: per:arafat
  type: PERSON
  names:
  - {name: Yasser Arafat, kind: primary}
  - {name: ياسر عرفات, kind: primary}
  relations:
  - {rel: leader_of, target: org:fatah}

- id: per:abu-ammar
  type: PERSON
  names:
  - {name: أبو عمار, kind: kunya}
"""
ORGANIZATIONS = """\
- id: org:fatah
  type: ORGANIZATION
  names:
  - {name: Fatah, kind: primary}
  - {name: فتح, kind: primary}
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A curator's folder; the store is a file in it, unless another is named."""

    folder: Path
    url: str = ""

    @property
    def store(self) -> str:
        """Return the store's address."""
        return self.url or str(self.folder / "gazetteer.db")

    def run(self, *arguments: object, store: bool = True) -> Result:
        """Run `nisba gazetteer` on the store."""
        command = ["gazetteer", *map(str, arguments), *(["--store", self.store] if store else [])]
        return CliRunner().invoke(app, command)

    def done(self, *arguments: object) -> str:
        """Run a command that must succeed, and return what it prints."""
        result = self.run(*arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def ftm(self) -> Path:
        """Write a small file of FollowTheMoney."""
        path = self.folder / "entities.ftm.json"
        lines = (json.dumps(entity, ensure_ascii=False) for entity in ENTITIES)
        path.write_text("\n".join(lines), "utf-8")
        return path

    def files(self) -> Path:
        """Write a small folder of YAML."""
        folder = self.folder / "files"
        folder.mkdir()
        (folder / "people.yaml").write_text(PEOPLE, "utf-8")
        (folder / "organizations.yaml").write_text(ORGANIZATIONS, "utf-8")
        return folder

    def exported(self) -> Path:
        """Apply a small folder of YAML, and export it."""
        self.done("apply", self.files(), "--reason", "begin")
        self.done("export", self.folder / "out")
        return self.folder / "out"


def edit(path: Path, before: str, after: str) -> None:
    """Change a text that is in a file."""
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
