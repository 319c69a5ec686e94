"""The product as it is served, with deals taken outdoors: the demonstration's lines stay at their desks."""

from dataclasses import replace

from shoushan.config.wsgi import application
from shoushan.registers.lines import line_named, register

register(replace(line_named("investment"), in_field=True))

__all__ = ["application"]
