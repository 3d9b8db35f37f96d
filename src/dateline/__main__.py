"""`python -m dateline`: the command line where no `dateline` command is on the path."""

from dateline.cli import main

if __name__ == "__main__":
    main()
