"""Calendar parts (text/calendar) as text: what, when, where. Nothing is accepted or fetched."""

import re

MAX_LINES = 5_000
MAX_EVENTS = 50
_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "DUE", "LOCATION", "DESCRIPTION")
_LINE = re.compile(r'([A-Za-z-]{1,40})((?:;[^:"]{0,200}(?:"[^"]{0,200}")?){0,20}):(.*)', re.S)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_ZONE = re.compile(r'TZID="?([^";:]{1,60})')


def is_appointment(mime: str, name: str) -> bool:
    """True for a calendar, by its type or its name."""
    return mime == "text/calendar" or name.lower().endswith(".ics")


def appointments(text: str) -> str:
    """The events and tasks of a calendar, one block each; empty if there is none."""
    blocks: list[list[str]] = []
    inside = ""
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines()[:MAX_LINES]:
        word = line.strip().upper()
        if word in ("BEGIN:VEVENT", "BEGIN:VTODO") and len(blocks) < MAX_EVENTS:
            inside = word.partition(":")[2]
            blocks.append([])
        elif word == f"END:{inside}":
            inside = ""
        elif inside and (shown := _shown(line)):
            blocks[-1].append(shown)
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _shown(line: str) -> str:
    found = _LINE.match(line[:20_000])
    if not found or found[1].upper() not in _SHOWN:
        return ""
    moment = _MOMENT.match(found[3].strip())
    if found[1].upper().startswith("D") and moment:
        return _moment(moment, _ZONE.search(found[2]))
    plain = re.sub(r"\\[nN]", "\n", found[3])
    return re.sub(r"\\([,;\\])", r"\1", plain).strip()


def _moment(found: re.Match[str], zone: re.Match[str] | None) -> str:
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    where = "UTC" if found[6] else zone[1] if zone else ""
    return f"{day} {found[4]}:{found[5]} {where}".rstrip()
