"""Libraries in Discord: added to, browsed, asked, changed; each its owner's, whatever anybody tries."""
