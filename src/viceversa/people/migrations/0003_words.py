"""An index of the words by which people are found, kept by the database itself."""

from django.db import migrations

from viceversa.people.rules.searching import words_of

BATCH = 2000
LENGTH = 400

SQLITE = (
    """CREATE VIRTUAL TABLE people_words USING fts5(
        search, content='people_person', content_rowid='id', tokenize='ascii', detail=none,
        columnsize=0
    )""",
    "INSERT INTO people_words(people_words) VALUES ('rebuild')",
    """CREATE TRIGGER people_words_added AFTER INSERT ON people_person BEGIN
        INSERT INTO people_words(rowid, search) VALUES (new.id, new.search);
    END""",
    """CREATE TRIGGER people_words_gone AFTER DELETE ON people_person BEGIN
        INSERT INTO people_words(people_words, rowid, search) VALUES ('delete', old.id, old.search);
    END""",
    """CREATE TRIGGER people_words_changed AFTER UPDATE OF search ON people_person
    WHEN old.search <> new.search BEGIN
        INSERT INTO people_words(people_words, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO people_words(rowid, search) VALUES (new.id, new.search);
    END""",
)
POSTGRESQL = (
    """CREATE INDEX person_words ON people_person
    USING gin (array_to_tsvector(string_to_array(ltrim(search), ' ')))""",
)
BACK = {
    "sqlite": (
        "DROP TRIGGER people_words_added",
        "DROP TRIGGER people_words_gone",
        "DROP TRIGGER people_words_changed",
        "DROP TABLE people_words",
    ),
    "postgresql": ("DROP INDEX person_words",),
}


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def write_words(apps, schema_editor):
    """As `search_text` writes them from now on."""
    people = apps.get_model("people", "Person").objects.order_by("pk")
    columns = ("pk", "name", "external_id", "email", "title")
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while rows := list(people.filter(pk__gt=last).values_list(*columns)[:BATCH]):
            cursor.executemany(
                "UPDATE people_person SET search = %s WHERE id = %s",
                [(_text(parts), pk) for pk, *parts in rows],
            )
            last = rows[-1][0]


def _text(parts):
    words = words_of(" ".join(filter(None, parts)))
    return "".join(f" {word}" for word in words)[:LENGTH]


class Migration(migrations.Migration):
    dependencies = [("people", "0002_offers_by_skill")]
    operations = [
        migrations.RunPython(write_words, migrations.RunPython.noop),
        migrations.RunPython(make_index, drop_index),
    ]
