"""/library: what an owner has is added, listed, shown, searched, refreshed and removed, by those who may."""
