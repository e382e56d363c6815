"""The process that reads strangers' files: no Django, no database, no network, few resources, one file each.

`serving` waits with everything loaded and forks for each file; `limits` closes the child in; `reading` looks
at the file and answers with `facts`. Nothing here decides what a finding means: that is `judging`, outside.
"""
