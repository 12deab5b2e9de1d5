"""The canary: a unique word in every field of every table, and a reader who goes wherever the site leads."""
