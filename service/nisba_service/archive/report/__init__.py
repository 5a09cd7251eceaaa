"""What an archive has to tell people: facts first (`facts`), then one page of HTML (`page`).

Facts are gathered shard by shard, in passes: the first counts, and holds a row for each distinct
thing that it counts; the others look closer at the few things that the page will show.
"""
