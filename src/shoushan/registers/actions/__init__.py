"""What is done to records, by what it is about."""

from shoushan.registers.actions.columns import define_local, drop_local, keep_layout
from shoushan.registers.actions.doubles import merge
from shoushan.registers.actions.handing import hand_over
from shoushan.registers.actions.limits import ask_longer, decide_longer, pause, resume
from shoushan.registers.actions.records import Entry, check_stands, edit, enter, enter_many, locked
from shoushan.registers.actions.several import Outcome, several
from shoushan.registers.actions.stages import advance, decide, go_back, missing, redate
from shoushan.registers.actions.talk import comment, drop_view, look_at, save_view
from shoushan.registers.actions.telling_apart import Alike

__all__ = [
    "Alike",
    "Entry",
    "Outcome",
    "advance",
    "ask_longer",
    "check_stands",
    "comment",
    "decide",
    "decide_longer",
    "define_local",
    "drop_local",
    "drop_view",
    "edit",
    "enter",
    "enter_many",
    "go_back",
    "hand_over",
    "keep_layout",
    "locked",
    "look_at",
    "merge",
    "missing",
    "pause",
    "redate",
    "resume",
    "save_view",
    "several",
]
