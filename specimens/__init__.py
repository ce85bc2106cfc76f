"""Synthetic archive boxes with ground truth: invented people and cases on worn paper."""

from .box import Box, make_box, make_demo_box
from .cases import Era
from .fonts import FontMissingError
from .layout import LayoutError, layout_names
from .maker import Maker, Split, splits
from .render import Word
from .specimen import Item, Scan, Specimen, Told
from .wear import KINDS

__all__ = [
    "KINDS",
    "Box",
    "Era",
    "FontMissingError",
    "Item",
    "LayoutError",
    "Maker",
    "Scan",
    "Specimen",
    "Split",
    "Told",
    "Word",
    "layout_names",
    "make_box",
    "make_demo_box",
    "splits",
]
