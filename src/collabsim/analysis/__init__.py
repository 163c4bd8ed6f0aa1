"""What saved runs say: comparison of scenarios, rings, and the sentences about them."""
