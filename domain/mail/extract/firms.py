"""Company names: by legal form, by trade, by the department behind them, by the sender's domain."""

import re
from collections.abc import Iterator

from domain.mail.extract import legal_forms, signatures
from domain.mail.extract.named_domains import confirms
from domain.mail.message import Address
from domain.mail.plain import narrow
from domain.mail.traditional import simplified

_HAN = r"\u4e00-\u9fff"
_LEGAL_ZH = (
    r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集團公司|控股公司"
    r"|合伙企业"
    r"|\(有限合伙\)|总公司|總公司|分公司|公司)"
)
_HOUSE_ZH = (
    r"(?:集团|集團|研究院|研究所|研究中心|设计院|設計院|大学|大學|学院|學院|职业学校|中学|学校"
    r"|医院|醫院|合作社"
    r"|经营部|經營部|经销部|门市部|加工部|服务部|商行|商店|工贸|工作室|实验室|實驗室|检测中心"
    r"|检验所|测试中心"
    r"|服务中心|维修中心|技术中心|煤矿|铁矿|铜矿|矿山|港务局|水务局|水利局|铁路局|工程局|管理局"
    r"|供电局"
    r"|水电站|发电厂|电厂|水厂|处理厂|污水厂|工程处|管理站|管理处|服务站|泵站|储备库|粮库|冷库"
    r"|事务所|商会"
    r"|協會|协会|学会|基地|农场|牧场|林场|酒店|宾馆|出版社|机械厂|分厂|加工厂|总厂|總廠|製作所"
    r"|廠|厂)"
)
ZH_FORM = rf"(?:{_LEGAL_ZH}|{_HOUSE_ZH})"
_WITH_LEGAL = re.compile(
    rf"[{_HAN}A-Za-z][{_HAN}A-Za-z0-9()·&]{{1,32}}?{_LEGAL_ZH}(?:[{_HAN}]{{2,8}}分公司)?"
    rf"(?!(?:[{_HAN}]{{0,12}})(?:地址|大门))"
)
_WITH_HOUSE = re.compile(
    rf"[{_HAN}][{_HAN}·]{{1,20}}?(?:\([{_HAN}]{{2,6}}\))?[{_HAN}]{{0,8}}?{_HOUSE_ZH}"
    rf"(?![{_HAN}]*(?:地址|大门))(?![{_HAN}])"
    rf"|[{_HAN}][{_HAN}·]{{1,20}}?(?:学院|大学|医院|工程局|研究院|[^出进我你贵该]厂)"
    rf"(?=[{_HAN}]{{2,10}}(?:部|处|科|中心|系)(?![{_HAN}]))"
)
_NO_COMPANY = re.compile(
    r"[出到进我你贵该工钢们]厂$|[贵我本该你][公分总]?司|[去因说]|^上次|^(?:我|贵|你|该|本|各)|按"
    r"|附|请"
    r"|全部|[总分]公司$|地址|还是|新厂$|[一二三四]分厂$"
)
_LEAD = re.compile(
    r"^.{0,12}(?:票开给?|开票(?:给|到|抬头)?|抬头(?:是|为|写|开)?|名称(?:是|为)"
    r"|我们(?:公司)?(?:是|叫)"
    r"|采购方|需方|买方|甲方|订货方)[: \"“]*"
    r"|^.{0,6}(?:叫做?|名叫|招牌是|招牌叫)|^刚?(?:才|刚)?(?:接到|收到|来了)|^受(?!益)"
    r"|^(?:我们?|这里?是|送货?(?:到|至|往)?|发货?(?:到|至|往)|寄(?:到|至|往)?|运(?:到|至|往)|联系"
    r"|我司|是|由|代表?|致|来自|兹有)"
)
_RECEIVES = re.compile(
    r"(?:送货?|发货?|寄|运|交|卸)(?:到|至|往|给)?(?:[\u4e00-\u9fff]{0,6})$|(?:收货(?:单位|方|人)"
    r"|收件人|送达)[:：]?\s*$"
    r"|\b(?:deliver\w*|ship\w*|send|sent|goods|forwarder(?: is)?|carrier(?: is)?|consignee|notify"
    r"|end[ -]user|delivery)\b[^.]{0,20}$",
    re.I,
)
_NO_HOUSE = re.compile(
    r"[0-9]|[到在至把的了与和给从去来]|^(?:今|明|昨|后|上|下|本|这|那)[天周月]|接触|方案|设备"
    r"|附件|备件|主机厂$|原厂|老厂"
    r"|二厂$|三厂$|^.{1,2}厂$|现场|门牌"
)
_TRADES = (
    r"重工|重机|环保|自动化|机械|机电|机床|仪表|仪器|电缆|线缆|印染|纺织|起重|风机|水泵|阀门|轴承"
    r"|特钢|钢铁|钢贸|金属|泵阀|包装|印刷|液压|气动|冷链|制冷|暖通|化工|化学|医药|药业|食品|电气"
    r"|电器|科技|技术|材料|建材|精密|装备|设备|智能|电子|半导体|能源|新能源|光伏|激光|矿业|矿山"
    r"|冶金|铸造|锻造|模具|电力|钢构|船舶|船厂|海工|汽配|汽车零部件|零部件|汽车|仓储|物流|工程"
    r"|建设|建筑|水务|水利|农机|粮机|橡塑|塑胶|塑料|玻璃|陶瓷|木业|家具|木艺|五金|工具|纸业|工贸"
    r"|贸易|实业|工业|信息|网络|饲料|乳品|餐饮|印务|光学|轮胎|水产|齿轮|铸件|电池|锂电|制药|检测"
    r"|精工|制造"
    r"|重装|油脂|染整|皮革|橡胶|涂料|水泥|环卫|园林|幕墙|门窗|电梯|厨具|刀具|传动|电机|照明|光电"
    r"|医疗|器械|生物|环境"
    r"|净化|过滤|干燥|锅炉|热力|燃气|石化|海洋|航空|航天|轨道|车辆|玩具|供热|电梯部件|软件|数控"
    r"|标识|家居|卫浴|日化|种业|包材|模塑|钣金|紧固件|密封"
    r"|[乳酒纸肥药矿糖泵阀管铝铜钢渔农牧林茶面米木胶铸服鞋纺盐蛋肉]业"
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
    r"|电话|邮箱|微信|传真|地址|联系|附件|(?<![电铁])路$|[街巷弄号楼层室]$|大道|员$|[员长工][老小阿].$|老板|师傅|交货|数量|单价|合计"
    r"|经理|主任|工程师|采购员|[一二两三四五六七八九十几][台套件个只]$|[晒咗嘅啲嗰哋]|该|有(?!限)|顺祝|安好|先生|女士|合同"
    r"|报价|月|日|[我你他她您就没了不要送吧]|群$|同意"
)
_ONLY_POST = re.compile(
    rf"[{_HAN}]{{0,8}}(?:代发|秘书处|组委会|专员|助理|主管)|(?:[{_HAN}]{{0,4}}(?:部|科|处|室|课"
    rf"|组|车间|班|办|中心|秘书处|主管"
    rf"|主任|经理|组委会|代发|专员|助理|师|长))"
    r"|.*(?:平台|系统|通知|服务号|公众号)"
)
_FUNCTION = re.compile(
    r"[的了着呢吗吧啊这那被把就也很再又让等么哪谁]|能(?![源动电])|(?<![商协学公])会(?!展)|通过"
    r"|验收|可以|可能|已经|运抵|送到"
    r"|发到|发货|[一二三四五六七八九十\d]+[台套个件只条]|邮件|急用|尽快|撤回|必须|[今明后]天"
    r"|麻烦|辛苦"
)
_SENTENCE = re.compile(r"[,。!?:](?=.)|[。!?]$")
_JA_COMPANY = re.compile(
    r"(?:株式会社|有限会社|合同会社)[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{2,20}"
    r"|[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{2,20}(?:株式会社|有限会社|合同会社)"
)


def legal_names(words: str) -> Iterator[str]:
    """Names with a legal form, the last line first; those to whom goods go come last.

    Names of institutions without one ("…研究院", "…厂") follow behind.
    """
    lines = [(line, narrow(line)) for line in reversed(words.splitlines())]
    receivers: list[str] = []
    for line, plain in lines:
        for start, end in _places(plain):
            bare = _LEAD.sub("", line[start:end]).strip(' ,|/"“”')
            if _NO_COMPANY.search(narrow(bare)) or len(bare) < 3:
                continue
            if _RECEIVES.search(plain[: start + len(line[start:end]) - len(bare)]):
                receivers.append(bare)
            else:
                yield bare
    for line, plain in lines:
        for hit in _WITH_HOUSE.finditer(plain):
            bare = _LEAD.sub("", line[hit.start() : hit.end()])
            lead = plain[: hit.start()] + hit[0][: len(hit[0]) - len(bare)]
            if _NO_COMPANY.search(bare) or _NO_HOUSE.search(bare) or len(bare) < 4:
                continue
            if _RECEIVES.search(lead):
                receivers.append(bare)
            else:
                yield bare
    yield from receivers


def _places(plain: str) -> Iterator[tuple[int, int]]:
    """Where names with a legal form stand in a line, Chinese and Japanese ones first."""
    for pattern in (_JA_COMPANY, _WITH_LEGAL):
        yield from ((hit.start(), hit.end()) for hit in pattern.finditer(plain))
    small = plain == plain.lower() and len(plain) < 60
    even = re.sub(r"^\s*\d{1,2}[.)]?\s", "", plain).title() if small else plain
    for name in legal_forms.named_in(even):
        start = plain.lower().find(name.lower())
        yield start, start + len(name)


def trade_names(words: str) -> Iterator[str]:
    """Chinese names without a legal form that end with a trade: "柳州桂溪风机"."""
    for line in reversed(words.splitlines()):
        for hit in _ZH_FIRM.finditer(narrow(line)):
            name = _LEAD.sub("", line[hit.start() : hit.end()])
            if not _NO_COMPANY.search(name) and not _NO_FIRM.search(name):
                yield name


def signed(tail: str, sender: Address, writer: str) -> Iterator[str]:
    """Firms without a legal form in the closing lines, those nearest to the writer first."""
    found = [part for part in signatures.beside(tail, writer) if not _other(part)]
    han = (_without_department(part) for part in found if re.search(rf"[{_HAN}]", part))
    latin = (part for part in found if not re.search(rf"[{_HAN}]", part))
    names = [name for name in han if _is_firm(name) and not _FUNCTION.search(simplified(name))]
    names += [part for part in latin if signatures.is_latin_firm(part)]
    if not signatures.shows(tail, writer):
        names = [name for name in names if confirms(sender, name) or _looks_like_one(name)]
    yield from sorted(names, key=lambda name: (not confirms(sender, name), _rank(name, writer)))


_HOUSE_EN = re.compile(
    r"\b(?:universit\w+|college|school|hospital|institute|works|mills?|foods?|farms?|brewery"
    r"|brewing"
    r"|dairy|engineering|industries|systems|group|partners|laborator\w+|labs?|castings?|foundry"
    r"|quarr\w+|steel|metals?|tools|pumps|valves|council|authority|board|airport|port|station"
    r"|company|manufactur\w+|fabricat\w+|machin\w+|plastics|packaging|logistics|winery|laundry"
    r"|bakery|mines?|mining|cooperative|society|trust|centre|center|museum|theatre)\b",
    re.I,
)


def _rank(name: str, writer: str) -> bool:
    """Without a writer to stand beside, a name that says what it does comes first."""
    return not writer and not _HOUSE_EN.search(name)


def _looks_like_one(name: str) -> bool:
    """True for a trade or an institution at the end, or two words with capitals."""
    plain = simplified(name)
    if re.search(f"[{_HAN}]", plain):
        return bool(re.search(rf"(?:{_TRADES}|{_HOUSE_ZH})$", plain))
    return len(name.split()) > 1


def _other(piece: str) -> bool:
    return bool(_SENTENCE.search(piece)) or signatures.is_address(piece)


def _without_department(piece: str) -> str:
    """ "沃卓液压采购部" is 沃卓液压; the project office of a builder belongs to its name."""
    name = _BEHIND.sub("", piece)
    office = re.search(r"(?:局|公司|集团|标段?)[^,]{0,6}项目部$", piece)
    return piece if office else name


def _is_firm(name: str) -> bool:
    plain = simplified(name)
    whole = re.fullmatch(rf"[{_HAN}A-Za-z()&]{{4,20}}", plain) and re.match(rf"[{_HAN}A-Z]", plain)
    known = _NO_FIRM.search(plain) or DEPARTMENT.fullmatch(plain) or _ONLY_POST.fullmatch(plain)
    return bool(whole) and bool(re.search(f"[{_HAN}]{{2}}", plain)) and not known


def opening_trade(words: str) -> Iterator[str]:
    """ "澄远乳业均质机坏了": a trade name that begins the message."""
    begin = re.match(rf"\s*([{_HAN}]{{2,5}}?(?:{_TRADES}))(?=[{_HAN}])", narrow(words))
    if begin and _is_firm(begin[1]) and not _FUNCTION.search(begin[1]):
        yield begin[1]


def introduced(words: str) -> Iterator[str]:
    """ "我是澄远五金的小何": the firm as whose man the writer introduces himself."""
    for hit in re.finditer(
        rf"(?:我们?|这里)是([{_HAN}]{{3,12}}?)的[老小阿]?[{_HAN}]{{1,3}}(?![{_HAN}])", words
    ):
        if _is_firm(hit[1]) and not _FUNCTION.search(hit[1]):
            yield hit[1]


def of_buyer(words: str) -> Iterator[str]:
    """The buyer in the notice of a portal: "Aldwark plc has sent you a new order"."""
    for line in words.splitlines():
        hit = re.search(
            r"(?:^|from |by |: )([A-Z][\w&'’.,() -]{2,50}?) (?:has (?:sent|issued|placed)"
            r"|sent you|invites"
            r"|placed|issued)|[“\"「]([\u4e00-\u9fff()（）]{4,30})[”\"」]",
            line,
        )
        if hit:
            yield (hit[1] or hit[2]).strip()


def for_whom(words: str) -> Iterator[str]:
    """ "Order 3 chisels for Tanami Civil.": a name with capitals for which something is ordered."""
    for hit in re.finditer(
        r"\b(?:for|here at|on behalf of|from) (?:us at )?([A-Z][\w&' -]+?)(?:[.,\n]| (?=I\b|we\b))",
        words,
    ):
        if len(hit[1].split()) > 1 and signatures.is_latin_firm(hit[1]):
            yield hit[1]


def of_display(name: str, sender: Address) -> str | None:
    """The company in a display name such as "岑川工程-物资"; None where it names no company."""
    if confirms(sender, name) and not re.search(r"weekly|news|daily", name, re.I):
        return name
    words = re.split(r"[-—_\s(（/|·]+", narrow(name).strip(" \"'"))
    for word in words:
        if _is_firm(word) and not re.search(r"平台|系统|中心$|通知|组委会|群$|服务", name):
            return word
    return None
