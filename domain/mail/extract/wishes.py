"""What the customer wants beside things and dates, and where it shall be delivered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

_NO_WISHES = re.compile(
    r"(?:没有?|无)(?:什么|其[他它])?(?:特殊|特别|其他)?(?:的)?要求|no (?:special|particular|other"
    r"|extra) (?:require|request|wish)"
    r"|nothing special|no special|without special",
    re.I,
)
_PLACE_ZH = re.compile(
    r"(?:(?:送|发|运|寄|发货|快递|直送)(?:到|至|往)|到货地点|交货地点|收货地址"
    r"|(?<![配赠])[送寄](?=[\u4e00-\u9fff]{2,}))(?!货|达|检|审|样|电)\s*:?\s*"
    r"((?![月日\d]*\d月|时间|现在|下)[\u4e00-\u9fff\w#()]{2,40}?)(?=[,。;\s.!]|,|了|就|的?话|$"
    r"|运费|收货|联系)"
)
_PLACE_EN = re.compile(
    r"\b(?:deliver(?:y|ed)? (?:to|is to|address:?)|ship(?:ped|ping)? to|(?:delivered )?to our"
    r"|destination:?)\s+([A-Z][^.;\n]{2,70})"
    r"|\b((?:FOB|CIF|CFR|DAP|DDP|FCA|CPT|CIP|DAT|DPU)\s+[A-Z][\w ,'-]{2,40})"
)


@dataclass(frozen=True)
class Wishes:
    """Special requirements as written; `none` if the mail says that there are none."""

    values: tuple[str, ...]
    none: bool
    source: str


_WISH = re.compile(
    r"要求|注意|必须|务必|不要|不能|不得|别|附|包装|喷|颜色|标识|吊牌|唛头|图纸|按.{1,20}(?:标准"
    r"|图)|检验|报告|证书|合格证|防|切记|探伤|酸洗|发黑|钝化|镀|材质|硬度|试验|联系|打.{0,3}电话"
    r"|带.{1,8}|朝|漆|铭牌"
    r"|请.{0,12}(?:印|贴|做|装|提供|打)"
    r"|\bmust\b|\bshould\b|\bplease (?:mark|pack|include|send (?:photo|cert))|certificate"
    r"|\bpack(?:ing|ed)?\b|\bcolou?r\b|\bRAL\b|\bpaint"
    r"|galvani|legalised|call .{0,12}before|mesh|coat(?:ed|ing)|stamped|proof|\btest(?:ed)?\b"
    r"|inspection|\bmark(?:ed)?\b|\blabel|separate|only\b|\bdo not\b"
    r"|\bno\b.{3,}",
    re.I,
)
_COMMERCIAL = re.compile(
    r"单价|总价|报价|元\b|付款|发票|合同|盖章|回[传复签]|交[期货]|数量|电话|报价|谢谢|订单|附件"
    r"|见附|如下|以下|明细|加急|越快|尽快|你好|您好|采购"
    r"|\bprices?\b|payment|confirm|quote|regards|thank|reply|attached|find|question|urgent"
    r"|asap|hello|^dear|changes",
    re.I,
)


def wishes_in(text: str, labels: tuple[Labelled, ...], *, has_lines: bool) -> Wishes:
    """What the customer wants beside things and dates: labelled, else sentences of that kind."""
    words = narrow(text)
    labelled = [one for one in labels if one.key == "requirements"]
    none = bool(_NO_WISHES.search(words))
    found = list(_labelled_wishes(words, labelled))
    if not found and has_lines:
        found = [
            s
            for s in _sentences(text)
            if _WISH.search(narrow(s)) and not _COMMERCIAL.search(narrow(s))
        ]
        found = [s for s in found if not _NO_WISHES.search(narrow(s)) and len(s) > 4]
    negative = [v for v in found if re.fullmatch(r"(?:无|没有|none|n/?a|no|nil)[。.]?", v, re.I)]
    return Wishes(tuple(v for v in found if v not in negative), none or bool(negative), "text")


def _labelled_wishes(text: str, labelled: list[Labelled]) -> Iterator[str]:
    for one in labelled:
        value = one.value
        if not value:  # the wishes stand in the lines below
            below = text[one.end :].lstrip("\n").split("\n\n")[0]
            value = ";".join(below.splitlines()[:8])
        for part in re.split(r"[;\uff1b。\n]", value):
            clean = re.sub(r"^\s*(?:[-*•·]|\(?\d{1,2}[.、)])\s*", "", part).strip(" ,\uff0c")
            if clean and not _NO_WISHES.search(clean):
                yield clean


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in re.split(r"[。;；!！]|(?<=[a-z])\.\s", line):
            clean = re.sub(r"^\s*(?:[-*•·]|\(?\d{1,2}[.、)])\s*", "", part).strip(" ,，.")
            if 4 < len(clean) < 160:
                yield clean


def place_in(text: str, labels: tuple[Labelled, ...]) -> Field[str] | None:
    """The named place of delivery, with its Incoterm."""
    said = first(labels, "place")
    if said and not re.search(r"老地方|usual|same", said.value, re.I):
        return Field(said.value, f"text:{said.start}-{said.end}", "label", 0.9)
    plain = narrow(text)
    for pattern in (_PLACE_EN, _PLACE_ZH):
        for hit in pattern.finditer(plain):
            value = next(g for g in hit.groups() if g).strip(" ,\uff0c")
            if not re.search(r"老地方|贵司|你们|我们那|usual|same as|the plant", value, re.I):
                return Field(value, f"text:{hit.start()}-{hit.end()}", "words", 0.7)
    return None
