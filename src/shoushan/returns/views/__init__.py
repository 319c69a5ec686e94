"""A month's pages, each in the module of the job it is for."""
