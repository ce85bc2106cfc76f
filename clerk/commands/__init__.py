"""The commands, a module each or a few that belong together; `clerk.cli` lists them."""
