"""The customer's order number behind the words of many firms, and numbers that are none."""

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.po_numbers import po_number


def number(text: str, subject: str = "", files: tuple[str, ...] = ()) -> str | None:
    found = po_number(subject, text, labelled(text), (), files)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Please quote our order number HB 4471 on all papers.", "HB 4471"),
        ("Just use MSQ0339 for now.", "MSQ0339"),
        ("All else as ordered under DF/0998.", "DF/0998"),
        ("Reference on invoice: 4400781 / Moe", "4400781"),
        ("LPO No. 00451 for idlers", "00451"),
        ("Supply order No. TNW/ST/PO/26-27/0442 dated 3.6.", "TNW/ST/PO/26-27/0442"),
        ("Necesitamos los repuestos (OC 5520), saludos", "5520"),
        ("PO follows from the system, number will be 6100771.", "6100771"),
        ("單號寫 TL-2604-09 就得。", "TL-2604-09"),
        ("第3次要货通知（通知号 RD-YH-004）：", "RD-YH-004"),
        ("合同 RDX-2609-材-12，托辊一批", "RDX-2609-材-12"),
        ("外协单 SJ-W-0710", "SJ-W-0710"),
        ("合同我们走流程，编号 RD-HT-26077。", "RD-HT-26077"),
        ("Our reference for this job is LQ-2217.", "LQ-2217"),
        ("The PO number raised for this is 6100088213.", "6100088213"),
        ("PO will follow, the number will be WK-881.", "WK-881"),
        ("Order 4471/B: two rings", "4471/B"),
        ("We refer to our order No. 81/07/2026 of last week.", "81/07/2026"),
        ("This is call-off 14-0032 against blanket agreement BA-2025-9.", "14-0032"),
        ("SoW 12 is signed, our ref QX-SOW-12, please start.", "QX-SOW-12"),
        ("Finance ask you to mark everything with MC-PO-7731 please", "MC-PO-7731"),
        ("Cancel it (our PO TD-5512) and tell us what we owe.", "TD-5512"),
        ("Purchase Order: ABC/ENG/26-27/0091 dt. 12-05-2026", "ABC/ENG/26-27/0091"),
        ("hiermit bestellen wir, Bestellnummer 26-0815", "26-0815"),
        ("Unser Auftrag Nr. K-7713 vom 3.5.", "K-7713"),
        ("Vi inviamo il nostro ordine n. 551/C", "551/C"),
        ("Adjunto pedido 2026-0412 con los repuestos", "2026-0412"),
        ("W załączeniu zamówienie 2026/Z/77", "2026/Z/77"),
        ("Notre commande n° CF-20881", "CF-20881"),
        ("现下达采购订单，单号 HL-2603-07，请排产", "HL-2603-07"),
        ("合同KT-2026-031项下的支架请尽快安排", "KT-2026-031"),
        ("依据框架合同 KT-FA-2025-1，要货令号 KT-CO-07", "KT-CO-07"),
        ("茲附上訂單 HX2605-021，請查收", "HX2605-021"),
        ("委托单LW-8812，请派人", "LW-8812"),
        ("本月两张单：\n【单一】TK-03-A\n【单二】TK-03-B\n", "TK-03-A; TK-03-B"),
        ("我方PO号还是 7100021、7100022", "7100021; 7100022"),
    ],
)
def test_words_that_lead_to_the_number(text: str, wanted: str) -> None:
    assert number(text) == wanted


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Please order 12 pumps and 774 gaskets.", ""),
        ("Thanks for your quotation Q26-0931 of 24 August.", "Re: Quotation Q26-0931"),
        ("Please quote the attached list, RFQ 2611.", "RFQ 2611 - spares"),
        ("Pos.10 base plate\nPos.20 bracket", ""),
        ("Our order from 12.05.2026 has not arrived.", ""),
        ("依据框架协议 KT-FA-2025-1 执行", ""),
        ("Invoice RD-88213 is open.", "2nd reminder invoice RD-88213"),
        ("See you in Parma.", "Invitation: fair, 26-29 May 2026"),
        ("SO-2026-00001 hat noch Zeit", "SO-2026-00001"),
        ("变更见附件", "变更单 ECN-2209"),
        ("received as per our GRN 40981", ""),
        ("Order now! 30 % off press brakes PB-100", ""),
    ],
)
def test_other_numbers_are_no_order_numbers(text: str, subject: str) -> None:
    assert number(text, subject) is None


def test_numbers_in_the_subject() -> None:
    assert number("see attached", "Order 774 / gripper pads") == "774"
    assert number("两项设备如下", "【订货】阀门 QF-SY-0715") == "QF-SY-0715"
    text = "KP-7720 (Hull)\n  belts .... 10 off\n\nKP-7721 (York)\n  pads .... 4 off"
    assert number(text, "Two orders - 7720 and 7721") == "KP-7720; KP-7721"


def test_numbers_in_the_names_of_files() -> None:
    assert number("our order is attached", files=("HX_order_62.pdf",)) == "62"
    assert number("订单PDF一份", files=("HZ-GZ-27-014.pdf",)) == "HZ-GZ-27-014"
    assert number("order attached, see photo", files=("IMG_4471.png",)) is None
    assert number("drawings for your information", files=("GT-704-B.pdf",)) is None
