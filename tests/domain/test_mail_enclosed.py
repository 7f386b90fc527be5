"""Orders inside other files: a Word letter, a mail passed on as an attachment."""

import base64
import io
import zipfile

from domain.mail.decode import read
from domain.mail.extract import letters
from domain.mail.extract.letters import letter_grids
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Attachment
from domain.mail.understand import understand

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
US = Context(our_domains=frozenset({"us.test"}))
ORDER = b"From: Ann Bell <ann@firm.test>\nSubject: PO 7\n\nPlease supply 12 pcs of valve BV-25.\n"


def docx(body: str) -> Attachment:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return Attachment("order.docx", "application/octet-stream", target.getvalue(), "")


def words(text: str, *, hidden: bool = False) -> str:
    mark = "<w:rPr><w:vanish/></w:rPr>" if hidden else ""
    return f"<w:p><w:r>{mark}<w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{words(cell)}</w:tc>' for cell in cells)}</w:tr>"


def with_mail(sender: str, inner: bytes, note: str = "Please book this.") -> Understanding:
    head = (
        f"From: {sender}\nSubject: FW: PO 7\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
    )
    part = b"\n--b\nContent-Type: application/octet-stream; name=a.eml\n"
    coded = b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner) + b"--b--\n"
    return understand(read(head.encode() + b"--b\n\n" + note.encode() + part + coded), US)


def test_a_word_letter_is_read_as_text_and_tables() -> None:
    table = f"<w:tbl>{row('品名', '数量')}{row('水泵', '3台')}</w:tbl>"
    (grid,) = letter_grids(docx(words("订购如下：") + words("secret", hidden=True) + table))
    assert grid.rows == (("订购如下：",), ("品名", "数量"), ("水泵", "3台"))


def test_a_word_file_made_to_hurt_is_not_read() -> None:
    entity = '<!DOCTYPE a [<!ENTITY x "y">]>'
    bomb = docx(words("a" * letters.MAX_XML))
    hostile = Attachment("x.docx", "", bomb.data.replace(b"word/", b"wort/"), "")
    assert letter_grids(bomb) == ()
    assert letter_grids(hostile) == ()
    assert letter_grids(Attachment("x.docx", "", entity.encode(), "")) == ()


def test_a_mail_passed_on_by_us_is_credited_to_its_writer() -> None:
    found = with_mail("Bo <bo@us.test>", ORDER)
    assert [f"{line.quantity} {line.model}" for line in found.lines] == ["12 BV-25"]
    assert found.contact_name is not None
    assert found.contact_name.value == "Ann Bell"


def test_a_mail_of_ours_that_a_customer_attaches_orders_nothing() -> None:
    ours = ORDER.replace(b"ann@firm.test", b"bo@us.test")
    assert with_mail("Ann <ann@firm.test>", ours, "Where is my answer?").lines == ()


def test_an_enclosed_mail_casts_no_vote() -> None:
    inner = b"From: Ann <ann@firm.test>\nSubject: Re: [SO-2026-00001]\n\nconfirmed\n"
    assert with_mail("Ann <ann@firm.test>", inner, "see attached").answer.verdict is None
