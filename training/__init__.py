"""How starkit's extraction model is made. Not part of the wheel; torch is imported here alone."""
