"""The API: what the public pages tell, for programs, at /api/v1/.

`operations` says what can be asked and `openapi` describes it; to add an operation, write its view and one line there.
"""
