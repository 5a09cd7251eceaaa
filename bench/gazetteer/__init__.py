"""How the gazetteer does at a million entities: import, memory, index, one small edit."""
