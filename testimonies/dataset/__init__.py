"""The public archive as data: each kind of record as plain values, and all of it as files to take away."""
