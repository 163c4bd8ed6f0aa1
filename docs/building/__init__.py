"""What the site needs beside Sphinx and its pages; ``docs/conf.py`` puts it together."""
