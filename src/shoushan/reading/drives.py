"""Named drives, special rectifications and activities that a text calls for (专项行动)."""

from __future__ import annotations

import re
from collections.abc import Iterator

CALL = (
    r"(?:开展好?|实施|推进|打好|启动|组织|深化|抓好|办好|提升|迭代升级|扎实做好|"
    r"部署|掀起|推动|决定[^，。；]{0,30}开展|试办)"
)
ENDS = (
    r"(?:专项行动计划|年行动计划|行动计划|专项行动|集中行动|攻坚行动|行动|攻坚战|保卫战|大会战|歼灭战|攻坚(?=[，。；、])|专项整治活动|专项整治|集中整治|综合整治|排查整治|"
    r"整治|专项治理|专项排查|排查活动|宣传活动|系列活动|年活动|活动(?!场|室|中心)|运动(?!会|场|员))"
)
QUOTED = r"(?:“[^”。\n]{2,24}”)"
CALLED = re.compile(
    rf"{CALL}(?:新一轮)?(?:了|起|好)?(?P<name>(?:{QUOTED}|[^，。；：！？\n“”、（）()])(?:{QUOTED}|[^，。；：！？\n“”、（）()]){{0,30}}?{ENDS})(?!方案|意见|指南)"
    rf"(?P<more>(?:[、和](?:{QUOTED}|[^，。；：！？\n“”、（）()和]){{2,24}}?{ENDS}){{0,4}})"
)
LISTED = re.compile(
    r"[0-9一二三四五六七八九十]{1,3}[个项大](?:专项整治|专项行动|专项治理|行动|整治|活动)”?：即?(?P<names>[^。；\n]{4,160})"
)
GATHERED = re.compile(
    rf"{CALL}(?P<name>(?:{QUOTED}|[^，。；：！？\n“”（）()]){{4,70}}?(?:等[^，。；、]{{0,10}}|[一二三四五六七八九十]大)(?:专项行动|专项整治|行动|整治))"
)
CREATION = re.compile(r"(?:以|围绕|是)(?P<name>创建(?:“[^”\n]{1,12}”|[^，。；、“”的]{3,12}))(?=为目标|的|，)")
HEADING = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[、.）)][^，。；]*\Z")
ANY = re.compile("行动|整治|活动|战|治理|运动|攻坚|排查|创建")
NO_NAME = re.compile(
    r"^(?:一次|各项|各类|有关|相关|上述|本次|这次|集中|开展|系列)?(?:专项)?(?:行动|活动|整治|运动|行动计划)$|试点"
)
ONE = re.compile(rf"[、和](?P<name>(?:{QUOTED}|[^，。；：！？\n“”、（）()和])+?{ENDS})(?=[、和]|$)")


def drives(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names of drives stand in a sentence that calls for them."""
    if (
        not ANY.search(text, start, end)
        or HEADING.match(text[start : min(end, start + 60)])
        or text.endswith("通知", start, end)
    ):
        return
    for whole in LISTED.finditer(text, start, end):
        for one in re.finditer("(?:“[^”]*”|[^、“])+", whole["names"]):
            yield whole.start("names") + one.start(), whole.start("names") + one.end()
    for pattern in (GATHERED, CREATION):
        for found in pattern.finditer(text, start, end):
            yield found.span("name")
    for found in CALLED.finditer(text, start, end):
        if not NO_NAME.search(found["name"]):
            yield found.span("name")
        for more in ONE.finditer(found["more"] or ""):
            at = found.start("more")
            yield at + more.start("name"), at + more.end("name")
