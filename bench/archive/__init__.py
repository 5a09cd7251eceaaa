"""What it costs to tag, to link and to link again an archive of made-up articles."""
