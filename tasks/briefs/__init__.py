"""What each kind of gate asks: the facts of its briefing, and the hash of what is decided."""
