"""The pages of dispatch, each in the module of the job it is for."""
