"""Scan to words: masters kept as received, pages made upright and read, every word led back to its ink."""

VERSION = 10
