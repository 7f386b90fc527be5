"""Company and person of the writer, in the signatures of many countries and of hurried people."""

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.parties import Sender, Written, sender_of
from domain.mail.message import Address

OURS = ("测试装备", "Testwerk")


def who(text: str, name: str, address: str, *, subject: str = "", notes: str = "") -> Sender:
    written = Written(text, notes, "", subject)
    return sender_of(written, labelled(f"{text}\n{notes}"), Address(name, address), OURS)


def company(found: Sender) -> str | None:
    return found.company.value if found.company else None


def contact(found: Sender) -> str | None:
    return found.contact.value if found.contact else None


@pytest.mark.parametrize(
    ("closing", "wanted"),
    [
        ("Oskar Lind\nLind & Berg Verktyg AB", "Lind & Berg Verktyg AB"),
        ("Piotr Mazur\nKierownik\nMazur Tokarnia Sp. z o.o. Sp. k.", None),
        ("For ARAVALLI PUMPS PVT. LTD.\nS. Rathore", "ARAVALLI PUMPS PVT. LTD."),
        ("S. Rathore\nFor and on behalf of Aravalli Pump Works", "Aravalli Pump Works"),
        ("Eduardo Luz\nCompras | Luz & Filhos Metalúrgica Ltda.", "Luz & Filhos Metalúrgica Ltda."),
        ("Ayşe Demir\nDemir Kalıp San. ve Tic. Ltd. Şti.", "Demir Kalıp San. ve Tic. Ltd. Şti."),
        ("Jean Roux - Roux Mécanique S.A.S.", "Roux Mécanique S.A.S."),
        ("Tessa Kuyper\nInkoop, Kuyper Machinefabriek B.V.", "Kuyper Machinefabriek B.V."),
        ("Head of Purchasing, Elmgrove Castings plc", "Elmgrove Castings plc"),
        ("Milan Novák / Novák Formy s.r.o.", "Novák Formy s.r.o."),
        ("Wei Jie Tan\nSenior Buyer\nStraits Marine Pte. Ltd., Singapore", None),
        ("Rosa Vidal\nVidal Hornos, S.L.", "Vidal Hornos, S.L."),
        ("Harald Moe\nMoe Verft AS", "Moe Verft AS"),
        ("Dr. Eva Brandt\nBrandt Prüftechnik GmbH & Co. KG\nHRB 7712", None),
        ("Nam Phung\nSaigon Mekong Tools Co., Ltd", "Saigon Mekong Tools Co., Ltd"),
        ("Budi\nPT Surya Baja Tbk", "PT Surya Baja Tbk"),
        ("Ken Ito\nIto Seisakusho K.K.", "Ito Seisakusho K.K."),
        ("Björn\nFiskvinnsla Norðurs hf.", "Fiskvinnsla Norðurs hf."),
        ("Eleni\nKosta Bros. Olive Press G.P.", "Kosta Bros. Olive Press G.P."),
        ("Ann Wray\nElmgrove Dairy Co-op", "Elmgrove Dairy Co-op"),
        ("Faisal\nDesert Pumps Trading (L.L.C.)", "Desert Pumps Trading (L.L.C.)"),
        ("Marge | Storekeeper | Hollow Creek Lumber | 0700", "Hollow Creek Lumber"),
        ("Cheers\nJo\nThornbury Steam Laundry", "Thornbury Steam Laundry"),
        ("Jo Batt, Planner, Thornbury Steam Laundry, Bristol", "Thornbury Steam Laundry"),
    ],
)
def test_companies_of_many_countries(closing: str, wanted: str | None) -> None:
    expected = {
        "Piotr": "Mazur Tokarnia Sp. z o.o. Sp. k.",
        "Wei J": "Straits Marine Pte. Ltd.",
        "Dr. E": "Brandt Prüftechnik GmbH & Co. KG",
    }
    name = closing.split("\n")[0].split(" - ")[0].split(" / ")[0].split(" | ")[0].split(",")[0]
    name = {"Cheers": "Jo Batt", "For ARAVALLI PUMPS PVT. LTD.": "S. Rathore"}.get(name, name)
    found = who(f"Please book the rings.\n\nRegards\n{closing}", name, "a@mail.example")
    assert company(found) == (wanted or expected[closing[:5]])


STOCK = "澄远仪器设备（武汉）有限公司"
TAIWAN = "澄遠精密股份有限公司"


@pytest.mark.parametrize(
    ("text", "name", "wanted", "person"),
    [
        ("请安排。\n\n曲晓 澄远轴承", "曲晓", "澄远轴承", "曲晓"),
        ("老板好，来两套模具\n我是澄远五金的小曲", "小曲", "澄远五金", "小曲"),
        ("付款方式想换一下\n川岭竹制品 曲小曼\n0831-5550", "曲会计", "川岭竹制品", "曲小曼"),
        ("炉子修好了\n焰明热处理 鲁铁山 155", "鲁炉长", "焰明热处理", "鲁铁山"),
        ("麻煩全數更換。\n澄遠電路 設備處 葉國樑", "葉國樑", "澄遠電路", "葉國樑"),
        ("整批退回\n澄遠自行車零件 溫美華", "品保 温美华", "澄遠自行車零件", "温美华"),
        ("受澄远热力有限公司委托采购", "老吴", "澄远热力有限公司", "老吴"),
        ("周五能拉\n澄远表面处理 窦小满", "计划员小窦", "澄远表面处理", "窦小满"),
        ("请安排。\n\n澄远轴承采购部 曲晓", "曲晓", "澄远轴承", "曲晓"),
        ("加急\n表面发黑 其余照旧\n曲晓 澄远齿轮", "曲晓", "澄远齿轮", "曲晓"),
        (
            "发票开给芜湖澄远机电有限公司，谢谢。曲晓波 155",
            "老曲",
            "芜湖澄远机电有限公司",
            "曲晓波",
        ),
        (
            "您好\n澄远仪器设备（武汉）有限公司\n曲晓",
            "曲晓",
            "澄远仪器设备（武汉）有限公司",
            "曲晓",
        ),
        (
            "請安排\n\n澄遠精密股份有限公司\n採購課 簡怡君",
            "簡怡君",
            "澄遠精密股份有限公司",
            "簡怡君",
        ),
        ("望回复。\n\n澄远市粮食储备库\n2026年3月2日", "储运科", "澄远市粮食储备库", None),
        ("请报价\n澄远职业学院实训中心 曲晓", "曲晓", "澄远职业学院", "曲晓"),
        ("澄远乳业的泵坏了，急。", "曲", "澄远乳业", "曲"),
        ("票据已寄。\n联系人：设备科 火经理 0519-88", "设备科", None, "火经理"),
        ("想问下\nMay @ 澄遠餐飲", "阿May", "澄遠餐飲", "阿May"),
        ("谢谢\n机修 司马青云\n澄远港机", "机修组-司马青云", "澄远港机", "司马青云"),
    ],
)
def test_chinese_closings(text: str, name: str, wanted: str | None, person: str | None) -> None:
    found = who(text, name, "x@163mail.example")
    assert (company(found), contact(found)) == (wanted, person)


@pytest.mark.parametrize(
    ("name", "address", "closing", "wanted"),
    [
        ("Weber, Nina", "n.weber@x.example", "", "Nina Weber"),
        ("Ufficio Acquisti - Carla Monti", "acquisti@x.example", "", "Carla Monti"),
        ("Stores & Purchase", "stores@x.example", "Regards,\nMrs. Leela Rao\nStores Officer", None),
        ("Spare Parts Desk", "parts@x.example", "Lund Mill Ltd\n(no personal signature)", None),
        ("Lund Mill", "info@lundmill.example", "Lund Mill Ltd\nDispatch", None),
        ("Nina Weber (Lund Mill)", "n@x.example", "", "Nina Weber"),
        ("Dr. Nina Weber", "n@x.example", "", "Nina Weber"),
    ],
)
def test_persons_and_mailboxes(name: str, address: str, closing: str, wanted: str | None) -> None:
    expected = "Leela Rao" if "Leela" in closing else wanted
    assert contact(who(f"Please book.\n\n{closing}", name, address)) == expected


@pytest.mark.parametrize(
    ("text", "subject", "firm", "person"),
    [
        ("Caller: Mrs Ada Lund, Lund Quarries, tel 01632 960 111", "", "Lund Quarries", "Ada Lund"),
        ("Ada Lund of Lund Quarries rang, wants 2 belts", "", "Lund Quarries", "Ada Lund"),
        ("来电：澄远水产 姓曲，曲师傅（管冷库的）", "", "澄远水产", "曲师傅"),
        ("刚接到澄远铸造曲经理来电，要3件", "", "澄远铸造", "曲经理"),
        ("上午11点接澄远机械厂老曲来电，要4台", "", "澄远机械厂", "老曲"),
        ("Just had Ada Lund from Lund Quarries on the phone.", "", "Lund Quarries", "Ada Lund"),
        ("Who: Ada Lund\nWants 2 belts", "phone note - Lund Quarries", "Lund Quarries", "Ada Lund"),
    ],
)
def test_telephone_notes_of_our_staff(text: str, subject: str, firm: str, person: str) -> None:
    found = who(text, "", "", subject=subject)
    assert (company(found), contact(found)) == (firm, person)


def test_a_label_may_name_a_person_and_a_file_the_firm() -> None:
    notes = "Comprador: Rita Prado\nPrado Mineração S.A."
    found = who("In attach our order.\n\nRita Prado", "Rita Prado", "rita@x.example", notes=notes)
    assert (company(found), contact(found)) == ("Prado Mineração S.A.", "Rita Prado")


def test_the_domain_confirms_a_name_in_the_text() -> None:
    text = "The gloves come to Medway Analytical Laboratories, Quay Lane.\n\nThanks\nMo Curtis"
    found = who(text, "Mo Curtis", "mo@medwaylabs.example")
    assert company(found) == "Medway Analytical Laboratories"


def test_a_portal_names_its_buyer() -> None:
    text = "Aldwark Utilities plc has sent you a new purchase order.\n\nProcure Network"
    found = who(text, "Procure Network", "no-reply@procure.example")
    assert company(found) == "Aldwark Utilities plc"


@pytest.mark.parametrize(
    "text",
    [
        "pump is down again\nplease hurry\n\nMo",
        "线停着呢，今天必须到\n\n小曲",
        "想做2个水池 脚踏出水那种 多少钱",
        "Hiya, it's all in the file. Shout if unclear. B x",
        "验收通过\n\n曲晓",
    ],
)
def test_without_a_company_there_is_none(text: str) -> None:
    assert company(who(text, "小曲", "x@163mail.example")) is None


def test_a_mailbox_is_signed_above_the_firm_or_beside_it() -> None:
    found = who("Machine is down.\n\nCurt - Pine Hollow Mills", "Stores", "stores@x.example")
    assert (company(found), contact(found)) == ("Pine Hollow Mills", "Curt")
    found = who("Please enter it.\n\nDale Rusk\nBluff Mining Co", "", "purchasing@x.example")
    assert (company(found), contact(found)) == ("Bluff Mining Co", "Dale Rusk")


def test_a_closing_and_a_name_on_one_line_are_no_firm() -> None:
    found = who("50 off please.\n\nCheers Ben\nHolt Welding (2009) Ltd", "Ben Holt", "b@x.example")
    assert (company(found), contact(found)) == ("Holt Welding (2009) Ltd", "Ben Holt")


def test_a_nameless_mailbox_says_whom_to_ask() -> None:
    found = who("有问题找曲东（155）。\n澄远软件", "项目组", "pm@x.example")
    assert (company(found), contact(found)) == ("澄远软件", "曲东")
