"""What the shared register needs to know about street lamps."""

from examples.lamps.models import Lamp
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need

Stage = Lamp.Stage

line = Line(
    key="lamps",
    label="Street lamps",
    model=Lamp,
    columns=["name", "pole", "road", "unit", "stage"],
    fields=["name", "pole", "road", "cause"],
    required=["name", "pole", "road"],
    filters=["unit", "stage"],
    flow=Flow([*Stage]),
    needs={Stage.REPAIRED: Need(fields=["cause"], evidence="a photograph of the lit lamp")},
    same=["name", "pole"],
    near=["road"],
    clocks=[Clock("repair", "repair", Stage.REPORTED, [Stage.REPAIRED], days=3, clause="the lighting rules, § 7")],
    measures=[
        Measure(
            "lamps.repaired",
            Stage.REPAIRED,
            label="Lamps repaired",
            words="Lamps that burn again, as another person has seen.",
            source="the lighting rules, § 7",
        )
    ],
)
