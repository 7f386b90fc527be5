"""Rules by which a clause is weighed as an instruction, and headings of such clauses."""

import re
from collections.abc import Set
from functools import lru_cache

from domain.mail.extract import foreign_words as foreign
from domain.mail.extract import wish_words as wish
from domain.mail.extract.sentences import sentence_lines
from domain.mail.plain import narrow
from domain.mail.traditional import folded

NO_WISHES = re.compile(
    r"(?:没有?|无|冇|唔)(?:什么|啥|任何|其[他它]|别的)?(?:的)?(?:特殊|特别|其[他它]|额外"
    r"|别的)?(?:的|之)?"
    r"(?:技术|质量)?(?:要求|需求|嘱咐)"
    r"|(?:特殊|特别|其[他它]|别的)要求?[:是]?(?:没有|无|没)(?![\u4e00-\u9fff]{3})"
    r"|别的没要求|其[他它]没了|没别的要求"
    r"|\bno (?:special|particular|other|extra|further|specific"
    r"|additional)s?(?: \w+)? ?(?:require|request|wish|need|instruction)"
    r"|\bnothing (?:special|out of the ordinary|beyond the (?:usual|standard)|particular"
    r"|fancy|extra|unusual|else special)|\bno special"
    r"|without special"
    r"|\bspecial requirements?:? (?:none|nil|no|n/?a)\b",
    re.I,
)
HEADING = re.compile(
    r"^(?P<name>(?!.{0,12}[没无])(?!.{0,8}(?:交[货期付]|到货|时间|日期|工期|付款|发票|开票"
    r"|价|payment"
    r"|delivery (?:date|time|terms)|price|invoice|quality dep))"
    r"(?:[\u4e00-\u9fff及、和与/]{0,10}(?:要求|注意事项|须知|备注|附注|说明|技术条件)|质量"
    r"|质检|包装(?:方式|运输)?|材质|颜色|油漆|涂装|表面处理|检验|试验|验收(?:标准)?"
    r"|随[机货](?:资料|文件)|资料|标识|唛头|其[他它]|注"
    r"|(?:(?:special|technical|quality|packing|packaging|marking|shipping|delivery|other"
    r"|additional|general|our|further|important|specific|order)[ /&-]*(?:and |& )?){0,3}"
    r"(?:requirements?|requests?|instructions?|notes?|remarks?|specifications?|conditions?"
    r"|comments?|wishes)(?: \(?\w+\)?)?"
    r"|obs(?:ervations?|ervações|ervacoes)?|n\.?b|please note|pack(?:ing|aging)|marking"
    r"|documents?(?: required)?|documentation|certificates?|testing|tests?|inspection"
    r"|finish|paint(?:ing)?|colou?rs?|materials?|quality|other"
    r"|(?:besondere )?anforderungen|bemerkung(?:en)?|hinweise?|verpackung|notas?|uwagi|備考))"
    r"(?:\([^)]{0,20}\))?\.?\s*(?P<mark>:?)\s*",
    re.I,
)
LABEL = re.compile(r"^[^\s:,;]{1,14}(?: [^\s:,;]{1,14}){0,3}:")
_ROW = re.compile(r"\t.*\t|\S(?: {2,}|\u3000)\S.*(?: {2,}|\u3000)\S|\.{4,}|\s\|\s")
_APART = re.compile(r"分[开别]|各自|separate|apart", re.I)
_NOTICE = re.compile(r"电话|通知|联系|收货|call|notify|inform|phone", re.I)


def squeezed(words: str) -> str:
    """The letters and digits of a name, so that a row is known by it."""
    return re.sub(r"[\W_]", "", narrow(words).lower())


def is_row(words: str) -> bool:
    """True for words that are set in columns."""
    return bool(_ROW.search(words))


_FOR = (wish.PAPERS, wish.PACKED, wish.MADE, wish.NORMS, wish.TESTED, wish.HANDED, wish.ADDED)
_AGAINST = (foreign.MONEY, foreign.LETTER, foreign.PAST, foreign.ASKED)


def weight(clause: str, things: Set[str] = frozenset()) -> int:
    """How much a clause is an instruction: from 2 on it is one, from -2 down something else."""
    plain = folded(clause).strip()
    if NO_WISHES.search(plain) or foreign.NAMES_A_FIRM.search(plain) or names_only(plain, things):
        return -4
    groups = sum(bool(pattern.search(plain)) for pattern in _FOR)
    total = (groups + 1 if groups else 0) + (2 if wish.OBLIGED.search(plain) else 0)
    total += min(2, sum(bool(pattern.search(plain)) for pattern in wish.HINTS))
    total -= 3 * bool(foreign.TOLD.search(plain))
    bare = re.sub(r"\([^)]*\)", "", plain)
    total -= 3 * plain.endswith(":")
    total -= 3 * sum(bool(pattern.search(bare)) for pattern in _AGAINST)
    total += 3 * bool(_APART.search(bare) and foreign.MONEY.search(bare))
    total -= 6 * bool(foreign.NEEDLESS.search(plain))
    handed = bool(wish.HANDED.search(plain))
    if not (handed and _NOTICE.search(plain)):
        total -= 3 * sum(bool(pattern.search(bare)) for pattern in (foreign.DATED, foreign.PEOPLE))
        total -= 3 * (not handed and bool(foreign.PLACED.search(bare)))
    if foreign.FIRM.search(plain) and len(plain) < 30 and not wish.OBLIGED.search(plain):
        total -= 3
    if not (
        wish.PAPERS.search(plain)
        or re.search(
            r"^随"
            r"|\bto be\b|配齐?[一两二三四五六七八九十\d]",
            plain,
        )
    ) and is_line(plain):
        total -= 4
    return total


@lru_cache(1_000)
def is_line(plain: str) -> bool:
    """True for a clause that counts or measures out a thing, as an order line does."""
    sized = foreign.SIZED.search(plain) and not (
        wish.OBLIGED.search(plain) or wish.PACKED.search(plain)
    )
    if sized or foreign.COUNTED.search(plain):
        return True
    return bool(re.search(r"[\d一两二三四五六七八九十]", plain) and sentence_lines(plain))


def names_only(plain: str, things: Set[str]) -> bool:
    """True for a clause that is the name of an ordered thing and little else."""
    bare = squeezed(plain)
    return any(
        len(thing) > 1 and thing in bare and len(bare) < 1.6 * len(thing) + 2 for thing in things
    )
