"""What is measured, against what, and how to run it again: `./run bench NAME`."""
