"""File names from outside: made harmless for every system, and told apart by what opening them may do."""

import unicodedata

LONGEST = 120

_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))))
_FORBIDDEN = frozenset('<>:"/\\|?*')

_ENDINGS = (
    "ade adp app appimage appref-ms asp bas bat chm cmd com command cpl crt csh deb desktop dll dmg docm dotm exe "
    "gadget hlp hta htm html img inf ins iso isp jar jnlp js jse ksh lnk mad maf mam maq mar mas mat mau mav maw mcf "
    "mda mdb mde mdt mdw mdz mht mhtml msc msh msi msp mst ops osd pcd pif pkg pl plg potm ppam ppsm pptm prf prg "
    "ps1 ps2 psc1 psm1 py pyc pyw rb reg rpm run scf scr sct settingcontent-ms sh shb shs sldm svg sys tcl url vb vbe "
    "vbs vhd vhdx vsmacros vxd webarchive website ws wsc wsf wsh xbap xhtml xla xlam xll xlsb xlsm xltm xml xnk xsl "
    "zsh")
_DANGEROUS = frozenset(_ENDINGS.split())


def clean_name(name: str) -> str:
    """A file name that every system takes: no folders, no signs that are reserved or turn the reading around.

    The ending stays, and never is what a right-to-left sign made it look like. Empty names become "document".
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if _harmless(c)).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    stem = stem.strip(" .")[:LONGEST - len(ending[:12])] or "document"
    if stem.casefold() in _RESERVED:
        stem = f"{stem}_"
    return f"{stem}.{ending[:12]}" if ending else stem


def is_dangerous(name: str) -> bool:
    """Whether opening a file of this name can run something: programs, scripts, office files with macros, pages."""
    return name.rpartition(".")[2].casefold().strip() in _DANGEROUS if "." in name else False


def _harmless(sign: str) -> bool:
    return sign not in _FORBIDDEN and unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
