"""Words for departments, posts and mailboxes in Latin letters: what is no firm and no person."""

import re

_DEPARTMENTS = """purchasing purchase purchases procurement buying sourcing commercial materials
    material planning stores store storekeeping warehouse logistics dispatch despatch
    shipping receiving billing treasury secretariat estimation estimating disposal contracts
    contract factory dispatching laboratories wareneingang warenausgang vertriebsinnendienst
    innendienst kundendienst rechnungswesen
    maintenance engineering production operations operation workshop quality assurance control qa
    qc qs qhse hse accounts account accounting finance payable payables receivable receivables
    sales marketing service services support customer aftersales admin administration office
    reception team desk helpdesk department dept dept. division section unit group hr it export
    import project projects technical tooling tools tool plant utilities order orders info mail
    mailbox contact enquiries enquiry mobile phone system portal network newsletter news weekly
    notification notifications notice alerts no-reply noreply donotreply tenders tender supply
    chain supplier suppliers vendor vendors management incoming inspection goods-in in inward
    inwards works site
    facility facilities spares spare parts requisition requisitions main head general central group
    web shop online automatic auto reply sms fax scanner einkauf beschaffung vertrieb verkauf
    buchhaltung debitorenbuchhaltung versand lager technik abteilung zentrale disposition
    arbeitsvorbereitung instandhaltung werk vertriebsleitung einkaufsleitung technischer ufficio
    acquisti acquisto amministrazione magazzino vendite compras suministros departamento almacén
    mantenimiento suprimentos manutenção achats achat approvisionnement
    lab laboratory yard shop shopfloor floor goods logistique zakupy zakupów zaopatrzenia
    dział biuro zamówienia zaopatrzenie utrzymania ruchu inkoop verkoop satınalma satinalma lojistik
    innkjøp indkøb inköp osto nákup beszerzés and of & the und e y et i für der di de do"""
_POSTS = """manager mgr mgr. buyer buyers engineer planner planners controller director officer
    coordinator supervisor technician technologist foreman forewoman clerk assistant secretary
    owner lead leader head chief president vp partner founder ceo cto coo cfo md incharge
    in-charge executive specialist analyst scientist operator inspector superintendent brewer
    miller chemist professor representative rep agent consultant developer architect administrator
    accountant storekeeper storeman proprietor electrician fitter machinist toolmaker millwright
    agm dgm gm sgm jgm cgm engr bursar
    buyer/planner expediter scheduler metallurgist brewmaster manageress treasurer registrar
    einkäufer einkäuferin leiter leiterin geschäftsführer geschäftsführerin meister disponent
    sachbearbeiter prokurist responsabile direttore titolare jefe gerente director comprador
    compradora encarregado acheteur acheteuse responsable directeur gérant kierownik specjalista
    müdürü müdür şefi uzmanı mühendisi"""
_DEPARTMENT, _POST = frozenset(_DEPARTMENTS.split()), frozenset(_POSTS.split())
_GRADE = re.compile(
    r"(?:head|director|chief|vp|vice|manager|senior|sr|jr|junior|dy|deputy|lead|principal|general"
    r"|assistant|asst|technical|plant|i\. ?[av]\.|ppa|leiter|leiterin|responsabile|jefe|kierownik"
    r"|gerente|responsable|directeur)\b\.?(?: (?:of|for|de|du|dei?|degli|działu|der|del)\b| .*)",
    re.I,
)


def is_department(words: str) -> bool:
    """True where every word names a department or a mailbox: "Materials Planning"."""
    parts = _parts(words)
    if re.match(r"(?:department|dept\.?|faculty|section|division) (?:of|for) ", words, re.I):
        return True
    return bool(parts) and all(part in _DEPARTMENT or part.isdigit() for part in parts)


def is_post(words: str) -> bool:
    """True for a post in a firm: "Sr. Manager (Utilities & Projects)", "Head of Validation"."""
    bare = re.sub(r"\s*\([^)]*\)?", "", words).strip(" .,-–")
    parts = _parts(bare)
    if not parts or len(parts) > 8:
        return False
    ends = parts[-1] in _POST or parts[0] in _POST
    graded = bool(_GRADE.fullmatch(bare)) and any(p in _POST or p in _DEPARTMENT for p in parts)
    return ends or graded or is_department(bare)


def _parts(words: str) -> list[str]:
    return [part for part in re.split(r"[\s,/+]+", words.lower().strip(" .-–:")) if part]
