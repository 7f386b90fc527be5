"""Wording that stops an order, a line or a work, puts it off, or parts its delivery."""

import re

_ORDER_ZH = r"(?:订单|合同|单子|这[张个]?单|整单|采购单|PO\b|SO-[\d-]+)"
_END_ZH = r"(?:取消|终止|解除|作废|撤销|作罢|撤单|撤回|不要了|不做了|不订了|不再执行|不再履行)"
_LINE_ZH = r"(?:里|中|的|第|那项)"
CANCEL_ORDER = re.compile(
    rf"(?:取消|终止|解除|作废|撤销)(?:了|掉)?(?:整个|全部|本|该|这个|这张|此|上述)?(?:订单|合同|单子)(?!{_LINE_ZH})"
    rf"|{_ORDER_ZH}(?!{_LINE_ZH})(?:\([^()]*\))?[^。;,\n第项]{{0,12}}{_END_ZH}"
    rf"|(?:全部内容|全部订单|整单|整[张个](?:订单|合同))[^。;\n]{{0,40}}{_END_ZH}"
    rf"|{_ORDER_ZH}[^。;\n]{{0,40}}(?:就此作罢|整单不要|全部取消|全部终止)|就此作罢"
    r"|(?:终止|取消)(?:了)?(?:本次|此次|这次)(?:采购|订购)|这(?:批货|单货|批)我?们?(?:都|全部?)?(?:不要了|取消)"
    r"|[这此]单(?:就)?撤(?:了|单|销)"
    r"|(?:终止|解除|作废|撤销)[^。;\n]{0,12}(?:全部|整单|合同|订单|\bPO\b)(?!\s*(?:中|里|的?第))"
    r"|订的.{0,14}不要了",
    re.I,
)
CANCEL_ORDER_EN = re.compile(
    r"\b(?:terminate|withdraw|revoke|rescind|annul)\b[^.;\n]{0,30}\b(?:order|contract|PO)\b"
    r"|\bcancel (?:all|everything)\b"
    r"|\bcancel (?:(?:the|this|our|your|my|whole|entire|complete"
    r"|above) ){0,4}(?:(?:purchase )?order|PO|contract"
    r"|SO-\S+)(?! (?:line|item|pos)|[ -]?\S* ?(?:line|item|pos))\b"
    r"|\b(?:order|contract|PO|SO-\S+)\b[^.;\n]{0,60}\b(?:withdrawn|cancelled|canceled|void"
    r"|terminated)\b"
    r"(?! if| unless)|\bcall off the (?:whole |entire )?order\b"
    r"|\b(?:can ?not|can't|unable to|not able to) (?:go on|go ahead|continue"
    r"|proceed) with (?:the|this|our) (?:order"
    r"|contract|project)"
    r"|\bnot (?:to )?(?:go|going|proceed|proceeding) (?:ahead |on )?with (?:the|this|our) order\b",
    re.I,
)
NOT_CANCELLED = re.compile(
    r"(?:不会?|没有?|未|别|并非|否则|不然|如果|要是)[^。,;]{0,8}$|\b(?:not|never|n't|otherwise|unless|if"
    r"|or we)\b[^.;]{0,30}$",
    re.I,
)
HOLD_ZH = re.compile(
    r"(?:先|暂时?|暂且)(?:放一?放|停|缓|搁|空[着著]|留着|压一压|挂着|挂起)"
    r"|(?:先|暂时?)(?:别|不要?|不用)(?:急着)?(?:做|发|生产|投|下料|开工|动|排|送|加工|采购|备|装)"
    r"|请?勿(?:排产|生产|投产|发货|下料|开工)|待定|先保留|暂停|暂缓|停一停|缓一缓|放一放|搁一搁|搁置|停下来|千万别(?:下料|做|发|投)"
)
CAUSE = re.compile(r"业主|甲方|施工|资金|环评|客户通知|因")
ASKING = re.compile(r"请|先|麻烦|烦|务必|千万")
HOLD_EN = re.compile(
    r"\b(?:put|place|keep|leave|kept)\b\s*(?P<kept>(?:[^.;]|\b(?:pos|no"
    r"|sl)\.){0,50}?)\s*\b(?:on hold|open|pending)\b"
    r"|(?:^|[,;:] ?|\b(?:please|pls|kindly|to|must|should|and|immediately) )(?:suspend|pause"
    r"|hold off(?: on| with)?|hold back|stop with|stop|freeze"
    r"|wait with) (?P<stopped>(?!by\b)(?:[^.;,]|pos\.){3,60}?)"
    r"(?=\s+(?:until|till|for now|for the moment|please|as)\b|[.;,]|$)"
    r"|\b(?:do not|don't|not to) (?:yet )?(?:send|ship|start|begin|make|proceed|dispatch"
    r"|deliver|cut|produce"
    r"|release|machine)\b\s*(?:with |on )?(?P<waits>(?:[^.;,]|pos\.){0,50}?)\s*\b(?P<until>yet"
    r"|until|till|before|for now"
    r"|for the moment)\b"
    r"|\b(?:do not|don't) (?:start|begin|proceed)(?: with)? (?P<it>it|this|that|them)\b"
    r"|\b(?:stays?|remains?|is left|still) (?P<kept2>)(?:open|pending|on hold)\b|\bon hold\b"
    r"|(?P<kept3>)\b(?:is |are )?not (?:yet )?released(?: yet)?\b",
    re.I,
)
KEPT_OPEN = re.compile(r"\b(?:shop|works|office|account)s?\b", re.I)
CANCEL_LINE = re.compile(
    r"取消|不要了|不需要了|划掉|删除|删掉|(?:去|砍|撤|拿|免)掉(?![了]?\s?[\d一二两三四五六七八九十])|剔除|不订了|不用(?:做|供|发)了"
    r"|\bcancel(?:led|ed)?\b|\bno longer (?:need|required?|want)"
    r"|\b(?:struck|strike|crossed?) (?:out|off)\b|\b(?:don't|do not|doesn't|does not"
    r"|not) (?:need|needed|require[d]?)\b"
    r"(?=[^.;]{0,40}\bany ?more\b|\s*$)",
    re.I,
)
LEAVE_OUT = re.compile(
    r"\b(?:remove|delete|drop|skip|omit)(?:d|ped|ted)?\b|\b(?:take|taken|leave|left|strike"
    r"|cross) (?:out|off)\b|\bstrike\b"
    r"|\bnot (?:needed|required)\b|\b(?:can|will) do without\b|\bshort[- ]close\b"
    r"|\btake (?=.{2,40}\b(?:off|out of) (?:the |our |this )?(?:order|list|po)\b)"
    r"|免了|不用了|不做了"
    r"|^no\s(?=\w[^.]{3,40}\b(?:please|needed|required|this time)\b)",
    re.I,
)
AFTER_VERB = re.compile(
    r"^(?:了|掉)?\s*(?:the |our |that )?(?P<thing>[^,。;:.]{2,40}?)(?=\s*(?:on|from|of|in|off"
    r"|out of) (?:the |our )?(?:po|order|so-)"
    r"|[,。;:]|\.|$|\s+any ?more|\s+please)",
    re.I,
)
NOT_NOW = re.compile(r"(?:不|别|未|没有?|\bnot|n't|\bnever)\s*$", re.I)
SPLIT = re.compile(
    r"分[两二三四几多2345]?(?:批|车|次)[发送交走运到吧]?|先[发出送交走]\s?(?:\d|[一二两三四五六七八九十])"
    r"|(?:剩下|其余|余下|剩余).{0,14}(?:再|后)(?:发|送|交)"
    r"|\bsplit\b.{0,24}\b(?:deliver|ship|order)|\bin two (?:lots|parts|batches|deliveries"
    r"|shipments)"
    r"|\b(?:third|rest|others?|last one|remainder) can (?:follow|come|wait)\b"
    r"|\bpartial (?:deliver|ship)|\btwo (?:deliveries|shipments)"
    r"|\b(?:rest|balance|remainder|remaining)\b.{0,60}\b(?:later|next|second|by|on|with|in)\b",
    re.I,
)
NO_OBJECT = re.compile(
    r"(?:by|with|because|please|if|any ?more|now|from|at all|as|again|for|it|this|them)\b", re.I
)
OF_ALL = re.compile(
    r"\b(?:of|from) (?:the |our |those )?(?:\w+ )?(?P<thing>[a-z][\w -]{2,40}?)(?= by\b| for\b"
    r"| on\b| at\b| in\b|[,.]| and\b| to\b)"
    r"|(?:\d|[一二两三四五六七八九十])+[台套件个只]的?(?P<thing_zh>[\u4e00-\u9fff]{2,8}?)(?=请|分|先|,|$|\d)",
    re.I,
)
SPLIT_ALLOWED = re.compile(
    r"(?:可以?|允许|同意|能)分批|付款|付清|结算"
    r"|\bpartial\w* \w* ?(?:is |are )?(?:ok|okay|fine|allowed|possible|acceptable)"
    r"|\bship partial|\bpayment\b|\bpaid\b",
    re.I,
)
OURS_ZH = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{2,8}?)(?:由|归|这块|部分)?(?:我们|我方|我司|甲方|业主)(?:这边)?(?:自己|自行)"
    r"(?:来|做|干|负责|解决|安排|搞|弄)"
)
OURS_EN = re.compile(
    r"\b(?:we|our (?:own )?(?:people|fitters|men|team))(?:'ll| will| shall| would)? (?:do"
    r"|handle|carry out|take over"
    r"|take care of|arrange) (?:the )?(?P<thing>[a-z][\w -]{2,40}?) (?:ourselves|themselves"
    r"|on our own)\b",
    re.I,
)
TAKEN_OUT = re.compile(
    r"别|不用|不要|不必|取消|无需|\b(?:no need|not|don't|instead|out of)\b", re.I
)
