"""Traditional characters as simplified ones, for the words that rules look for."""

from domain.mail.plain import narrow

_PAIRS = (
    "採采購购資资課课業业務务設设備备處处組组總总經经長长廠厂機机電电鋼钢鐵铁環环儀仪試试驗验實实檢检"
    "測测學学醫医藥药開开發发倉仓庫库運运輸输貿贸貨货請请單单號号訂订聯联絡络師师員员專专產产術术後后"
    "項项計计劃划財财質质車车間间門门馬马陳陈黃黄劉刘張张趙赵吳吴鄭郑許许鄧邓蕭萧葉叶蘇苏盧卢蔣蒋簡简"
    "賴赖鍾钟羅罗謝谢楊杨孫孙馮冯關关龔龚顧顾嚴严韓韩譚谭賈贾鄒邹陸陆龍龙齊齐錢钱紀纪莊庄麥麦饒饶畢毕"
    "溫温連连樓楼馬马鄔邬顏颜龐庞歐欧陽阳圖图紙纸製制會会詢询報报價价敬敬採采購购協协議议書书認认確确"
    "銷销應应數数據据網网絡络軟软體体術术動动壓压氣气飲饮衛卫農农場场園园區区縣县鎮镇鄉乡島岛灣湾廣广"
    "東东華华豐丰興兴達达寶宝順顺鑫鑫億亿聖圣傑杰國国際际電电線线纜缆軸轴閥阀熱热處处煉炼鑄铸鍛锻礦矿"
    "邊边歷历聽听錄录話话來来電电進进貴贵們们爲为與与這这個个請请於于時时間间週周號号後后內内兩两點点"
    "無无樣样條条層层塊块張张處处項项舊旧轉转給给幫帮謝谢煩烦麻麻盡尽緊紧儘尽趕赶賬账戶户額额總总"
    "稅税萬万嗎吗還还沒没當当將将從从類类規规標标準准環环節节慶庆國国誕诞農农曆历臘腊陰阴"
    "厰厂須须證证裝装籤签簽签說说説说為为問问題题現现過过銅铜鋁铝鋅锌鍍镀噴喷塗涂漿浆別别該该對对絕绝緣缘隨随註注範范護护級级廢废橋桥頭头碼码賣卖買买幣币雙双輪轮濕湿燻熏複复誤误變变遲迟"
    "幾几麼么觸触屬属強强彈弹絲丝繩绳鎖锁殼壳滿满麵面寫写貼贴託托盤盘裏里裡里麗丽維维臺台雲云"
)
_TABLE = {ord(old): new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}


def simplified(text: str) -> str:
    """The text with these characters simplified, as long as it was; what is unknown stays."""
    return text.translate(_TABLE)


def folded(text: str) -> str:
    """The text narrow and simplified, as long as it was: the form in which words are looked for."""
    return simplified(narrow(text))
