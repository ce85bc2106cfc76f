"""The command line and what leaves the house; imported by nothing."""
