"""Places in Chinese: behind 送到, 发往, 收货地址 and the like; an address goes on behind a"
" comma."""

import re
from collections.abc import Iterator

_TO = r"(?:到|至|往|抵|达|去)"
_VERB = (
    r"(?:送货?|发货?|运|寄|快递|直[送发]|交货?|交付|配送|派送|发运|运输|拉|移|转运|空运"
    r"|海运|进场|卸货?|统一[送发]|改[送发寄运]|搬|换|改|退回)"
)
_BODY = r"[\u4e00-\u9fffA-Za-z\d][\u4e00-\u9fffA-Za-z\d#＃·/\-—（）()]{1,45}?"
_STOP = r"(?=[,，。;；!！?？\n、\s:：]|$|就行|就可|就好|即可|为准|的话|吧|运费|收货|联系|,)"
_SITE = (
    r"(?:[厂园路街道镇乡村区县市省旗州站港矿院楼栋座库仓门号城湾岛桥口校所场店]|工地|项目部"
    r"|现场|码头|本部|总部|中心|公司|基地|车间|料场|收货组"
    r"|备件库|货场|机场|标段|船厂|电厂|大厦|井场|泵站|水厂|分厂|仓储|物流|实验室|产业园"
    r"|工业园|工业城|开发区|高新区|保税区|库房|泊位|船坞|堆场|货栈|校区|医院|工厂|机房|配电房"
    r"|农场|馆|楼|棚|院里|工区|[一二三四五\d]期|大道|道口|乡里|屯|组)"
)
_FOLLOWS = (
    r"(?:[,，:： ](?=[^,，。;；\n]{0,30}(?:\d+号|\d栋|\d#|路|街|大道|园区|产业园|工业园|县"
    r"|镇|\d库|\d楼))"
    r"(?!收货|联系|电话|司机|车|请"
    r"|运费)[\u4e00-\u9fffA-Za-z\d#＃·/\-（）() ]{3,40}(?=[,，。;；\n]|$))?"
)
_ADDRESS = (
    r"(?=[^,，。;；\n]{0,40}(?:[省市县区镇乡村路街道港厂库站岛]|\d号))"
    r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z\d#·\-]{3,40}"
)
"""Words that hold a part of an address."""
_ROOM = (
    r"(?: [\u4e00-\u9fffA-Za-z\d#]{1,14}?(?:[库楼室仓间院厂栋门棚场]|院里|车间"
    r"|工地)(?=[,，。;；\s]|$))?"
)
_LABEL = (
    r"(?:(?:交货|送货|收货|到货|交付|安装|发货|卸货|使用|配送|施工|服务|调试|验收|收件|目的"
    r"|提货|项目|现场|作业|维修)?(?:地点|地址|地|处|仓库?|库房|单位|工地)"
    r"|收货|交货|卸货|到货|送货|送|到站|目的港|卸货港|卸港|地点|Delivery|Ship to|Deliver to|Place)"
)
_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            rf"(?:^|[,，。;；\n])[ \t]*(?:[\d一二三四五六七八九十]+[.、)])?\s*{_LABEL}"
            rf"(?:\([^)\n]*\))?\s*[:：][ \t]*(?P<place>{_BODY}){_STOP}{_FOLLOWS}",
            re.M | re.I,
        ),
        (
            rf"(?:以下|如下|下列|下面"
            rf"|新)的?地址[^:：\n]{{0,30}}[:：\n]\s*(?P<place>{_BODY}(?: {_BODY})?){_STOP}",
            0,
        ),
        (
            rf"(?:{_VERB}|[发寄走用](?:顺丰|德邦|京东|中通|快递|物流|专车|空运|货拉拉)"
            rf"[^,，。?？!！\n]{{0,4}}){_TO}\s*[:：]?\s*(?P<place>(?!付){_BODY}){_STOP}{_FOLLOWS}",
            0,
        ),
        (
            rf"(?:改|换|另|重新|统一)(?:为|成|至)?(?:送|发|运|寄"
            rf"|交)\s*(?P<place>{_ADDRESS}{_ROOM})",
            0,
        ),
        (
            rf"(?:新|老|到|去)的?(?:地方|地址|址|厂|厂区|库|仓库"
            rf"|工地)[ :：]\s*(?P<place>{_ADDRESS}{_ROOM})",
            0,
        ),
        (
            rf"(?:地址|地点|现场|工地|收货地|到货地)(?:是|为|在|设在|位于"
            rf"|就在)\s*(?P<place>{_BODY}{_ROOM}){_STOP}",
            0,
        ),
        (
            r"(?:送|到|去|寄|运|返|拉)(?:到|去|返"
            r"|至)? ?(?P<place>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3})"
            r"(?= ?(?:[个间]?仓|[个间]?厂|地盘|工场|码头|港|那边|交货))",
            0,
        ),
        (
            rf"(?:地址|地点|收货地|送货地|送货|交货地)(?:还是|仍是|仍为|改为|改成|改到|换成"
            rf"|变更为|变更到|是|为|就是|写)(?:送)?(?P<place>{_BODY}){_STOP}{_FOLLOWS}",
            0,
        ),
        (
            rf"(?<![输传配赠直转开出停分派接收拨打想提说轮拿看签])(?:送达?|发|寄|到|运"
            rf"|拉到?)(?:去|回|我司"
            rf"|我们)?(?P<place>(?![货达检审样电到至往过给料帮你付手载输营行作维费算])[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z\d#-]{{1,28}}?{_SITE}"
            rf"(?:[\u4e00-\u9fff\dA-Z#]{{0,10}}{_SITE})?(?:[A-Z]?\d{{1,4}}[号排栋楼层室座#幢区]?)?(?:\([^)\n]{{2,24}}\)"
            rf"|（[^）\n]{{2,24}}）)?)(?=[,，。;；!！\s]|就|的|卸|$){_FOLLOWS}",
            0,
        ),
        (
            rf"在(?P<place>[\u4e00-\u9fff]{_BODY})(?:交货|交付|安装|调试|卸货|验收|施工"
            rf"|收货|现场交|装机)",
            0,
        ),
        (
            r"(?:现场|工地|老地方|一样|不变|相同|地址|地点"
            r"|仓库)[^,，。;；(（\n]{0,6}[(（](?P<place>[\u4e00-\u9fff][^()（）\n]{1,24})[)）]",
            0,
        ),
        (
            r"(?:^|[,，。;；!！\s])(?:请|[两三]批都|都|全部|统一|直接|同样|还是|货|现在|现|快递"
            r"|物流)*(?:送|寄|发"
            r"|运)(?:我们"
            r"|我司)?(?P<place>(?![货达检审样电到至往给过来去现票你我他前时期快一空海顺物个])[\u4e00-\u9fff]{2,14}?)(?:那个点"
            r"|那边|这边|那里)?(?=[,，。;；!！\s\d]|$)",
            re.M,
        ),
        (
            r"(?:[前日号]|之前|[周期][一二三四五六日天])(?:必须|务必|要|全部|一起|统一|直接"
            r"|能|得)*(?:到|送|发|运|寄)(?:到|至"
            r"|往)?(?P<place>(?![货达检齐位厂现账我你贵样完期校场手])[\u4e00-\u9fff]{2,14})(?=[,，。;；!！(（\s]"
            r"|就|$)",
            re.M,
        ),
        (
            r"\b(?P<term>(?:FOB|CIF|CFR|DAP|DDP|FCA|CPT|CIP"
            r"|FAS))\s*(?P<place>[\u4e00-\u9fff]{2,16})(?=[,，。;；\s(（]|$)",
            0,
        ),
    )
)
_END = re.compile(
    r"(?:那个点|这边|那边|那里|这里|门口|厂里|里面|测试环境|安装|调试|交货|收货|签收|验收|即可"
    r"|就行|为准|卸车|的|了|处)+$"
)
_NO_PLACE = re.compile(
    r"^(?:有限|股份)|打来|来电|^[两几多一二三四五六七八九十\d]+[批台套次车]|^(?:过来|过去|出来"
    r"|回来|上来|了|先|就)"
    r"|邮箱|微信|手[里上中]|GitLab|仓库码|什么"
    r"|多少|几天|时间|价|财务|账|我们?这|老地方|贵司"
    r"|你们|(?:^|[^\u4e00-\u9fff])以下|下述|上次|原来|之前|老厂|原址|现在|票|合同|发票|图纸"
    r"|样品|确认|尽快|电话|通知|为止|[年月日号]前|(?<![一二三四五\d])期|质量|客户|要求|标准|以上"
    r"|左右|底$"
    r"|[上下]周|一点|第.[台批车]|快递|物流公司$|顺丰|空运|海运|专车|好|完$|数量|总数"
    r"|(?<!泊)(?<!工)位$|齐|个$",
)
_DENIED = re.compile(
    r"(?:原[约定先来计]*|(?:本来|之前|以前)(?:是|说|写|约定|定)|不再?|别|不要|不用|勿|并?非|不是)"
    r"(?:送|发|运|寄|交货?|拉)?[到至往]?$"
)
"""What stands before a place to which nothing goes, or no longer."""
_TOLD = re.compile(
    rf" ?[:：] ?(?P<place>{_ADDRESS}{_ROOM})(?=[,，。;；\s(（]|$)",
)
"""The address behind the name of a place: "our new store: No. 3, ..."."""
_GENERIC = re.compile(
    r"(?:我们?司?|我方|本|贵|甲方|需方|买方|用户|客户|你们?|他们?|咱们?|我们?的|原|老|各"
    r"|该)?(?:的)?(?:厂区?|库|站"
    r"|仓库?|工地|现场|项目现场|公司|车间|项目|门口|地方|那边|单位|校|港|家|厂家|工厂"
    r"|目的地|指定地点|指定仓库|收货地址"
    r"|使用现场|施工现场)[里内]?"
)


def chinese_places(plain: str) -> Iterator[tuple[int, int]]:
    """Positions of places in the simplified text, surer kinds of writing first."""
    for pattern in _PATTERNS:
        for hit in pattern.finditer(plain):
            start = hit.start("term") if "term" in hit.groupdict() else hit.start("place")
            end = hit.end()
            words = plain[start:end]
            if _DENIED.search(plain[max(0, start - 8) : start]):
                continue
            if "term" not in hit.groupdict() and (told := _TOLD.match(plain, hit.end("place"))):
                yield told.start("place"), told.end("place")
            cut = _END.search(words)
            words = words[: cut.start()] if cut and cut.start() > 1 else words
            named = not _NO_PLACE.search(words) and not _GENERIC.fullmatch(words.strip())
            if named and (re.search(r"[\u4e00-\u9fff]{2}", words) or len(words) > 4):
                yield start, start + len(words.rstrip())
