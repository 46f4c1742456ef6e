"""What the words of an advert's line say: pure rules on text, without spaCy and without state.

Each module holds one idea and its patterns as named constants: ``labels`` (the vocabulary),
``priority``, ``years``, ``kinds``, ``phrases``, ``alternatives`` and ``clauses``.
"""
