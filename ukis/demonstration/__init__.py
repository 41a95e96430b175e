"""The demonstration: an invented society, its people and organisations, its posts and work in progress.

Its words are the files of `content/`, its pictures are drawn by `pictures`; `staging` and `work_in_progress` make rows.
"""
