"""Words of a thing parted into its name and its model: "液压站 HX-200B/3", "guard KG-80"."""

import re

MODEL = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9./×x*ΦφøØ{$-]*[\d{])(?:"
    r"[A-Z]{1,8}[A-Za-z]{0,3}[-/.]?\d[A-Za-z0-9]*(?:[-/.×x*][A-Za-z0-9]+)*"
    r"|[A-Z]{2,}(?:-[A-Z0-9]+)+(?:/[A-Z0-9]+)?"
    r"|[ΦφøØD]?\d+(?:\.\d+)?(?:[×x*][ΦφøØ]?\d+(?:\.\d+)?)+(?:-\d+)?"
    r"|[ΦφøØ]\d[\w×./-]*|[A-Z]{2,4}-[{$][^\s,，。]+|DN\s?\d+"
    r"|\d{1,2}[A-Z]{1,4}\d{0,3}-\d[A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*"
    r"|\d{1,3}(?:-\d{1,3}){1,2}[A-Z]{0,2}(?![\w-]))"
)
_SMALL = re.compile(r"(?<![A-Za-z\d])[a-z]{1,4}-?\d[\w.-]{0,12}(?![\u4e00-\u9fff]{0,2}[寸])")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SHORT = re.compile(r"[键轴泵阀门灯锁锤架网链辊销垫钉板管桶罐]")
"""Things with a name of one character."""
_LABEL = re.compile(r"^(?:型号(?:规格)?|规格(?:型号)?|图号|编号|品名|名称|货物|数量)\s*:?\s*")
_TAIL = re.compile(
    r"(?:给我|麻烦|再?给?我们?|先|共计|一共|总共|合计|数量|订购|采购|需求?|需要|定了|改?做|制作"
    r"|加工|再?加"
    r"|再?要|再?来|再?订|再|(?<!开)[再补]?[发寄送]|[…·_.]{2,}|各|共|计|买|也|那[个种款]|[—–-]{1,3}|约|:"
    r"|的|[×x*])+$"
)
_HEAD = re.compile(
    r"^.*?(?:(?:委托|请|拟|让|麻烦).*?(?:报(?:一?下|个)|加工|制作|生产|承做|承制|开发|供应|提供)|订购|采购|需要|定购|购买|下单|追加|再要|加订|求购|我们?要|给我|还?[差缺]|补发|买"
    r"|订(?!书)|要|来|做"
    r"|那个)\s*:?\s*"
)
_HEAD_ONLY = re.compile(
    r"^(?:[贵你][司厂家]的|贵公司的|你们的|要|订|来|做|先|再|和|及|与|以及|另加|再加|另外?|还有?|外?加上?"
    r"|顺[带便]|另?请(?:加配|配|加)|需?定制(?=[\u4e00-\u9fff]{2})|配套?(?=[\u4e00-\u9fff]{3})|搭个?|这批|那个|那款|一批|[‘“\"「]|[上那]次(?:那[种批个])?的"
    r"|同样的|个(?=[\u4e00-\u9fff]{2})|附(?=[\u4e00-\u9fff]{2})|上(?=[两几])"
    r"|把(?=[\u4e00-\u9fff]{2}))+"
)
NO_NAME = re.compile(
    r"我|你|您|请|这|已|[贵敝][司公厂]|图纸|附件|^(?:材质|外径|内径|厚度|长度|直径|热处理|表面"
    r"|颜色|电压|功率|孔径|壁厚)|[吧呢吗]$|^.{1,2}色的?$|了$|^共|每|其中|第|^到|左右|大概|注意"
    r"|^[一二两三四五六七八九十\d]+[条根台套个件只块张片]$|多少|^几|有没有|什么|^(?:恕|只|仅|若|目前|暂|拟)"
    r"|^如(?:可|果|有|能|需)|^[能是]否|^可以|^本[所院校组]|^负载$|^[一每]天|^[用装放]在|^后期|^以后|^可能|^照[样旧]"
    r"|[?？]|收到|用[一两]?备$|^前(?:天|面|者|期|次|回|$)"
    r"|^[高长宽](?=[\d约度]|$)|提前|(?<!售)后$|之[前后内间外]|现在|一共|总[共计价额数]|剩|数量|价"
    r"|^[上下](?:次|回|个?月|周|面|午|头|$)|时间|日期|急需|转让|^按|还是|或者|提交"
    r"|^\d(?![\d.+]*(?:吨|米|寸|尺|层|位|轴|芯|升|[kK]W|kg|[TtmLVA]|mm|\d)[\u4e00-\u9fff]{2})"
)


PAPER_NUMBER = re.compile(
    r"(?:(?:采购|加工|生产|销售|供货|委托)?(?:合同|订单|采购单|加工单|委托单|工单|工令|任务单|单号)"
    r"|P\.?O\.?)(?:编?号)?\s*[:#]?\s*(?=[A-Z\d-]*\d{3})[A-Z][A-Z\d-]*"
)
"""The number of an order or a contract: no type number, and its name is no thing."""
_HANDED_OVER = re.compile(
    r"(?:我们|我司|我厂)?(?:还是|已)?(?:决定|打算|准备|想)?(?:交给|委托|请|由)(?:你们|贵[司厂]|您)"
    r"[^,;]{0,4}(?=,|$)"
)
"""Who is to make a thing, told behind it."""
_WITH = re.compile(r"(?:不?含|配|带|附)(?!件|套)")
"""Begins a piece that describes the thing named before."""


def chinese_thing(before: str) -> tuple[str | None, str | None]:
    """Name and model in the words before a quantity; a piece that names nothing is passed over."""
    inner = re.search(r"\(([^()]*)\)\s*$", before)
    model: str | None = None
    if inner:
        hit = MODEL.search(inner[1])
        model, before = (hit[0] if hit else None), before[: inner.start()]
    before = _HANDED_OVER.sub("", PAPER_NUMBER.sub(" ", before))
    pieces = [piece.strip() for piece in re.split(r"[,、:!?]|但|(?<=了)\s", before)]
    numbered = any(MODEL.search(piece) for piece in pieces[:1])
    pieces = [re.sub(r"^\(?\d{1,2}\s*[)、]\s*", "", piece) for piece in pieces]
    told = [one for n, one in enumerate(pieces) if not (n and numbered and _WITH.match(one))]
    for piece in [one for one in reversed(told) if _TAIL.sub("", one)][:4]:
        labelled = _LABEL.match(piece)
        words = _TAIL.sub("", _LABEL.sub("", piece)).strip()
        name, found = _parted(words)
        coded = labelled and re.match(r"[型规图编]", labelled[0])
        model = model or found or (words if coded and not name else None)
        if coded and found:
            continue
        if name:
            return name, model
    return None, model


def _parted(words: str) -> tuple[str | None, str | None]:
    """The first word as the name and what specifies it as the model."""
    hit = MODEL.search(words) or _SMALL.search(words)
    left = words[: hit.start()] if hit else words
    right = words[hit.end() :] if hit else ""
    name = _name(left) or _name(right.removeprefix("型").removeprefix("的"))
    if hit is None:
        return name, None
    return name, hit[0]


def _name(words: str) -> str | None:
    for word in _with_latin(words.strip().strip("()[]").split()):
        plain = re.sub(r"^.*那[台个种款套条批只件块]", "", _HEAD.sub("", word) or word)
        plain = _HEAD_ONLY.sub("", plain).strip("()[]-—的")
        if (2 <= len(plain) <= 24 or _SHORT.fullmatch(plain)) and not NO_NAME.search(plain):
            return plain
    return None


def _with_latin(words: list[str]) -> list[str]:
    """The words; Latin ones stay together, the first with the word behind them: "OPC 网关"."""
    joined: list[str] = []
    for one in words:
        latin = joined and _LATIN.fullmatch(joined[-1].split()[-1])
        if latin and (_LATIN.fullmatch(one) or len(joined) == 1):
            joined[-1] += f" {one}"
        else:
            joined.append(one)
    return joined


def listed_thing(words: str) -> tuple[str | None, str | None]:
    """Name and model of a row that holds nothing else: what follows the name is the model."""
    parts = _TAIL.sub("", words.strip()).split()
    if not parts:
        return None, None
    parts = _with_latin(parts) if _LATIN.fullmatch(parts[0]) else parts
    if re.search(r"[A-Za-z\d]", parts[0]):
        name, model = _parted(parts[0])
        if name is None and model is None and re.search(r"[\u4e00-\u9fff]{3}", parts[0]):
            name = parts[0]
        rest = parts[1:] if MODEL.search(parts[0]) else []
        return (
            (name, " ".join([model or "", *rest]).strip() or None)
            if name
            else (None, " ".join(parts))
        )
    name = _HEAD_ONLY.sub("", _LABEL.sub("", parts[0])).strip("()[]")
    spec = " ".join(part for part in parts[1:] if _LABEL.sub("", part))
    return name or None, _LABEL.sub("", spec) or None


_BEFORE_MODEL = re.compile(
    r"([\w\u4e00-\u9fff]{2,24}?)(?:的)?\s*(?:型号|规格|图号)?\s*(?:是|为)?\s*:?\s*$"
)
"""The thing before its type number: "搅拌机 JB-5", "搅拌机的型号是 JB-5"."""


def models_of(text: str) -> dict[str, set[str]]:
    """The type numbers that a text gives to things, by every ending of the words before them."""
    found: dict[str, set[str]] = {}
    for hit in MODEL.finditer(text):
        named = _BEFORE_MODEL.search(text[max(0, hit.start() - 40) : hit.start()])
        words = named[1] if named else ""
        for length in range(2, len(words) + 1):
            found.setdefault(words[-length:], set()).add(hit[0])
    return found
