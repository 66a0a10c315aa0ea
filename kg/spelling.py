"""How one name may be spelled: accents, apostrophes, "St." for "Saint". Plain functions over text, nothing else."""

from __future__ import annotations

import re
import unicodedata

_UNFOLDED = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "’": "'", "‘": "'"})


def fold(name: str) -> str:
    """The name without accents and with straight apostrophes.

    >>> fold("Đắk Lắk"), fold("Côte d’Ivoire")
    ('Dak Lak', "Cote d'Ivoire")
    """
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_UNFOLDED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def spellings(name: str) -> list[str]:
    """The name as news may spell it: with and without accents, either apostrophe, "St." for "Saint", "and" for "&".

    >>> spellings("Saint Lucia")
    ['Saint Lucia', 'St. Lucia', 'St Lucia']
    """
    plain = name.replace("’", "'").replace(" & ", " and ")
    forms = [plain]
    if match := re.match(r"(Saint|St\.|St) ", plain):
        forms += [f"{saint} {plain[match.end() :]}" for saint in ("Saint", "St.", "St")]
    forms += [fold(form) for form in forms]
    forms += [form.replace("'", "’") for form in forms]
    return list(dict.fromkeys(forms))
