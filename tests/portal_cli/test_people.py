"""People and customers join by command: all rows of a table, or none."""

from pathlib import Path

import pyotp

from tests.portal_cli.conftest import Terminal

NEW = ("people", "add", "qian.yi", "--name", "钱一", "--mail", "qian.yi@zheling.example")


def test_a_person_who_is_added_gets_a_one_time_link(terminal: Terminal) -> None:
    added = terminal.json(*NEW, "--role", "engineer", "--skill", "design:2", "--manager", "li.ming")
    assert "/enrol/" in added["link"]
    found = next(each for each in terminal.json("people") if each["person"] == "qian.yi")
    assert (found["roles"], found["limit"]) == (["engineer"], None)


def test_wrong_roles_and_taken_addresses_are_refused(terminal: Terminal) -> None:
    code, _, err = terminal.run(*NEW, "--role", "king", "--lang", "en")
    assert code == 1
    assert "roles" in err
    words = ("people", "add", "qian.yi", "--name", "钱一", "--mail", "li.ming@zheling.example")
    code, _, err = terminal.run(*words, "--role", "clerk", "--lang", "en")
    assert code == 1
    assert "li.ming" in err


def test_an_enrolled_person_answers_with_their_authenticator(terminal: Terminal) -> None:
    address = terminal.json("people", "enrol", "li.ming")["otpauth"]
    code = pyotp.parse_uri(address).at(terminal.world.services.now())
    words = ("answer", "G-1", "approve", "--by", "li.ming", "--code", code)
    assert terminal.json(*words)[0]["state"] == "approved"


def test_an_invited_person_keeps_the_authenticator_until_the_link_is_used(
    terminal: Terminal,
) -> None:
    assert "/enrol/" in terminal.json("people", "enrol", "li.ming", "--link")["link"]
    found = next(each for each in terminal.json("people") if each["person"] == "li.ming")
    assert not found["authenticator"]


def test_a_substitute_may_answer(terminal: Terminal) -> None:
    away = ("people", "absent", "li.ming", "--substitute", "zhao.wen")
    today = terminal.world.services.today()
    span = ("--since", str(today), "--until", str(today.replace(year=today.year + 1)))
    terminal.json(*away, *span)
    assert terminal.json("gates")[0]["approvers"] == ["li.ming", "zhao.wen"]
    found = next(each for each in terminal.json("people") if each["person"] == "li.ming")
    assert found["substitutes"][0]["person"] == "zhao.wen"


def test_people_are_imported_whole_or_not_at_all(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    head = "person,name,mail,roles,manager,limit\n"
    good = "a.b,甲乙,a.b@z.example,owner;clerk,li.ming,\nc.d,丙丁,c.d@z.example,manager,,5000\n"
    file.write_text(head + good + "e f,戊,no-mail,boss,nobody,x\n", "utf-8")
    code, _, err = terminal.run("people", "import", str(file), "--lang", "en")
    assert code == 1
    assert len(err.strip().splitlines()) == 5
    assert all("3." in line for line in err.strip().splitlines())
    assert len(terminal.json("people")) == 8
    file.write_bytes((head + good).encode("gb18030"))
    assert terminal.json("people", "import", str(file))["added"] == ["a.b", "c.d"]
    assert next(e for e in terminal.json("people") if e["person"] == "a.b")["name"] == "甲乙"


def test_customers_are_imported_with_their_contacts_and_found_again(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(
        "name_zh,tier,account_manager,contact_name,contact_mail,can_sign\n"
        "宁波明泰,B,chen.yu,方敏,fang@mingtai.example,yes\n"
        "宁波明泰,B,chen.yu,丁一,ding@mingtai.example,no\n",
        "utf-8",
    )
    first = terminal.json("customers", "import", str(file))
    again = terminal.json("customers", "import", str(file))
    assert len(first["added"]) == 1
    assert (again["added"], again["changed"]) == ([], first["added"])
