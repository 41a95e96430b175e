"""What of the blog is searched, for whom, and how it is shown; how words are found at all is `ukis.search`."""
