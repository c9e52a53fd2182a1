"""Files as they come, each kind by a module of its own, all into one notion of paragraphs and grids."""
