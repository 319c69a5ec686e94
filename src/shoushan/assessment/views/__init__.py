"""The pages of an assessment: runs and sheets, objections, the result, what follows, panels, the archive."""
