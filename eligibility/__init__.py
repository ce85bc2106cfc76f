"""The law applied to records: which relief a charge has, on what grounds, and what is still in doubt."""

VERSION = 5
