"""The network of a Stanza tagger run in numpy, where it is of the kind of the bundled ones.

`loading.load` gives the tagger of a model's files. It finds what Stanza finds with the same files
(tests/tagging/network hold the two against each other), without loading Stanza and torch.
"""
