"""Where goods shall be delivered: behind words of motion, trade terms, labels, in many forms."""

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.places import place_in


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("We need it at our Halifax works by Friday", "our Halifax works"),
        ("It must be in Bilbao until 4 March 2027.", "Bilbao"),
        ("to stand in our teaching hall, via Roma 8, Asti, before term", "via Roma 8, Asti"),
        ("Wanted 7 August 2026, Wick. Bronze only.", "Wick"),
        ("SHIP EVERYTHING TO OUR GOOLE YARD NOT HULL", "OUR GOOLE YARD"),
        ("The truck may go to the new hall: Ruta 11 km 3, Baradero.", "Ruta 11 km 3, Baradero"),
        ("Address: Split North terminal, gate 2, attn. Mr Babic", "Split North terminal, gate 2"),
        ("to Kuopio, latest 3 November. No paint.", "Kuopio"),
        ("I need it latest 2nd of June for Warri as the rains come", "Warri"),
        ("Delivery: end of CW 30, free our works Passau.", "Passau"),
        ("On site Cerro Gris not after May 6.", "Cerro Gris"),
        ("Destination has changed: Amble dock 2 instead of Blyth.", "Amble dock 2"),
        ("The goods go to the customer's site: Elm Dairy, Tain", "Elm Dairy, Tain"),
        ("Unloading at Silo Ost, Hafenweg 4, 4020 Linz", "Silo Ost, Hafenweg 4, 4020 Linz"),
        ("Lieferung frei Haus an Werk Lingen", "Werk Lingen"),
        (
            "Kindly dispatch the goods to our Nashik works on or before 30-06-2026.",
            "our Nashik works",
        ),
        ("Delivery FCA Le Havre. Our forwarder will call.", "FCA Le Havre"),
        ("Delivery: week 32, DAP Gdańsk, ul. Portowa 12", "DAP Gdańsk, ul. Portowa 12"),
        ("Terms: DAP our factory, Hai Duong, Vietnam", "DAP our factory, Hai Duong, Vietnam"),
        ("Goods should land at Jebel Ali latest 15 July.", "Jebel Ali"),
        ("Material should reach Paradip by 3 May", "Paradip"),
        ("They should arrive in Lagos no later than 2 March.", "Lagos"),
        ("Please have it on site in Durban by the 3rd.", "Durban"),
        ("Can you get them up to Mount Isa by 28 August", "Mount Isa"),
        ("delivery mid-May to Salina, KS.", "Salina, KS"),
        ("31.07.2026 to our plant, ul. Lipowa 9, 44-100 Zabrze.", "ul. Lipowa 9, 44-100 Zabrze"),
        ("Delivery to our new store, Unit 9, Mere Estate, Hull", "Unit 9, Mere Estate, Hull"),
        ("Where: Quay Cider Co, Old Maltings, Bude", "Quay Cider Co, Old Maltings, Bude"),
        (
            "Agent is Pearl Cargo, 12 Nanhai Lu, Ningde - FCA there.",
            "FCA Pearl Cargo, 12 Nanhai Lu, Ningde",
        ),
        (
            "our stores moved to Selby last month (Unit 12, Dove Road, YO8)",
            "Selby, Unit 12, Dove Road, YO8",
        ),
        ("Please ship to: Dock 12, Zaandam", "Dock 12, Zaandam"),
        ("They are for the quarry at Larne, by 18 March", "quarry at Larne"),
        ("Lugar de entrega: Planta Quilpué, Valparaíso.", "Planta Quilpué, Valparaíso"),
        (
            "Delivery address:\nBrauhaus Eder GmbH\nSeestrasse 4\n83512 Wasserburg\n\nThanks",
            "Brauhaus Eder GmbH, Seestrasse 4, 83512 Wasserburg",
        ),
    ],
)
def test_a_place_in_latin_letters_is_found(text: str, place: str) -> None:
    found = place_in(text, labelled(text))
    assert found is not None
    assert found.value == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("5月前要到 Tai Po 個倉", "Tai Po"),
        ("送到我司新租的料库：宜兴市官林镇都山路8号（注意门牌）", "宜兴市官林镇都山路8号"),
        ("拉到新地方 亳州谯城区古井镇 酒厂后院里 到了打电话", "亳州谯城区古井镇 酒厂后院里"),
        ("两批都送东胜区汇能煤业地面库房，颜色不限", "东胜区汇能煤业地面库房"),
        (
            "原约定送启东分厂，请改送 南通市通州区五接镇开沙路2号 涂装车间，收货人老陆",
            "南通市通州区五接镇开沙路2号 涂装车间",
        ),
        ("改为送乍浦港三号泊位", "乍浦港三号泊位"),
        ("请于5月3日前运抵梅山港四期", "梅山港四期"),
        ("施工地点在渑池县坡头乡", "渑池县坡头乡"),
        ("收货：东莞市厚街镇桥头路9号", "东莞市厚街镇桥头路9号"),
        ("货送马鞍山。", "马鞍山"),
        ("9月10日前寄到宁波北仑仓库，运费到付", "宁波北仑仓库"),
        ("全部到南京江宁工地（滨溪路3号），车到前打电话", "南京江宁工地（滨溪路3号）"),
        ("现场：上海临港项目部", "上海临港项目部"),
        ("交付至襄阳樊城盛源分厂即可", "襄阳樊城盛源分厂"),
        ("货改送商丘航空港区锦绣路仓储中心7排，收货人李四", "商丘航空港区锦绣路仓储中心7排"),
        ("送貨地址：臺中市梧棲區港埠路88號。", "臺中市梧棲區港埠路88號"),
        ("Delivery：九龍觀塘海濱道工地，7月底前", "九龍觀塘海濱道工地"),
        ("貿易條件 FOB 宁波。", "FOB 宁波"),
        (
            "请改送到以下地址，原仓库装修：\n常熟市支塘镇盛衡路6号 中转仓，收货人小贺",
            "常熟市支塘镇盛衡路6号 中转仓",
        ),
        ("在青岛黄岛车间安装调试", "青岛黄岛车间"),
        ("快递寄济南，收件人小王", "济南"),
        ("发顺丰到石嘴山惠农机修车间，李师傅收", "石嘴山惠农机修车间"),
        ("还是发我们沈庄东集那个点，越快越好", "沈庄东集"),
        ("送到我们嘉禾新厂，嘉禾县序真产业园2栋", "我们嘉禾新厂，嘉禾县序真产业园2栋"),
    ],
)
def test_a_place_in_chinese_is_found(text: str, place: str) -> None:
    found = place_in(text, labelled(text))
    assert found is not None
    assert found.value == place


@pytest.mark.parametrize(
    "text",
    [
        "Linh - Phu Dat Rubber",
        "Please make it for Peru, the mains there are 60 Hz",
        "刚接到溧阳恒川换热技术有限公司的电话，口头下单",
        "顺达货运有限公司 结算组",
        "青川大学 机械与运载工程学院",
        "送至甲方指定地点",
        "就是别往老厂拉了",
        "送到老地方",
        "望于5月20日前送达我库。",
        "机器输送带高度做成680",
        "源码提交到我方GitLab",
        "请送货时带上发票",
        "发票寄给我",
        "货发两批",
        "15号前发过来",
        "今天能发空运？到付也行",
        "货到了先停门口",
        "The dies shall be hardened to 58-60 HRC",
        "送貨前兩日請打電話",
        "Delivery terms: EXW",
        "Delivery to the usual place.",
        "Delivery schedule: as discussed",
        "Please send your offer to Mr. Brown by Friday.",
        "We got your quotation at the fair in Hannover.",
        "Collection ex works by our truck.",
        "The doc must come in Polish language",
    ],
)
def test_words_that_name_no_place_give_none(text: str) -> None:
    assert place_in(text, labelled(text)) is None
