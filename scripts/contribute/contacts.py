"""A contact of somebody: a mail address, a telephone number, a link to a chat or a point on the map.

The rule contact-or-coordinate finds the same in cells, by the same patterns; an answer is judged before
anything is read. However a contact is written, it is told; what a report prints is spared. Each pattern
reads a bounded stretch from where it begins: the work grows as the length of a text, no faster.
"""

import re
import unicodedata

DASH = "\N{MINUS SIGN}"
UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn")  # Unicode categories of signs that hide between digits
MAIL = re.compile(r"[^\s@/] ?@ ?(?:[^\s@./]{1,63}\.){1,4}[^\W\d_]{2}")
CHAT = re.compile(
    r"(?<![A-Za-z0-9-])(?:(?:t|wa|m|line|telegram|signal)\.me|(?:chat|api)\.whatsapp\.com) ?/"
    r"|(?<![A-Za-z0-9])(?:tel|sms|callto|mailto|whatsapp|viber|skype|tg):(?=\S)",
    re.IGNORECASE,
)
# Digits of another kind: ISBN 0-12-345678-9, Report no. 0123456789, 01.03.2018.
NUMBERED = re.compile(
    r"\bIS[BS]N:? ?[0-9][0-9X -]{7,16}"
    r"|\b(?:report|paper|document|publication|series|grant|protocol)"
    r" (?:no\.?|nr\.?|number) ?[0-9]{1,20}(?![0-9])"
    r"|(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9])",
    re.IGNORECASE,
)
BEGINS = r"(?<![A-Za-z0-9])(?<![0-9][.,/-])"
NO_THOUSANDS = r"(?<![^0-9][0-9] )(?<![^0-9][0-9]{2} )(?<![^0-9][0-9]{3} )"  # 1 012 345 678 people
BETWEEN = r"[\W_]{0,3}"
TELEPHONES = (
    # +855 12 345 678, +(855) 12, 345, 678; +1 202 555 0123
    rf"\+[ (]{{0,2}}(?:855(?:{BETWEEN}[0-9]){{8,10}}|[1-9](?:[ ()./-]{{0,3}}[0-9]){{7,14}})(?![0-9])",
    # 0085512345678
    rf"{BEGINS}00 ?[1-9](?:[ ()./-]?[0-9]){{8,12}}(?![0-9])",
    # 855 12 345 678, (855) 12-34-56-78
    rf"{BEGINS}855{BETWEEN}0?{BETWEEN}[1-9][0-9]"
    rf"(?:{BETWEEN}[0-9]{{3}}{BETWEEN}[0-9]{{3,4}}|(?:{BETWEEN}[0-9]{{2}}){{3}})(?![0-9])",
    # 012 345 678, (012) 345-678, 012/345/678, 012, 34, 56, 78
    rf"{BEGINS}{NO_THOUSANDS}0[1-9][0-9](?:{BETWEEN}[0-9]){{6,8}}(?![0-9])",
    # 02 123 4567, 01 23 45 67 89; not ages such as 05-09 10-14 15-19
    rf"{BEGINS}{NO_THOUSANDS}0[1-9]"
    r"(?:\)?([ .-])[0-9]{3}\1[0-9]{3,4}|([ .-])[0-9]{2}(?:\2[0-9]{2}){3})(?![0-9])",
    # 202-555-0123, (202) 555-0123
    rf"{BEGINS}(?:[2-9][0-9]{{2}}-|(?<=\()[2-9][0-9]{{2}}\) ?)[0-9]{{3}}-[0-9]{{4}}(?![0-9])",
)
# 11.5564, 104.9282; 11.5564 N 104.9282 E; 11.5°N. One of the two is 1 or more: p-values are not caught.
POINT = re.compile(
    r"(?:[0-9]{1,3}\.[0-9]{4,15}°? ?[NS]?[,;/\s]{1,3}-?[1-9][0-9]{0,2}"
    r"|(?<![0-9A-Za-z_])[1-9][0-9]{0,2}\.[0-9]{4,15}°? ?[NS]?[,;/\s]{1,3}-?[0-9]{1,3})\.[0-9]{4}"
    r"|[0-9] ?°[ 0-9.,'\"’”′″]{0,30}[NSEW](?![0-9A-Za-z_])"
)
TELEPHONE = tuple(map(re.compile, TELEPHONES))


def contact(text: str, *, is_address: bool = False) -> str:
    """What sort of contact a text holds; blank for none. Numbers inside a web address are its own."""
    plain = _plain(text)
    if MAIL.search(plain):
        return "mail address"
    if CHAT.search(plain):
        return "link to a telephone or a chat"
    plain = _without_addresses(plain) if is_address else plain
    if POINT.search(plain):
        return "point on the map"
    numbers = NUMBERED.sub(" – ", plain)
    has_telephone = any(one.search(f"  {numbers}") for one in TELEPHONE)  # two: what is looked for behind
    return "telephone number" if has_telephone else ""


def _plain(text: str) -> str:
    """The text with plain digits, dashes and single spaces, for this test alone."""
    return " ".join("".join(map(_sign, unicodedata.normalize("NFKC", text))).split())


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Pd" or sign == DASH:
        return "-"
    return "" if kind in UNSEEN and not sign.isspace() else sign


def _without_addresses(text: str) -> str:
    """Without the words that have a Latin letter, of which a web address is one."""
    return " ".join(word for word in text.split() if not re.search("[A-Za-z]", word))
