"""Letters and the files that hold them: which of the archive's faces a text needs, and words set as a picture."""
