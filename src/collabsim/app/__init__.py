"""The live app: scenarios side by side, their verdict, and a look inside, in a browser.

What a session holds and computes lives in plain classes (``draft``, ``workspace``, ``computing``,
``stepping``), which know nothing of Streamlit; the ``*_page`` modules only show it.
"""
