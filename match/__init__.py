"""Records to persons: who on the list, if anybody, a docket's defendant is."""

VERSION = 6
