"""The pages of the review queue; they talk to a Desk, never to the store."""
