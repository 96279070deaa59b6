"""The command that checks the knowledge itself."""

import json

from django.core.management import call_command


def test_counts_come_as_one_json_object_on_one_line(capsys):
    call_command("check_knowledge", "--format", "json")

    lines = capsys.readouterr().out.splitlines()
    found = json.loads(lines[0])
    assert len(lines) == 1
    assert found["errors"] == []
    assert found["rules"] >= 80
    assert sum(found["by_read"].values()) == found["rules"]
    assert {"by_kind", "by_severity", "facts_by_table", "classes", "ingredients_covered", "overdue"} <= found.keys()


def test_the_text_ends_with_one_line_of_counts(capsys):
    call_command("check_knowledge")

    assert capsys.readouterr().out.splitlines()[-1].startswith("0 errors; ")
