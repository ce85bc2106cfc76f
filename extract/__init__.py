"""From words on a page to docket records; each field a reading that leads back to its ink."""

VERSION: int = 13
