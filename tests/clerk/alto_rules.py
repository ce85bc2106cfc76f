"""The rules of ALTO 4.2 (loc.gov/standards/alto/v4/alto-4-2.xsd) for the elements that are written here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

NAMESPACE = "{http://www.loc.gov/standards/alto/ns-v4#}"

# Children in their order, as an expression over names; and attributes, those that must be there with a star.
CONTENT = {
    "alto": "(Description )?(Styles )?(Tags )?Layout ",
    "Description": "MeasurementUnit (sourceImageInformation )?(OCRProcessing )*(Processing )*",
    "MeasurementUnit": "",
    "sourceImageInformation": "(fileName )?(fileIdentifier )*(documentIdentifier )*",
    "fileName": "",
    "fileIdentifier": "",
    "Processing": (
        "(processingCategory )?(processingDateTime )?(processingAgency )?(processingStepDescription )*"
        "(processingStepSettings )?(processingSoftware )?"
    ),
    "processingCategory": "",
    "processingStepDescription": "",
    "processingSoftware": "(softwareCreator )?(softwareName )?(softwareVersion )?(applicationDescription )?",
    "softwareName": "",
    "softwareVersion": "",
    "Tags": "((LayoutTag|StructureTag|RoleTag|NamedEntityTag|OtherTag) )*",
    "LayoutTag": "(XmlData )?",
    "Layout": "(Page )+",
    "Page": "(TopMargin )?(LeftMargin )?(RightMargin )?(BottomMargin )?(PrintSpace )?",
    "PrintSpace": "(Shape )?((TextBlock|Illustration|GraphicalElement|ComposedBlock) )*",
    "TextBlock": "(Shape )?(TextLine )*",
    "TextLine": "(Shape )?(String (SP )?)+(HYP )?",
    "String": "(Shape )?(ALTERNATIVE )*(Glyph )*",
    "ALTERNATIVE": "",
    "SP": "",
    "Illustration": "(Shape )?",
}
_BLOCK = "ID* STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS ROTATION IDNEXT CS"
ATTRIBUTES = {
    "alto": "SCHEMAVERSION",
    "Processing": "ID*",
    "LayoutTag": "ID* TYPE LABEL* DESCRIPTION URI",
    "Page": "ID* PAGECLASS STYLEREFS PROCESSINGREFS HEIGHT WIDTH PHYSICAL_IMG_NR* PRINTED_IMG_NR QUALITY POSITION PC",
    "PrintSpace": "ID STYLEREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS",
    "TextBlock": f"{_BLOCK} LANG",
    "TextLine": "ID STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS BASELINE LANG CS",
    "String": "ID STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS CONTENT* STYLE WC CC CS LANG",
    "ALTERNATIVE": "PURPOSE",
    "SP": "ID HEIGHT WIDTH HPOS VPOS",
    "Illustration": f"{_BLOCK} TYPE FILEID",
}
_NUMBER = r"-?\d+(\.\d+)?"
FORMS = {
    "ID": r"[A-Za-z_][\w.-]*",
    **dict.fromkeys(("HEIGHT", "WIDTH", "HPOS", "VPOS", "ROTATION", "PHYSICAL_IMG_NR"), _NUMBER),
    "WC": r"(0(\.\d+)?|1(\.0+)?)",
}
VALUES = {
    "MeasurementUnit": {"pixel", "mm10", "inch1200"},
    "processingCategory": {"contentGeneration", "contentModification", "preOperation", "postOperation", "other"},
}


def faults(root: Element) -> list[str]:
    """What the schema would object to; empty for a valid document."""
    return [*_faults(root), *_broken_references(root)]


def _faults(element: Element) -> Iterator[str]:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in CONTENT or not element.tag.startswith(NAMESPACE):
        yield f"no element {element.tag}"
        return
    inside = "".join(f"{child.tag.removeprefix(NAMESPACE)} " for child in element)
    if not re.fullmatch(CONTENT[name], inside):
        yield f"{name} holds {inside}"
    known = ATTRIBUTES.get(name, "").split()
    for attribute, value in element.items():
        if attribute not in {one.rstrip("*") for one in known}:
            yield f"{name} has no attribute {attribute}"
        elif not re.fullmatch(FORMS.get(attribute, "(?s).*"), value):
            yield f"{name} has {attribute}={value!r}"
    yield from (f"{name} lacks {one}" for one in known if one.endswith("*") and element.get(one[:-1]) is None)
    if name in VALUES and element.text not in VALUES[name]:
        yield f"{name} is {element.text!r}"
    for child in element:
        yield from _faults(child)


def _broken_references(root: Element) -> Iterator[str]:
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    yield from (f"{one} twice" for one in set(ids) if ids.count(one) > 1)
    for element in root.iter():
        for name in ("TAGREFS", "PROCESSINGREFS"):
            yield from (f"{name} to {one}" for one in element.get(name, "").split() if one not in ids)
