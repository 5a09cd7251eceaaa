"""What an archive is made of: files of several formats, wherever they lie, as rows or rejects."""
