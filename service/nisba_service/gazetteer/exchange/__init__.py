"""Other people's formats and the curators' own files, in and out; and the merging of edited files.

In, an importer turns a file's lines into drafts, edges and rejects, one at a time and without any
store; `Gathering` joins them in a temporary file, so that memory does not grow with the file. Out,
an exporter writes records one at a time, and counts what its format cannot hold.
"""
