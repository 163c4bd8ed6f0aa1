"""What others lead one to expect, put to the test: claims, their runs, verdicts and the page of them."""
