"""Where goods shall be delivered, in the words of the mail."""

import re

from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

_SITE = (
    r"(?:[厂厰廠库仓园路镇区县市站港矿院楼栋州门]|工地|项目部|现场|码头|本部|中心|公司|基地|车间"
    r"|料场|收货组|备件库)"
)
_TERM = r"(?:FOB|CIF|CFR|DAP|DDP|FCA|CPT|CIP|DAT|DPU|FAS)"
_ZH_CLEAR = re.compile(
    r"(?:(?:送货?|发货?|运|寄|快递|直送|交货?)(?:到|至|往)|送达|到货地点|目的地)\s*:?\s*"
    r"(?!货|达|检|审|样|电|现在|时间)([\u4e00-\u9fff][^,。;!?\n]{1,45}?)"
    r"(?=[,。;!?\s]|就|的?话|$|运费|收货|联系)"
)
_ZH_SITE = re.compile(
    r"(?<![输传配赠直转开出])(?:送|发|寄|到|运)(?![货达检审样电到至往过给])"
    rf"([\u4e00-\u9fff][\u4e00-\u9fff\w#-]{{1,24}}?{_SITE}(?:[\u4e00-\u9fff]{{0,6}}{_SITE})?(?:\([^)\n]{{2,24}}\))?)"
    r"(?=[,。;!?\s]|就|的|$)"
)
_ZH_BARE = re.compile(
    r"(?:^|[,。;!\s])(?:请|都|全部|统一|直接|同样|货)?(?:送|寄|发|运)"
    r"(?![货达检审样电到至往给过来去现票你我他前时期快一])([\u4e00-\u9fff]{2,10})(?=[,。;!\s\d]|$)",
    re.M,
)
_ZH_BY_DAY = re.compile(
    r"(?:前|日|号|之前)(?:必须|务必|要|全部|一起|统一|直接)*(?:到|送|发|运|寄)(?:到|至|往)?"
    r"(?![货达检齐位厂现账我你贵样完期])([\u4e00-\u9fff]{2,12})(?=[,。;!(\s]|$)",
    re.M,
)
_ZH_NAMED = re.compile(
    r"(?:现场|工地|老地方|一样|不变|相同|地址"
    r"|地点)[^,。;(\n]{0,6}\(([\u4e00-\u9fff][^()\n]{1,24})\)"
)
_ZH_STILL = re.compile(
    r"(?:地址|地点|送货|交货地)(?:还是|仍是|仍为|改为|改成|改到|是"
    r"|为)(?:送)?([\u4e00-\u9fff][^,。;!?\n]{1,30}?)"
    r"(?=[,。;!?\s]|$)"
)
_EN_STILL = re.compile(
    r"\b(?:delivery address|ship[- ]?to|destination|port|place of delivery|delivery)(?: is"
    r"| will be|:)"
    r"(?: now| still)? ((?:our |the )?[A-Z][^,.;\n]{2,50})"
)
_EN_NEW = re.compile(
    r"\bto our (?:new |other )?(?:store|site|works|plant|warehouse|dock),? ([A-Z0-9][^.;\n]{5,60})"
)
_EN_DOCK = re.compile(r"\b((?:same )?(?:dock|yard|site|plant|gate) in [A-Z]\w+(?:, [A-Z]{2})?)\b")
_EN_TO = re.compile(
    r"\b(?:deliver(?:y|ed)?(?: is)? to|delivery address:?|ship(?:ped|ping)?[ -]?to|delivered to"
    r"|destination:?|send (?:it|them|all|everything) to)"
    r"\s*:?\s+((?:our |the )?[A-Z0-9][^.;\n]{2,60})"
)
_EN_SITE = re.compile(
    r"\b(?:at|to|for|on) ((?:our |your )?(?:[A-Z][\w&'-]+ ){1,3}"
    r"(?:works|site|warehouse|plant|factory|yard|lab|terminal|dock|port|quarry|depot|stores|mill)\b"
    r"(?:, (?:[A-Z]\w+|door \w+|gate \w+))*)"
)
_EN_TERM = re.compile(rf"\b({_TERM} [A-Z][\w'-]*(?:[ ,]+[A-Z0-9][\w'-]*){{0,4}}(?:, gate \w+)?)")
_DE_SITE = re.compile(r"\b(?:frei Haus|Lieferung an|nach) ((?:Werk )?[A-ZÄÖÜ][\wäöüß-]+)")
_NO_PLACE = re.compile(
    r"老地方|贵司|你们|我们那|我这|手[里上]|usual|same (?:as|place)|^the plant"
    r"|^our (?:forwarder|agent)|^以下|下述"
    rf"|^(?:EXW|{_TERM})\W*$|^ex works\W*$|^(?:me|us|you)\b|^上次",
    re.I,
)


_PATTERNS = (
    *(_EN_NEW, _EN_TO, _EN_STILL, _EN_SITE, _EN_TERM, _EN_DOCK, _DE_SITE),
    *(_ZH_STILL, _ZH_CLEAR, _ZH_SITE, _ZH_NAMED, _ZH_BY_DAY, _ZH_BARE),
)


def place_in(text: str, labels: tuple[Labelled, ...]) -> Field[str] | None:
    """The named place of delivery, with its Incoterm."""
    said = first(labels, "place")
    if said and (value := _named(said.value)):
        return Field(value, f"text:{said.start}-{said.end}", "label", 0.85)
    plain = narrow(text)
    for pattern in _PATTERNS:
        for hit in pattern.finditer(plain):
            if value := _named(text[hit.start(1) : hit.end(1)]):
                return Field(value, f"text:{hit.start(1)}-{hit.end(1)}", "words", 0.7)
    return None


def _named(words: str) -> str | None:
    """The place without what follows it, or None where the words name none."""
    value = re.split(r"[,，]\s*(?:the |our |please|by |车|请|运费|联系)|\.\s|[。；;]", words)[0]
    value = re.split(r"\s(?:by|before|until|on|at|latest)\s", value)[0].strip(" ,，.")
    return value if len(value) > 1 and not _NO_PLACE.search(narrow(value)) else None
