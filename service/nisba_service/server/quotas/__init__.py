"""How much of the server one client may have: calls at once, and code points a second."""
