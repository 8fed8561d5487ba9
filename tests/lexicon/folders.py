"""Small lexicon folders for tests, written as the CSVs that an editor would save."""

from __future__ import annotations

from pathlib import Path

HOUSE = {
    "regions": "id,name,canonical,aliases,level,code,parent,weak,source\n"
    "regions/1,甲省,甲省,,province,1,,,made up\n"
    "regions/2,乙市,乙市,,prefecture,2,regions/1,,made up\n",
    "issuers": "id,name,aliases,level,region,valid_from,valid_to,successor,weak,source\n"
    "issuers/新部,新部,,national,,2018-03,,,,made up\n"
    "issuers/旧部,旧部,,national,,1998,2018-03,issuers/新部,,made up\n",
    "policies": "id,name,aliases,issuers,level,region,date_issued,date_published,effective,until,doc_number,themes,relation,weak,source\n"
    "policies/乙,乙市实施细则,,,municipal,乙市,2024-05,,,,,,implements:policies/甲,,made up\n"
    "policies/甲,甲省试行办法,,新部|乙市财政局,municipal,乙市,2024,2024-02-03,2024-03,2026-12-31,,ai,,,made up\n",
    "companies": "id,name,aliases,former,code,market,kind,weak,source\n"
    "companies/x,星河智能,星河,银河智造,,private,private,星河,made up\n",
    "models": "id,name,aliases,family,developer,released,weak,source\nmodels/y,启明-1,启明,,,2025-01,启明,made up\n",
    "issuer_patterns": "suffix,name,levels,aliases,source\n财政局,财政局,municipal,,made up\n",
    "blockers": "term,type,source\n星河大道,place,made up\n",
    "cues": "class,term,note\nlint/proper,宝鸡,\n",
    "chars": "traditional,simplified\n銀,银\n",
}
"""Lexicons with nothing wrong; every check has something to look at."""


def folder(at: Path, **files: str) -> Path:
    """A folder with these CSVs."""
    at.mkdir(parents=True, exist_ok=True)
    for stem, text in files.items():
        (at / f"{stem}.csv").write_bytes(text.encode("utf-8"))
    return at


def house(at: Path, **lines: str) -> Path:
    """The clean lexicons with one more line in each of the files named."""
    return folder(at, **HOUSE | {stem: HOUSE[stem] + line + "\n" for stem, line in lines.items()})
