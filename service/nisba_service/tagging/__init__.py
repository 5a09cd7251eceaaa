"""From a document to its mentions: language, tagger, dictionary, and the rules that join them.

`model` holds the types, `mention_finder` the way through; only the `stanza_*` modules load torch.
"""
