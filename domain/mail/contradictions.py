"""What a mail says against what it quotes: an order sent twice, colleagues who disagree."""

import re

from domain.mail.addresses import addresses
from domain.mail.extract.sentences import sentence_lines
from domain.mail.message import Address
from domain.mail.plain import narrow

SENT_TWICE, DISAGREE = "sent_twice", "disagree"
_AGAIN = re.compile(
    r"重[发發]|再[发發](?:一|1)?[次遍封]|再[寄传傳]|没收到|沒收到|未收到|补发|resen[dt]"
    r"|sen[dt]\w* (?:\w+ ){0,4}again"
    r"|once (?:more|again)|second time|no (?:acknowledge?ment|reply|answer)"
    r"|not (?:yet )?(?:been )?acknowledged",
    re.I,
)
_EXPLAINED = re.compile(
    r"改[为成到了]|更正|修改|变更|调整|增加|减少|作废|以.{0,8}为准|revis|updat|chang|correct"
    r"|instead|replac|supersed|amend",
    re.I,
)
_DISPUTE = re.compile(
    r"(?:说法|意见|看法).{0,4}(?:不一|不同|分歧)|(?:还|正)在?协调|我没同意|没经我|不签字|别自己"
    r"|以(?:我|.{1,6}部)为准|不算数|别听"
    r"|(?:do|does) not see (?:this|it) the same|disagree|not (?:been )?(?:released|agreed"
    r"|authori[sz]ed)"
    r"|\bNOT\b|ignore (?:him|her|what)|budget owner|once .{2,30} (?:have|has) talked|overrul"
    r"|I am still for|not my (?:opinion|view)",
)
_FROM = re.compile(
    r"^[*> |]*(?:发件人|寄件者|寄件人|發件人|from|von|de|da)[* |]*[:：]?[ |]*(.+@.+)$", re.I
)
_SAID = re.compile(r"<?[^<>\s]+@[^<>\s]+>?.{0,60}(?:wrote|写道|寫道)\s*[:：]?\s*$", re.I)


def contradiction(subject: str, new: str, quoted: str, writer: Address) -> str | None:
    """`sent_twice`, `disagree` or None: why the quoted mails make acting on the new text unsafe."""
    if not quoted.strip():
        return None
    own, others = _writers(quoted, writer)
    said = narrow(f"{subject}\n{new}")
    if (own or _AGAIN.search(said)) and not others and _AGAIN.search(said):
        differs = _amounts(new) and _amounts(quoted) and _amounts(new) != _amounts(quoted)
        return SENT_TWICE if differs and not _EXPLAINED.search(said) else None
    if others and (_DISPUTE.search(narrow(new)) or _DISPUTE.search(narrow(quoted))):
        return DISAGREE
    return None


def _writers(quoted: str, writer: Address) -> tuple[bool, bool]:
    """Whether the writer wrote a quoted mail, and whether somebody else of the same house did."""
    own = others = False
    for line in narrow(quoted).splitlines():
        hit = _FROM.match(line.strip()) or _SAID.search(line.strip())
        for one in addresses(hit[0].partition(":")[2] or hit[0]) if hit else ():
            own = own or one.address.lower() == writer.address.lower()
            others = others or (
                one.domain == writer.domain and one.address.lower() != writer.address.lower()
            )
    return own, others


def _amounts(text: str) -> dict[str, str]:
    """How much of what a text orders, by the name of each thing."""
    return {
        (line.model or line.item or "").lower(): f"{line.quantity.normalize():f}"
        for line in sentence_lines(text)
        if line.quantity is not None and (line.model or line.item)
    }
