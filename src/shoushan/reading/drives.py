"""Named drives, special rectifications and activities that a text calls for (专项行动)."""

from __future__ import annotations

import re
from collections.abc import Iterator

CALL = r"(?:开展好?|实施|推进|打好|启动|组织|深化|抓好|办好|提升|迭代升级|扎实做好|部署|掀起|推动|决定[^，。；]{0,30}开展|试办)"
ENDS = (
    r"(?:专项行动计划|年行动计划|行动计划|专项行动|集中行动|攻坚行动|行动|攻坚战|保卫战|大会战|歼灭战|攻坚(?=[，。；、])|专项整治活动|专项整治|集中整治|综合整治|排查整治|"
    r"整治|专项治理|专项排查|排查活动|宣传活动|系列活动|年活动|活动|运动)"
)
QUOTED = r"(?:“[^”。\n]{2,24}”)"
CALLED = re.compile(
    rf"{CALL}(?:新一轮)?(?:了|起|好)?(?P<name>(?:{QUOTED}|[^，。；：！？\n“”、（）()])(?:{QUOTED}|[^，。；：！？\n“”、（）()]){{0,30}}?{ENDS})(?!方案|意见|指南)"
    rf"(?P<more>(?:[、和](?:{QUOTED}|[^，。；：！？\n“”、（）()和]){{2,24}}?{ENDS}){{0,4}})"
)
NO_NAME = re.compile(
    r"^(?:一次|各项|各类|有关|相关|上述|本次|这次|集中|开展|系列)?(?:专项)?(?:行动|活动|整治|运动|行动计划)$|试点"
)
ONE = re.compile(rf"[、和](?P<name>(?:{QUOTED}|[^，。；：！？\n“”、（）()和])+?{ENDS})(?=[、和]|$)")


def drives(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names of drives stand in a sentence that calls for them."""
    for found in CALLED.finditer(text, start, end):
        if not NO_NAME.search(found["name"]):
            yield found.span("name")
        for more in ONE.finditer(found["more"] or ""):
            at = found.start("more")
            yield at + more.start("name"), at + more.end("name")
