"""The nouns everyone shares: pages, words, readings, records, matches, determinations, questions."""
