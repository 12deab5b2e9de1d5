"""The command door: what operators call by `./run manage`, and the seed collection that one of them loads."""
