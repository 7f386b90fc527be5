"""What the customer wants beside things and dates, and where it shall be delivered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.extract.labels import Labelled
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

_NO_WISHES = re.compile(
    r"(?:没有?|无)(?:什么|其[他它])?(?:特殊|特别|其他)?(?:的)?要求|no (?:special|particular|other"
    r"|extra) (?:require|request|wish)"
    r"|nothing special|no special|without special",
    re.I,
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
    r"|\bno\b.{3,}|锌|不锈钢|中英文|电压|\d+\s?V\b|孔位|提前.{0,6}(?:通知|报|打)|通知|立放"
    r"|垫|刻|公差"
    r"|木箱|托盘|抛光|铜线|刹车|IP\d\d|不低于|不大于|[≥≤]|\bATEX\b|\bCE\b|documentation"
    r"|dokumentation"
    r"|\bin english\b|finish|seaworthy|stainless|\bSS ?3\d\d|\bHz\b|\bzone\b|make sure|pallet"
    r"|lackier|verzink|wooden|\bleft\b|\bright side\b|分开|单独|保留|归我|归你|带走|贴|注明|写明"
    r"|持证"
    r"|收货时间|卸货|按.{1,12}(?:管理|执行|要求|验收)|表面|镀锌|喷塑|发蓝|according to|acc\. to"
    r"|as per (?!yo)"
    r"|in accordance|\bAPI ?\d|\bASME\b|\bDIN\b|\bISO ?\d|\bMTC\b|3\.1\b|hand ?wheel"
    r"|individually boxed"
    r"|rust|corrosion|drain|bilingual|manual|spare keys|declaration|certificates? of",
    re.I,
)
_STRONG = re.compile(
    r"必须|务必|不得|不许|不准|严禁|切记|特别注意|\bmust\b|\bdo not\b"
    r"|(?:提前|前一天|之前|到前|[发送]货?前"
    r"|先).{0,10}(?:打.{0,4}电话"
    r"|电话|通知|联系)|call .{0,20}before|notify .{0,20}before",
    re.I,
)
_OTHER = re.compile(
    r"\d{7,}|\d{3}[- ]\d{4}|联系人|收货人|@|\d{1,2}月|\d{1,2}[号日](?!楼|线|门|机)|\bby \d|until"
    r"|january|february|march\b|april|june|july|august|september|october|november|december"
    r"|上次|昨天|坏了|你们能|运费"
    r"|[?]|lieferzeit|liefertermin|termin"
    r"|[春节][节前]|国庆|腊月|元旦|中秋|端午|五一|月底|[周星期][一二三四五六日]前?|\bon the \d"
    r"|\bon ship\b"
    r"|\bex works\b|approved|^[发送寄运]货?(?:到|至|往)",
    re.I,
)
_POINTS = re.compile(
    r"(?:要求|备注).{0,8}(?:见|是|在|以|按|参)|见.{0,6}备注|(?:see|in) (?:the )?remarks", re.I
)
_COMMERCIAL = re.compile(
    r"单价|总价|报价|元\b|付款|发票|合同|盖章|回[传复签]|交[期货]|数量|电话|报价|谢谢|订单|附件"
    r"|见附|如下|以下|明细|加急|越快|尽快|你好|您好|采购"
    r"|\bprices?\b|payment|confirm|quote|regards|thank|reply|attached|find|question|urgent"
    r"|asap|hello|^dear|changes",
    re.I,
)


def wishes_in(
    text: str, labels: tuple[Labelled, ...], *, has_lines: bool, lines: tuple[Line, ...] = ()
) -> Wishes:
    """What the customer wants beside things and dates: labelled, else sentences of that kind.

    The rows of `lines` are no wishes, whatever their names say.
    """
    words = narrow(text)
    labelled = [one for one in labels if one.key == "requirements"]
    none = bool(_NO_WISHES.search(words))
    found = list(_labelled_wishes(words, labelled))
    if not found and has_lines:
        things = {squeezed(name) for line in lines for name in (line.item, line.model) if name}
        wishes = (_wish_of(sentence, things) for sentence in _sentences(text))
        found = [wish for wish in wishes if wish and not (none and _AS_USUAL.search(wish))]
    negative = [v for v in found if re.fullmatch(r"(?:无|没有|none|n/?a|no|nil)[。.]?", v, re.I)]
    return Wishes(tuple(v for v in found if v not in negative), none or bool(negative), "text")


_AS_USUAL = re.compile(r"(?:常规|普通|标准|正常).{0,6}(?:即可|就行|就可以)|standard packing", re.I)


def squeezed(words: str) -> str:
    """The letters and digits of a name, so that a row is known by it."""
    return re.sub(r"[\W_]", "", narrow(words).lower())


def _wish_of(sentence: str, things: set[str]) -> str | None:
    """The clauses of a sentence from the first wish on, without things, days, people, terms."""
    said: list[str] = []
    for clause in re.split(r"[,，]\s*", sentence):
        plain = narrow(clause).strip()
        if _is_foreign(plain) or sentence_lines(plain) or _names_only(plain, things):
            continue
        if _WISH.search(plain) or (
            said and not re.search(r"我|你|日期|\b(?:we|our|i)\b", plain, re.I)
        ):
            said.append(clause.strip())
    return "，".join(said) if sum(map(len, said)) > 1 else None


def _is_foreign(plain: str) -> bool:
    """True for a clause about days, persons, places or terms; an order to do something is none."""
    if _NO_WISHES.search(plain) or re.search(r"密码|because|^.{0,4}不要$", plain):
        return True
    if _STRONG.search(plain):
        return bool(
            re.search(
                r"[?]|(?:\d{1,2}[月号日]|春节|国庆|年).{0,6}前|on the \d|\bon ship|by \d",
                plain,
                re.I,
            )
        )
    return bool(_COMMERCIAL.search(plain) or _OTHER.search(plain))


def _names_only(plain: str, things: set[str]) -> bool:
    """True for a clause that is the name of an ordered thing and little else."""
    squeezed_clause = squeezed(plain)
    return any(
        len(thing) > 1 and thing in squeezed_clause and len(squeezed_clause) < 1.6 * len(thing) + 2
        for thing in things
    )


def pointed_at(text: str, remarks: tuple[str, ...]) -> tuple[str, ...]:
    """The remarks of a table's rows where the mail says that they are its requirements."""
    return tuple(dict.fromkeys(remarks)) if _POINTS.search(narrow(text)) else ()


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
            if 1 < len(clean) < 160:
                yield clean
