"""What a store knows of its schema without Alembic is what Alembic says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store import migrate
from nisba_service.gazetteer.store.schema import NEWEST
from nisba_service.gazetteer.store.store import Store


def test_the_newest_migration_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_a_store_that_is_current_is_opened_without_alembic_or_psycopg(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    Store.open(StoreUrl(Database.SQLITE, str(path))).close()
    code = (
        "import sys\n"
        "from nisba_service.gazetteer.location import Database, StoreUrl\n"
        "from nisba_service.gazetteer.store.store import Store\n"
        "with Store.open(StoreUrl(Database.SQLITE, sys.argv[1]), create=False) as store:\n"
        "    print(store.head().number, *{'alembic', 'psycopg'} & sys.modules.keys())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "0\n"
