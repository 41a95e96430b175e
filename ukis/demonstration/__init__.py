"""The demonstration: an invented society, its people and organisations, its posts and work in progress.

Plain data, no Django: the `demo` command reads it and makes rows.
"""
