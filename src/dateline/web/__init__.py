"""web: the HTTP API and the workbench's server, over a workspace."""

from dateline.web.app import create_app as create_app
from dateline.web.served import Served as Served
