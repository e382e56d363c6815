"""Areas, offices and working time: what is where, who is in charge there, and when it is open."""
