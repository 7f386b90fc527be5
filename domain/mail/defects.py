"""What is wrong with what was delivered, in the customer's words."""

import re
from collections.abc import Iterator

from domain.mail.kinds import MailKind

_FAULT = re.compile(
    r"没|不|坏|漏|破|缺|少|错|异响|划伤|松|延误|推迟|迟|太慢|late|broken|smashed|damag|leak"
    r"|missing|wrong|not "
    r"|nobody|failed|slips|counted|faulty|defect|超标"
    r"|实测|合同(?:是|要求|写)|instead of|should (?:be|have)",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)])\s*")


def defects_of(kind: MailKind, new_text: str) -> tuple[str, ...]:
    """What is wrong, in the customer's words, one fault each."""
    if kind not in (MailKind.COMPLAINT, MailKind.REJECTION, MailKind.ACCEPTANCE):
        return ()
    listed = [
        _BULLET.sub("", line).strip() for line in new_text.splitlines() if _BULLET.match(line)
    ]
    if listed:
        return tuple(re.sub(r"\s*\(.*\)$", "", one).rstrip("。;.") for one in listed if one)
    limit = 1 if kind is MailKind.ACCEPTANCE else 4
    return tuple(_faults(new_text, kind))[:limit]


def _faults(text: str, kind: MailKind) -> Iterator[str]:
    for part in re.split(r"[。;；!！\n]|(?<=[a-z])\.\s|\.\s+(?=[A-Z])", text):
        clean = re.split(r",? so\b", part.strip(" ,，"))[0]
        if kind is MailKind.ACCEPTANCE:
            clean = re.split(r"[,，]", clean)[0]
        skip = re.search(r"不能验收|没问题|不影响|请|cannot accept|how |who ", clean, re.I)
        if kind is MailKind.ACCEPTANCE and not re.search(
            r"就是|只是|remark|minor|only", clean, re.I
        ):
            continue
        if 5 < len(clean) < 160 and _FAULT.search(clean) and not skip:
            yield re.sub(r"^(?:就是|只是|另外|而且|and |also )", "", clean)
