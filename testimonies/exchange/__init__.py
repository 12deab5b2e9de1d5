"""Testimonies to files and back: a file to rows, rows to a plan, a plan to a change; and testimonies to rows again."""
