"""Reading of other people's mail, against the results that its publishers expect."""

import json
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.result import NotHere, Result
from domain.mail.automatic import BOUNCES, automatic
from domain.mail.decode import read
from domain.mail.limits import limits
from domain.mail.message import Mail
from domain.mail.split import split
from tasks.understanding import understood

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
MAILS = DATA / "mail"
ENDINGS = (".eml", ".msg", ".txt", ".message")
"""Files of the sets that hold a mail or the text of one."""
ORDINARY = ("mime-stalwart", "mime-james", "mime-mikel", "mime-imaptools", "helpdesk-multimail")
"""Sets of mails in which a bounce is the exception."""
MAIL_SYSTEM = re.compile(
    rb"multipart/report|message/delivery-status|^from:.{0,60}(?:postmaster|mailer-daemon)@",
    re.I | re.M,
)


def mail() -> list[Result]:
    """Figures of splitting, bounces, headers and texts, and what could not be read at all."""
    if not MAILS.is_dir():
        raise NotHere(f"the published mails are not at {MAILS}")
    return [*replies(), *bounces(), *headers(), exceptions()]


def replies() -> Iterator[Result]:
    """How near our new text comes to the expected one, white space folded."""
    near = [SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in _reply_pairs()]
    count = f"n={len(near)} texts"
    exact = sum(one == 1 for one in near) / len(near)
    yield Result("reply_similarity", sum(near) / len(near), "share", 0.90, detail=count)
    yield Result("reply_exact", exact, "share", 0.65, detail=count)


def _reply_pairs() -> Iterator[tuple[str, str]]:
    """Our new text and the expected one, both without breaks and doubled blanks."""
    for text, expected in _expected_replies():
        yield _folded(split(text).new), _folded(expected)


def _expected_replies() -> Iterator[tuple[str, str]]:
    """Texts and what is expected of them; copies of a text in two more sets count as well."""
    for one in _json(MAILS / "reply-quotequail" / "gold.json"):
        yield one["text"], one["expected"]
    for name in ("discourse", "github"):
        for one in _json(MAILS / f"reply-{name}" / "gold.json"):
            text = _text(MAILS / f"reply-{name}" / one["file"])
            yield text, one["expected"]
            for other in ("reply-zapier/emails", "reply-willdurand/Fixtures"):
                copy = MAILS / other / Path(one["file"]).name
                if name == "github" and copy.exists() and _text(copy) == text:
                    yield text, one["expected"]


def bounces() -> Iterator[Result]:
    """Bounces found, and ordinary mails taken for one. A mail that contains a report is none."""
    folder = MAILS / "bounce-flufl"
    sent_back = [read((folder / name).read_bytes()) for name in _expected_bounces(folder)]
    found = sum(_is_bounce(one) for one in sent_back)
    ordinary = [read(raw) for raw in _ordinary()]
    alarms = sum(_is_bounce(one) for one in ordinary)
    yield Result(
        "bounces_found", found / len(sent_back), "share", 0.97, detail=f"n={len(sent_back)} mails"
    )
    yield Result(
        "bounces_false_alarms",
        alarms / len(ordinary),
        "share",
        0.001,
        higher_is_better=False,
        detail=f"{alarms} of {len(ordinary)} mails",
    )


def _expected_bounces(folder: Path) -> Iterator[str]:
    """Names of the files in which a bounce is expected; some expect none."""
    for name, expected in _pairs(_json(folder / "expected.json")):
        if any(one["addresses"] for one in expected):
            yield name


def _ordinary() -> Iterator[bytes]:
    """Mails of the MIME tests and of the orders, but for those that a mail system wrote."""
    for folder in (*(MAILS / name for name in ORDINARY), DATA / "orders"):
        for raw in _raw(folder):
            if not MAIL_SYSTEM.search(raw):
                yield raw


def _is_bounce(one: Mail) -> bool:
    said = automatic(one)
    return said is not None and said.kind in BOUNCES


def headers() -> Iterator[Result]:
    """Share of the stalwart mails whose header, or first text, is as expected."""
    known = [
        (read(eml.read_bytes()), _json(eml.with_suffix(".json")))
        for name in ("legacy", "rfc")
        for eml in sorted((MAILS / "mime-stalwart" / "eml" / name).glob("*.eml"))
    ]
    yield _equal("from_equal", 0.99, ((_shown((m.sender,)), _boxes(j, "from")) for m, j in known))
    yield _equal("to_equal", 0.99, ((_shown(m.to), _boxes(j, "to")) for m, j in known))
    yield _equal(
        "subject_equal", 0.97, (_as_far(m.subject, _folded(_subject(j))) for m, j in known)
    )
    texts = ((_folded(m.text), _folded(_first_text(j))) for m, j in known)
    yield _equal("text_equal", 0.90, ((ours, theirs) for ours, theirs in texts if theirs))


def _equal(name: str, target: float, pairs: Iterable[tuple[object, object]]) -> Result:
    same = [ours == theirs for ours, theirs in pairs]
    return Result(name, sum(same) / len(same), "share", target, detail=f"n={len(same)} mails")


def _shown(boxes: Iterable[Any]) -> list[str]:
    return [one.address.lower() for one in boxes if one.address]


def _boxes(expected: dict[str, Any], name: str) -> list[str]:
    """Addresses of an expected header; those of groups in order."""
    value = _header(expected, name).get("Address", {})
    groups = value.get("Group", [])
    found = [*value.get("List", []), *(one for group in groups for one in group["addresses"])]
    return [one["address"].lower() for one in found if "@" in (one["address"] or "")]


def _subject(expected: dict[str, Any]) -> str:
    return str(_header(expected, "subject").get("Text", ""))


def _as_far(ours: str, theirs: str) -> tuple[str, str]:
    """Both, without the characters that the expectation itself has lost."""
    if len(ours) != len(theirs):
        return ours, theirs
    kept = [n for n, char in enumerate(theirs) if char != "\ufffd"]
    return "".join(ours[n] for n in kept), "".join(theirs[n] for n in kept)


def _header(expected: dict[str, Any], name: str) -> dict[str, Any]:
    """The first header of that name, or an empty one."""
    found = (one["value"] for one in expected["parts"][0]["headers"] if one["name"] == name)
    value = next(found, None)
    return value if isinstance(value, dict) else {}


def _first_text(expected: dict[str, Any]) -> str:
    """The text parts that are no attachments, as one text."""
    bodies = (expected["parts"][n]["body"] for n in expected["text_body"])
    return "\n".join(str(body["Text"]) for body in bodies if "Text" in body)


def exceptions() -> Result:
    """How many mails of all sets raised something while they were read and understood."""
    raised: list[str] = []
    count = 0
    for raw in _raw(DATA):
        count += 1
        try:
            if limits(raw) is None:
                understood(raw, "one")
        except Exception as why:  # noqa: BLE001 - counting them is the purpose
            raised.append(type(why).__name__)
    names = f"n={count} mails {' '.join(sorted(set(raised)))}".strip()
    return Result(
        "uncaught_exceptions", len(raised), "count", 0, higher_is_better=False, detail=names
    )


def _raw(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in ENDINGS:
            yield file.read_bytes()


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    yield from value.items() if isinstance(value, dict) else value


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _folded(text: str) -> str:
    return " ".join(text.split())
