"""Company names: by legal form, by trade, by the department behind them, by the sender's domain."""

import re
from collections.abc import Iterator

from domain.mail.message import Address
from domain.mail.plain import narrow

_HAN = r"\u4e00-\u9fff"
ZH_FORM = (
    r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集团|总公司|公司|研究院"
    r"|研究所|设计院|大学|学院|医院|合作社|经营部|经销部|门市部|加工部|工作室|实验室|检测中心"
    r"|维修中心|煤矿|港务局|水务局|水电站"
    r"|工程处|管理站|管理局|管理处|事务所|商行|工贸"
    r"|机械厂|[一二三]分厂|处理厂|加工厂|总厂|廠|厂)"
)
_ZH_COMPANY = re.compile(rf"[{_HAN}][{_HAN}()·]{{1,24}}?{ZH_FORM}(?![{_HAN}]*(?:地址|大门))")
_NO_COMPANY = re.compile(
    r"[出到进我你贵该工钢们]厂$|[贵我本该你][公分总]?司|[去因说]|^上次|^(?:我|贵|你|该|本|各)|按"
    r"|附|请"
    r"|全部|[总分]公司$|地址|还是|新厂$|[一二三四]分厂$"
)
_LEAD = re.compile(
    r"^(?:我们?|这里?是|送货?(?:到|至|往)?|发货?(?:到|至|往)|寄(?:到|至|往)?|运(?:到|至|往)|联系"
    r"|我司|是|由|代表?|致|来自|兹有)"
)
_DELIVERED = re.compile(r"(?:送货?|发货?|寄|运)(?:到|至|往|给)?$")
_TRADES = (
    r"重工|重机|环保|自动化|机械|机电|机床|仪表|仪器|电缆|线缆|印染|纺织|起重|风机|水泵|阀门|轴承"
    r"|特钢|钢铁|钢贸|金属|泵阀|包装|印刷|液压|气动|冷链|制冷|暖通|化工|化学|医药|药业|食品|电气"
    r"|电器|科技|技术|材料|建材|精密|装备|设备|智能|电子|半导体|能源|新能源|光伏|激光|矿业|矿山"
    r"|冶金|铸造|锻造|模具|电力|钢构|船舶|船厂|海工|汽配|汽车零部件|零部件|汽车|仓储|物流|工程"
    r"|建设|建筑|水务|水利|农机|粮机|橡塑|塑胶|塑料|玻璃|陶瓷|木业|家具|木艺|五金|工具|纸业|工贸"
    r"|贸易|实业|工业|信息|网络|酒业|乳业|饲料"
)
_ZH_FIRM = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{2,4}}[{_HAN}]{{0,6}}(?:{_TRADES})(?![{_HAN}])")
_DUTIES = (
    r"(?:采购|设备|技术|外协|工程|生产|保障|物资|供应|供应链|研发|财务|项目|商务|质量|品质|品保"
    r"|机动|仓储|仓库|物控|物流|行政|总装|机修|机加|计划|销售|市场|企业管理|安环|机电|动力|维修"
    r"|后勤|综合|运营|资材|生管|工艺|设计|装配)"
)
_POSTS = r"(?:部|科|处|室|中心|组|课|车间|办公室|办|经理|主管|专员|员|工程师|总监|助理|部长|科长)"
DEPARTMENT = re.compile(rf"{_DUTIES}{{1,2}}[一二三]?{_POSTS}{{0,2}}|总装部|总经办")
_BEHIND = re.compile(rf"(?:{_DUTIES}{{1,2}}[一二三]?{_POSTS}|总装部|总经办|办公室|项目部)$")
_NO_FIRM = re.compile(
    r"谢|祝|商祺|此致|敬礼|顺颂|发自|盼复|敬上|即颂|愉快|您好|你好|烦请|请|收到|确认|订单|发送|手机"
    r"|电话|邮箱|微信|传真|地址|联系|附件|[路街巷弄号楼层室]$|大道|老板|师傅|交货|数量|单价|合计"
    r"|经理|主任|工程师|采购员|[一二两三四五六七八九十几][台套件个只]$|顺祝|安好|先生|女士|合同"
    r"|报价|月|日|[我你他她您就没了不要送吧]|群$|同意"
)
_SENTENCE = re.compile(r"[,。!?:](?=.)|[。!?]$")
_EN_FORM = (
    r"(?:Ltd\.?|Limited|LLC|L\.L\.C\.|LLP|Inc\.?|Corp\.?|Corporation|GmbH(?: & Co\.? KG(?:aA)?)?"
    r"|mbH|e\.K\.|OHG|AG|KG|SE|S\.?A\.?S\.?|SASU|EURL|SARL|S\.à r\.l\.|S\.?A\.?(?: de C\.?V\.?)?"
    r"|B\.?V\.?(?:BA)?|N\.?V\.?|A/S|AS|ASA|AB|Oyj?|ApS|SpA|S\.p\.A\.|S\.?r\.?l\.?|S\.?L\.?(?:U\.?)?"
    r"|Pty\.?(?: Ltd\.?| Limited)|Pte\.?(?: Ltd\.?| Limited)"
    r"|Co\.,? ?(?:Ltd\.?|Limited)|& Co\.?|PLC|plc"
    r"|Sdn\.? Bhd\.?|Bhd\.?|Pvt\.? Ltd\.?|Private Limited|Sp\. ?z ?o\.? ?o\.?|s\.r\.o\."
    r"|spol\. s r\.o\."
    r"|a\.s\.|d\.o\.o\.|d\.d\.|Kft\.?|Zrt\.?|OÜ|UAB|SIA|Lda\.?|Ltda\.?|JSC|PJSC|OOO|Tbk|K\.K\."
    r"|FZE|FZCO|FZ-LLC|W\.L\.L\.|WLL|A\.Ş\.|Ltd\. Şti\.|Company)"
)
_EN_COMPANY = re.compile(
    rf"(?<![\w.])((?:[A-ZÀ-Ž][\w&'’.À-ž-]*|&|of|and|de)(?: (?:[A-ZÀ-Ž0-9][\w&'’.À-ž-]*|&|of"
    rf"|and|de|for)){{0,6}},? {_EN_FORM})(?![\w])"
)
_JA_COMPANY = re.compile(
    r"(?:株式会社|有限会社|合同会社)[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{2,20}"
    r"|[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{2,20}(?:株式会社|有限会社|合同会社)"
)


def legal_names(words: str) -> Iterator[str]:
    """Names with a legal form, the last line first; those to whom goods go come last."""
    lines = [(line, narrow(line)) for line in reversed(words.splitlines())]
    receivers: list[str] = []
    for pattern in (_JA_COMPANY, _ZH_COMPANY, _EN_COMPANY):
        for line, plain in lines:
            for hit in pattern.finditer(plain):
                name = line[hit.start() : hit.end()]
                bare = _LEAD.sub("", name).strip(" ,|/")
                if _NO_COMPANY.search(narrow(bare)) or len(bare) < 3:
                    continue
                lead = plain[: hit.start()] + name[: len(name) - len(bare)]
                if _DELIVERED.search(lead):
                    receivers.append(bare)
                else:
                    yield bare
    yield from receivers


def trade_names(words: str) -> Iterator[str]:
    """Chinese names without a legal form that end with a trade: "柳州桂溪风机"."""
    for line in reversed(words.splitlines()):
        for hit in _ZH_FIRM.finditer(narrow(line)):
            name = _LEAD.sub("", line[hit.start() : hit.end()])
            if not _NO_COMPANY.search(name) and not _NO_FIRM.search(name):
                yield name


def beside_writer(tail: str, writer: str) -> Iterator[str]:
    """Chinese names in a signature: next to the writer's name, or in front of a department."""
    lines = [narrow(line).strip() for line in tail.splitlines() if line.strip()]
    near = {n + step for n, line in enumerate(lines) if writer in line for step in (-1, 0, 1)}
    for n, line in enumerate(lines):
        parts = [part for part in re.split(r"[\s|/,;·—-]+", line) if part]
        own = bool(writer) and n in near and len(parts) <= 4 and not _SENTENCE.search(line)
        for part, following in zip(parts, (*parts[1:], ""), strict=False):
            name = _BEHIND.sub("", part)
            placed = bool(following and DEPARTMENT.fullmatch(following)) or name != part
            if (placed or (own and part != writer)) and _is_firm(name):
                yield name


def _is_firm(name: str) -> bool:
    whole = re.fullmatch(rf"[{_HAN}A-Za-z()]{{4,20}}", name) and re.match(rf"[{_HAN}]", name)
    return bool(whole) and not (_NO_FIRM.search(name) or DEPARTMENT.fullmatch(name))


def of_display(name: str) -> str | None:
    """The company in a display name such as "岑川工程-物资"; None where it names no company."""
    words = re.split(r"[-—_\s(（/|·]+", narrow(name).strip(" \"'"))
    for word in words:
        if _is_firm(word) and not re.search(r"平台|系统|中心$|通知|组委会|群$|服务", name):
            return word
    return None


def by_domain(words: str, sender: Address) -> Iterator[str]:
    """Names in the text that the sender's domain confirms: "Kestrel Ridge" of kestrelridge.com."""
    label = re.sub(r"\.(?:com?|net|org)?\.?\w+$", "", sender.domain.lower()).rpartition(".")[2]
    keys = {re.sub(r"\W", "", label), label.partition("-")[0]}
    keys = {key for key in keys if len(key) >= 3 and not key.isdigit()}
    for line in reversed(words.splitlines()):
        for piece in re.split(r"[,;|(·•]|\s[-–—/]\s|\.\s", line):
            clean = re.sub(r"^\s*\d{1,2}[.)]?\s+", "", piece).strip(" .-–")
            squashed = re.sub(r"[\W_]|\band\b", "", clean.lower())
            short = 1 <= len(clean.split()) <= 6 and not re.search(r"[@:?!/]|www|http", clean)
            if short and any(_same(squashed, clean, key) for key in keys):
                yield clean


def _same(squashed: str, name: str, key: str) -> bool:
    """True where a name begins as the domain does, or is what the domain's letters stand for."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper()).lower()
    begins = len(key) >= 5 and squashed.startswith(key)
    return begins or initials == key or (len(squashed) >= 8 and key.startswith(squashed))
