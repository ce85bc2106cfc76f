"""What a person must settle: which questions to ask, what becomes of the answers, and the pages for it."""

VERSION = 5
