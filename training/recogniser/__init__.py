"""A small net that reads lines of type: how its lines are made, how it is trained, and how it is shipped."""
