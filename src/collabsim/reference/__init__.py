"""What can be looked up: parameters, columns and words, told from where they are declared."""
