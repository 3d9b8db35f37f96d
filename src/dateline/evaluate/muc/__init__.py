"""MUC-4: role fillers, templates and slots of reports on political violence, under three published metrics."""
