"""An archive of articles: tagged once per model, linked once per gazetteer, linked again in part.

Everything of an archive is in files below one folder (`layout`), whose tables (`tables`) any reader
of Parquet understands. A run cuts the work into shards, hands them to an engine (`engines`), and
commits each shard by itself (`dataset`): a kill at any moment costs the shards in work.
"""
