"""From numbers to shapes: places on a map, weeks on a line. Pure functions; what they return is printed as SVG.

All lengths are in units of the drawing, of which `WIDE` lie across it; y grows downwards.
"""
