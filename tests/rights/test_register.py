"""Every table and column of the product is classified, and the document shows the register as it is."""

from pathlib import Path

from overture.store.db import Database
from overture.store.rights import register
from overture.store.rights.tables import Subject

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


async def test_every_column_is_classified(database: Database) -> None:
    """A new table or column fails here until store/rights says whether it is personal."""
    rows = await database.all_once(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    )
    found: dict[str, set[str]] = {}
    for table, column in rows:
        if not register.is_engines(table):
            found.setdefault(table, set()).add(column)
    assert found == {name: set(columns) for name, columns in register.columns().items()}
    for table in register.REGISTER:
        named = table.personal + table.sealed + table.other
        assert len(set(named)) == len(named), table.name


def test_every_table_about_leads_is_erased_and_shown() -> None:
    """What the register calls personal of a lead has statements that find, erase and show it."""
    about = {table.name for table in register.REGISTER if table.subject is Subject.LEAD}
    assert about == {table.name for table in register.ERASED} | {"erasure"}
    for table in register.ERASED:
        assert table.count and table.erase and table.export and table.erased and table.source and table.kept
        changed = table.erase.partition(" SET ")[2]
        for column in table.personal if changed else ():
            assert f"{column} = " in changed, f"{table.name}.{column} is personal and is not erased"


def test_the_document_shows_the_register() -> None:
    """docs/privacy.md holds what the code says."""
    text = PRIVACY.read_text(encoding="utf-8")
    shown = text.partition("<!-- register -->\n")[2].partition("<!-- end of the register -->")[0]
    assert shown == register.page()
