"""Many worlds: which runs to make, how to spread them over cores, and how to keep them."""
