"""What words tell that a clause is an instruction: duties, papers, packing, making, tests.

All patterns read text that is narrow and has simplified characters.
"""

import re


def _words(*groups: str) -> re.Pattern[str]:
    return re.compile("|".join(groups), re.I)


OBLIGED = _words(
    r"必须|务必|必需|不得|不许|不准|不可(?!抗|能)|不能(?!来|到|等|按时|再)|严禁|禁止|切记"
    r"|切勿|勿|一定要|一定得|请注意|特别注意|千万",
    r"须(?!知)|不要(?!了|急|紧|管|[,。]|$)|别(?:用|给|让|再|忘|把|放|贴|写|印|拆|装|混|带"
    r"|做|弄|的那)|记得|避免|防止",
    r"(?:^|[我们请均都现户])要求(?![日交到供时是见在以看参涉等里如另还待书])|需(?!求|要\d"
    r"|要[一二两三四五六七八九十]|用|方)",
    r"应(?:为|当|有|能|采用|符合|满足|按|在|不)|保证(?!我|金)|确保|归我|归你"
    r"|不用(?=[\u4e00-\u9fff]{2,8}的)",
    r"\bmust\b|\bshall\b|\bshould\b|\b(?:has|have|needs?) to (?!be (?:here|there|delivered"
    r"|with us|on site))\b",
    r"\bto be (?:\w+ly )?(?!delivered|shipped|here|there|confirmed|paid|able|advised|sure"
    r"|agreed)[\w-]*(?:ed|put|cut|kept|made|left|set|ground"
    r"|wound|built|bent|shown|sent|done|free|clean|dry|in|on|of|with|from|as)\b",
    r"\brequired?\b(?! (?:dates?|deliver|quantit|on|by|at|for|before|until)\b)|\bneeds\b"
    r"|\bis needed\b|\bare needed\b|\bmake sure\b|\bensure\b",
    r"\bdo(?:n.t| not)\b(?! (?:know|have|need|worry|hesitate|want|see|think|understand))"
    r"|\bdont forget\b|\bmandatory\b|\bcompulsory\b|\bavoid\b"
    r"|\bnever\b|\bplease (?:note that (?:the|all|each)|do not|mark|pack|put|enclose|add"
    r"|keep|label|wrap|fit|stamp|paint|coat|test|leave)\b",
    r"\bnot acceptable\b|\bnot allowed\b|\bnot permitted\b|\bonly\b|\bis (?:a )?must\b"
    r"|\binsists?\b|\bwants? (?:it|them|the|all|only|no)\b|\bspecified\b|\bmuss\b|\bmüssen\b"
    r"|\bbitte mit\b|してください"
    r"|\bhas to be\b|\bessential\b|\bimportant that\b|\bcan.?t have\b|\bobligator"
    r"|\bsuitable for\b",
    r"^(?:and |but )?no (?!later|hurry|rush|problem|need|mail|other|special|change|question"
    r"|idea|worr|objection|longer|more|reply|answer"
    r"|particular|extra|further|doubt|one\b|price)[a-z-]{3,}",
    r"(?<![个特级类区分辨识差币国性派组甄鉴告离送])别(?!的|人|处|名|看|急|担心|介意|客气|管)",
    r"请(?:勿|把.{1,12}[换改做装放调封锁]|给.{1,8}[装配贴加]|办|派|切|锁|焊|涂|刷|固定|绑"
    r"|垫|盖|换|改|加(?!急|紧)|留(?!意)|选|用|做)",
    r"\bleave (?:off|out)\b|\bleft (?:off|out|open)\b|\bomit\b",
    r"\b(?:please|pls|kindly) (?!(?:also |just |then )?(?:send|confirm|find|let|see|arrange"
    r"|advise|quote|process|book|enter|note|accept|contact|call|reply|get|give|check"
    r"|acknowledge|inform|treat|deliver|ship|dispatch|despatch|supply|provide|refer|return"
    r"|sign|consider|proceed|start|begin|order|look|read|open|take|pass|forward|hold|cancel"
    r"|change|replace|update|correct|register|ignore|excuse|forgive|do|be|try|issue|release"
    r"|submit|invoice|bill|charge|pay|help|tell|answer|come|revert|e-?mail|copy|say|bear"
    r"|feel|keep them|receive|review|understand|allow|plan|schedule|reserve|indicate|offer"
    r"|prepare|make out|state)\b)[a-z]{3,} (?:the|a|an|all|each|our|them|it|both|every|on|in)\b",
)
"""Someone must do or leave something."""

PAPERS = _words(
    r"报告(?!厅)|证书|证明|合格证|说明书|手册|检验单|材质单|质保书|质保卡|保修卡|质证书"
    r"|质检单|(?:检验|检测|试验|测试|出厂|加工|焊接)记录|装箱单|送货单|随货清单"
    r"|图纸资料|随[机货车]资料|易损件清单|备件清单|竣工|接口文档|源码|源代码|产地证|计算书"
    r"|检定|技术资料|合格文件|操作规程|(?:基础|地脚|外形|安装|布置|零件)图|质量计划"
    r"|检验计划|原理图|电气图|接线图|总装图"
    r"|附.{0,6}(?:报告|记录|文件|证|资料|单)|照片|拍照(?:给我|发我|留|确认|存)|视频|MTC\b"
    r"|PPAP|(?-i:(?<![A-Za-z])FAT\b)|(?-i:(?<![A-Za-z])SAT\b)|(?-i:(?<![A-Za-z])COC\b)"
    r"|(?-i:(?<![A-Za-z])SDS\b)",
    r"\b(?:quality|inspection|test|weld(?:ing)?|inspection and test) plans?\b|\bITP\b"
    r"|\brisk assessment|\bfoundation (?:plan|drawing)|\bGA drawing|\blayout drawing"
    r"|\bcertificat\w+|\bcerts?\b|(?-i:\bMTRs?\b)|\bCoCs?\b|\bmanuals?\b|\bdata ?sheets?\b"
    r"|\bdocumentation\b|\bwarranty cards?\b|\btraceab\w+"
    r"|\btest (?:report|record|protocol|curve|chart)s?|\b(?:inspection|dimensional"
    r"|examination|calibration|measuring|alignment|weld)"
    r" (?:report|record|protocol|sheet|map)s?|\bprotocols?\b|\bdeclarations?\b|\bdocs?\b"
    r"|\breports?\b(?=$| (?:in|for|with|per|of|to be|required))"
    r"|\bwith (?:\w+ )?reports?\b|\bpacking lists?\b|\bdelivery notes?\b|\b3\.[12]\b"
    r"|(?-i:\bWPS\b)|\bas-built\b|\bMSDS\b|\bsource code\b"
    r"|\b\w*zeugnis\w*|\bdokumentation\b|成績書|\binstructions? (?:in|manual)"
    r"|\bphotos?\b(?! attached)|\bdrawings? (?:for approval|to be)"
    r"|\bwiring diagrams?\b|\bcircuit diagrams?\b|\bparts? lists?\b|\bcertificado"
    r"|\bcertificat\b|\bcertificato\b",
)
"""Documents that come with goods."""

PACKED = _words(
    r"[袋盒桶卷散]装|每[包箱袋盒托盘卷桶]\d|写.{0,8}[编代料批位]?号(?![线楼])|包装|木箱"
    r"|木架|木框|托盘|栈板|纸箱|打包|缠绕|缠膜|裹|气泡|珍珠棉|泡沫|防震|防潮|防锈"
    r"|防水|防尘|护角|真空包|干燥剂|套袋|封口|封堵|封好|装箱(?!单)"
    r"|标签|吊牌|唛头|铭牌|钢印|标识|打标|标注|注明|写明|写上|二维码|条码|批号|贴(?!现|息)"
    r"|刻(?=[\u4e00-\u9fffA-Za-z ]{1,8})(?!度)|印字|喷码(?!机)|激光打|原样打印|位号|logo"
    r"|商标|熏蒸|堆码|不锈钢带",
    r"\bpack(?:ed|ing|aging|s)?\b|\bcrat(?:e|es|ed|ing)\b|\bpallets?\b|\bboxed\b"
    r"|\bcartons?\b|\bwrapp?(?:ed|ing)?\b|\bboxes\b|\bper box\b"
    r"|\bwooden (?:case|box|crate)|\bISPM|\bsilica\b|\bsea-? ?worthy\b|\blabel(?:led|ed|s"
    r"|ling)?\b|\bbag(?:s|ged)?\b|\bcaps\b|\bplugs\b"
    r"|\bmark(?:ed|ing|ings|s)\b|\bplease mark\b|\bstamp(?:ed|s)?\b|\btag(?:ged|s)?\b"
    r"|\bbar ?codes?\b|\bname ?plates?\b|\bbatch (?:no|number)"
    r"|\bfumigat|\bvacuum-packed\b|\bshrink|\bbubble|\bseparately packed\b|\bindividually\b"
    r"|\bverpack\w*|\bstack(?:ed|ing|able)?\b"
    r"|\b\w*palet\w+\b|\bcapped\b|\b(?:write|print|show|put|engrave|stencil|emboss"
    r"|etch) .{2,40}\b(?:on|onto)\b (?:the|each|every|all|both|top)|\bdesiccant\b"
    r"|\bmoisture|\bprotected (?:by|against|from"
    r"|with)|\bend caps\b|\bstrapped\b|\bbundled\b"
    r"|\bwaterproof\b|\bengrav\w+\b|\bcrate\b|\bheat number|\blogo\b"
    r"|\bserial numbers? (?:on|to)|\bembal\w+",
)
"""Packing and marking."""

MADE = _words(
    r"内衬|衬[胶板塑陶里四]|(?:放|装|开|留|设|布置)在.{1,8}[侧面边端部内外角上下]|(?:改成"
    r"|改为|定为|做到) ?\d|互换|平整|光滑|毛边|飞边|牢固|对中|孔距|保持原|原来的(?:安装"
    r"|接口|尺寸|孔)"
    r"|^(?!.{0,3}[我你您他货钱票单款])[\u4e00-\u9fff]{2,6}用[\u4e00-\u9fffA-Z]{2,8}$"
    r"|材质(?!单)|硬度|表面|颜色|油漆|[灰面底]漆|军绿|喷(?![枪头嘴雾淋码丝射油泉灌])|热浸锌"
    r"|热镀锌|镀[锌铬镍层锡]|发[黑蓝]|阳极|氧化|钝化|酸洗|抛光|拉丝|电泳|磷化|除锈|底漆"
    r"|打磨|倒[角圆]|去毛刺|满焊|焊缝|焊接|焊后|涂层|涂装|涂[防油胶]|膜厚|镀层|淬火"
    r"|渗[碳氮]|调质|回火|退火|时效|热处理|精[磨车加]|粗[磨车]|不锈钢|碳钢|铸钢|锻[件打]"
    r"|铝合金|铜线|铜芯|合金"
    r"|橡胶|硅胶|聚氨酯|食品级|医用级|防爆|防[静护滑腐火错夹松雷晒雨冻]"
    r"|耐[磨腐高低酸碱油温压候]|保温|公差|精度|粗糙度|[位置平面同轴平行垂直圆跳]度(?!假)"
    r"|不确定度|间隙"
    r"|孔位|孔距|尺寸按|[单双]面|进口|国产|品牌|原厂|刹车|急停|报警|信号|遥控|中英文|中文"
    r"|英文|繁体|语言|界面|触摸屏|接口|协议|联锁|限位|程序|注释"
    r"|进线|出线|进出线|上进|下进|代码须|提交到|仓库放|放我们自建|电压|电源|三相|单相|变频|接地"
    r"|噪[声音]|寿命|内壁|内胆|密封圈?用|花纹|加[长高厚宽固]"
    r"|朝[左右上下内外]|朝.{1,6}方向|预留|余量|留.{0,6}(?:孔|长|mm|米|余)|反向|镜像|左右对称"
    r"|左[侧边手]|右[侧边手]|[浅深]?[灰黑白红黄蓝绿橙银]色|桔黄|橘黄|浅灰|深灰|桔红|灰白"
    r"|SUS|(?<![\dA-Za-z-])(?:201|304L?|316L?|430|2205)(?!\d|[-/x×])|Q[23][35]5|45#"
    r"|盐雾|润滑[脂油]|防锈油|覆盖率|单元测试|达到|\d.{0,5}以[上内下]"
    r"|[长宽高厚深径][度径]?.{0,4}(?:做|改|加|定|不)|做成(?!.{0,3}一样)|做到(?!.{0,3}一样)"
    r"|高强度|加强|[^\d]级(?:别|的|以上)|等级"
    r"|(?:用|要|换|选|配|采用|选用|换成|改成).{1,12}[^目好快急真老谢]的$|采用|选用|改用"
    r"|盲板|垫片一起|法兰按|冷却|动平衡",
    r"\bRAL ?\d{4}|^(?!.*\d ?(?:pcs|nos|sets)).{0,24}\b(?:to be|in|of|from) (?:C\d{3}"
    r"|[A-Z]{2,5}\d{1,4}[A-Z]?"
    r"|bronze|brass|copper|nylon|PTFE|teflon|PVDF|PVC|HDPE|UHMW|EPDM|NBR|viton|FKM|titanium"
    r"|duplex|hastelloy"
    r"|hardox|alumini?um|oak|plywood)\b|\bconnections? (?:DN|G|NPT|PN)|\bplastic in contact\b"
    r"|\bRa ?[<≤]?\d|\bRa\b|\bHRC\b|\bHB ?\d|\bIP ?\d\d\b|\bpaint(?:ed|ing)?\b"
    r"|\bcoat(?:ed|ings?)?\b|\bgalvani[sz]ed?\b|\bprimer|\bprimed\b"
    r"|\banodi[sz]ed?\b|\bplated\b|\bchrom(?:e|ed|ing)\b|\bnickel|\bzinc|\bpassivat|\bpickl"
    r"|\bpolished\b|\bfinish(?:ed)?\b|\bhardened\b|\bheat[- ]treat|\btempered\b"
    r"|\bstainless\b|\bcast (?:steel|iron)|\bwetted parts\b|\bcolou?rs?\b"
    r"|\bfood[- ](?:grade|safe)\b|\bhalogen\b|\bFDA\b|\bATEX\b|\bEx ?d\b|\bzone \d"
    r"|\broughness\b|\bsurface"
    r"|\bresistant\b|\bconductive\b|\btoleranc|\bcorrosion|\brust|\bweld(?:s|ed|ing)?\b"
    r"|\bgrease[ds]?\b|\bdegreas|\bdeburr|\bchamfer|\bmachined\b|\bground\b|\bthread(?:s|ed)\b"
    r"|\bdrilled\b|\btapped\b|\bblasted\b|\bsealed\b|\binsulat|\blined\b|\bsterili"
    r"|\bcleaned\b|\bdried\b|\boiled\b|\bpre-?(?:wired|assembled|set|drilled|mounted|programmed)\b"
    r"|\bheat cut\b|\bbio ?oil\b|\bfilled with\b|\bfitted with\b|\bequipped with\b"
    r"|\b(?:left|right)[- ](?:hand )?side\b|\b(?:left|right)-hand|\bvoltage\b|\binterlock"
    r"|\bfasten|\bdrained\b"
    r"|\bfrom (?:below|above|the (?:left|right|side|rear|top|bottom|back))\b"
    r"|\bon top(?! of)|\bon the (?:left|right|inside|outside)\b|\bface (?:up|down)"
    r"|\blifting (?:lugs|eyes|points)"
    r"|\b\d{2,3} ?V(?:AC|DC)?\b|\b\d+ ?Hz\b|\bthree[- ]phase\b|\bsingle[- ]phase\b|\b3ph\b"
    r"|\bmicrons?\b|\bwithstand\b|\bintrinsic|\blow noise|\bsmooth|\b(?:adjust|remov|detach"
    r"|lock|interchange|wash|fold|demount)able\b|\bhinged\b|\bearthing\b|\bkeys (?:for"
    r"|per)\b|\bA[24]-\d\d\b|\b(?:8\.8|10\.9|12\.9)\b|\bcritical\b|\b100 ?% (?:check"
    r"|inspect)|\binstead of\b|\bexplosion[- ]?proof|\bflame-?proof|\bII[ABC]\b|\bEx e"
    r"|\bsharp edges"
    r"|\bin (?:english|german|french|polish|spanish|dutch|chinese|portuguese|italian"
    r"|russian|turkish|arabic|czech|swedish|japanese|korean)\b|\bmultilingual\b"
    r"|\b(?:english|german|french|polish|spanish|portuguese|italian) (?:and|or|language"
    r"|manual|version)|\bbilingual\b|\bhand ?wheels?\b|\bdrain\b|\blackier\w*|\bverzink\w*"
    r"|\bunit tests?\b|\bcoverage\b|\bcomments in\b|\bGPL\b|\binto our git\b"
    r"|\bsource code\b|\bsubstitut|\bequivalents?\b|\bwiring\b|\bcircuit|\bfirmware\b"
    r"|\bsoftware\b.{0,20}\b(?:must|version)"
    r"|\bbrand\b|\bgenuine\b|\boriginal parts?\b|\boem\b|\bblack|\byellow|\bblue\b|\bred\b"
    r"|\bgreen\b|\bgr[ae]y\b|\borange\b|\bshore\b|\bsubmersible\b|\boutdoor|\bindoor"
    r"|\bsilicone\b|\bgasket material\b|\brubber lined|\bmirror\b|\bgrounded\b|\bearthed\b"
    r"|\bsafety shoes\b|\bspare keys\b|\b(?:guard|interlock)s?\b"
    r"|\bat least\b|\bnot? (?:higher|taller|heavier|more|less|longer|wider|larger) than\b"
    r"|\b(?:better|less|more|higher|lower|below|above|under) than? ?\d|\bmax(?:\.|imum)? \d"
    r"|\bmin(?:\.|imum)? \d",
    r"[≥≤±]|不[低大高]于|不小于|不超过\d|至少(?!提前)",
    r"[厚薄长短大小高低宽窄粗细硬软密结]实?一?[点些](?!时)|换成|钥匙|门锁|墨绿|观察窗"
    r"|\bgalv\b|\bcut (?:in|to|into)\b|\bfood quality\b|\bclearance\b",
    r"打砂|喷丸|抛丸|[面防涂漆]层?处理|加(?!工|急|班|快|价|微|入|上|起来|密|盖章|你"
    r"|我)[\u4e00-\u9fff]{2,8}$|软件.{0,6}[要能须支]|导出|[要得]能(?!到|来|发)",
)
"""How a thing is made: material, finish, colour, position, limits, power, language."""

NORMS = _words(
    r"\bISO ?\d|\bEN ?\d|\bDIN ?\d|\bASTM\b|\bASME\b|\bAPI ?\d|\bANSI\b|\bIEC ?\d"
    r"|\bGB ?/?T? ?\d|\bJB/?T? ?\d|\bHG/?T? ?\d|\bNB/?T|\bSH/?T|(?-i:\bCCS\b)|(?-i:\bABS\b)"
    r"|\bDNV\b"
    r"|\bLOLER\b|\bPUWER\b"
    r"|(?-i:\bUL\b)|(?-i:\bCSA\b)|(?-i:\bCE\b)|(?-i:\bPED\b)|\bNACE\b|\bAS/?NZS\b"
    r"|(?-i:\bJIS\b)|(?-i:\bAWS\b)|(?-i:\bREACH\b)"
    r"|\bRoHS\b|\bNFPA\b|\bIE[345]\b|CMA章|\bWRAS\b|(?-i:\bNSF\b)|\bOSHA\b|\bBS ?\d|\bHALAL\b"
    r"|\bGOST\b|(?-i:\bEAC\b)",
    r"按(?:照)?.{1,16}(?:标准|规范|图(?:纸)?(?:\(|$|加工|做|制)|协议执行"
    r"|(?<!按此)(?<!按以上)(?<!按上述)执行|管理|验收)|符合|标准(?:执行|验收|制造)"
    r"|[国美欧德日部行]标|按附图|型式认可|船检|认证",
    r"\baccording to\b(?! (?:our|your|the) (?:order|offer|quot|it|policy))|\bacc\. to\b"
    r"|\bas per (?!yo)|\bin accordance with\b|\bto standard\b|\bconform(?!al)"
    r"|\bin compliance|\bapproved by\b|\bper our\b",
)
"""Norms and rules that a thing or the work keeps to."""

TESTED = _words(
    r"试验(?!室|机|台)|试压|打压|检验(?!科|员)|检测(?!站|中心|有限|仪)|测试(?!环境|台|仪)"
    r"|探伤|校准|标定|试机|试灌|试[装运拼切]|预装|预拼|气密|水压|盛水|静载|磨合|老化|预验收|监造"
    r"|着色|超声|磁粉|射线|[RUMP]T探|首件|样件|封样|第三方|持证|[要须需]有.{0,4}证"
    r"|持.{1,8}证|资质|特种作业"
    r"|培训(?!中心)|动火|受限空间|安全帽|保险(?!丝)|安全教育|自带|自备|签样",
    r"\b(?:pressure|leak|hydro(?:static)?|load|ultrasonic|factory|routine|type|MPI"
    r"|dye)[- ]?(?:penetrant )?test\w*|\bCMM\b|\bpre-?shipment\b|(?-i:\bSGS\b)|\bTÜV\b"
    r"|\bthird[- ]party\b"
    r"|\btest(?:ed|ing|s)?\b(?! (?:stand|bench|rig))|\binspect(?:ed|ion)\b|\bbalanced\b"
    r"|\bbalancing\b|\bcalibrat\w+|\bwitness\w*|\bX-?ray|\bNDT\b|(?-i:\bMPI\b)|\bpurged\b"
    r"|\bcheck(?:ed)? for\b|\bmeasured at\b|\btraining\b"
    r"|\bborescope|\binduction\b|(?-i:\bPPE\b)|\bfirst article\b|\bpassivated\b|\bcrack",
    r"派.{0,6}(?:熟手|师傅|工程师|技术员|有经验)",
)
"""Trials, inspections, and what people at the work must have."""

HANDED = _words(
    r"(?:提前|[送发到来进].{0,6}[前之]|之前|前[一两二三][天日]|车到).{0,14}(?:打.{0,5}电话"
    r"|电话|通知|联系|告知|报|预约|call|知会)",
    r"先(?:打|给).{0,6}电话|先.{0,4}(?:电话|联系|通知)|尾板|叉车|吊车卸|卸货|立放|平放"
    r"|分[开别][发送打装包交开]|不能?收货|才能?收货|收货时间|厢式|平板车|高栏车|限高|只能进"
    r"|带走|保留|垫(?!片|铁|圈|付)|轻放|防雨|发空运|走空运|走海运|原包装|配齐|一起[供发带]"
    r"|单独[装包发裹打]|随主机|分批装|勿压|禁压|倒置",
    r"\b(?:call|phone|ring|notify|inform|advise|ring up|text)\b.{0,60}\b(?:before|prior"
    r"|ahead|in advance|beforehand)\b|\btail-?lift|\bfork-?lift|\bunload"
    r"|\bbefore (?:closing|shipping|shipment|dispatch|despatch|sending)\b"
    r"|\bby air (?:cargo|freight)\b|\bby courier\b|\bby sea freight\b|\bkeep (?:dry"
    r"|upright)|\bupright\b|\b(?:delivery|receiving|unloading|goods-?in) (?:hours|slots?"
    r"|times?|only)\b|\bbetween \d+.{0,12}\band\b|\bdriver must|\bside-?loader"
    r"|\bseparate(?:ly)? (?:packing|invoices?|pallets?|deliver|box)|\bno (?:partial|part"
    r"|wooden|plastic)\b|\bcurtain|\bno substitutions?\b|\bone-way\b|\bmobile crane\b"
    r"|\brigid (?:truck|vehicle)|\bhiab\b|\bbook(?:ed)? in\b",
)
"""How goods are handed over: a call before, the unloading, hours, kinds of vehicles."""

ADDED = _words(
    r"^(?:都|全部|均|统一|所有.{0,6})?(?:要)?[带配](?:有|上|齐|好)?(?!件|合|送|套数|置|额"
    r"|货|方|过来|给|EP|\d)[\u4e00-\u9fffA-Z]{2,}",
    r"(?:要|须|需|都|均|不要|不|请)[带配附](?!件|合|送|货)|随[货机车附]|(?:^|并|均|须|要|需"
    r"|请)附(?!件|近|上|表)|[\u4e00-\u9fff]配[\u4e00-\u9fff]{2,}$|各[一两二三\d]+份"
    r"|一式.{1,2}[份联]|另配|配套供",
    r"\bincl(?:uding|\.|usive)? (?:of )?(?:the )?(?:manual|cert|gasket|bolt|plug|spare"
    r"|cable)|\bto be included\b|\bcomes? (?:complete )?with\b|\bsuppl(?:ied|y) with\b"
    r"|\bcomplete with\b",
    r"^(?:and |all |each |both |but )?with (?!best|kind|warm|regard|reference|thanks"
    r"|respect|this|our\b|your\b|us\b|you\b|the (?:order|following|below|next))[a-z\d]"
    r"|^without (?!any|further|delay|prejudice)[a-z]",
    r"备件一套|备件.{0,4}随|^随",
    r"带[\u4e00-\u9fff]{1,8}(?:装置|功能|开关|接口|传感器|[阀孔轮盖灯锁架座口器表刷板罩])"
    r"|配(?:齐)?[一两二三四五六七八九十\d]+[套个只副把]",
)
"""What comes along with a thing."""

HINTS = (
    re.compile(r"\bplease\b|\bpls\b|\bkindly\b|请|麻烦|劳烦|烦请|\bbitte\b", re.I),
    re.compile(
        r"^(?:please |kindly |and |also )*(?:use|keep|leave|supply|provide|include|fit|add"
        r"|put|give|make|send us|build|drill|cut|fill|run|apply|choose|take care|bring|hold"
        r"|store|handle)\b"
        r"|^(?:所有|全部|每[台件个套箱根批只]|各|均|都|统一)",
        re.I,
    ),
    re.compile(r"^(?:all|each|every|both|any|the same|same) \w+", re.I),
    re.compile(
        r"\d ?(?:mm|cm|µm|um|bar|MPa|kPa|psi|°C|℃|kW|kN|Nm|dB|lux|rpm|L/min|m3/h|目|度|丝"
        r"|道|遍|级|kg)(?![A-Za-z])|\b\d+ ?%|\b\d+ ?(?:deg|degrees)\b|M\d{1,2}\b",
        re.I,
    ),
    re.compile(
        r"[\u4e00-\u9fff](?:要|用|做|换|选|留|加|改)(?!求|货|点|是|时|么|快|到"
        r"|的时)[^,。]{1,12}$|[^\d]的$"
    ),
)
"""Weaker signs: the form of a request, all or each of the things, a measure, how it is done."""
