"""Training: corpora become examples, examples a model. Needs the extra `train` from `network` on."""
