"""Equipment, advocacy and budget, partners, media, impact stories."""
