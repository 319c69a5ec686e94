"""What a target says exactly: its unit, how it compares, and on which basis (口径)."""

from __future__ import annotations

import re

from shoushan.reading.endings import Endings
from shoushan.reading.quantities import Quantity
from shoushan.reading.scene import Scene

# Words directly before a number that compare, by what they mean.
MEANING = {
    "at_least": ("不低于", "不少于", "不小于", "至少", "达到", "达", "迈上", "力争", "挑战", "高于", "at least "),
    "at_most": (
        "不高于",
        "不超过",
        "不多于",
        "最多",
        "至多",
        "压到",
        "控制在",
        "控制在正负",
        "不突破",
        "压缩到",
        "压缩至",
        "at most ",
        "within ",
    ),
    "more_than": ("超过", "突破", "超", "多于", "大于"),
    "less_than": ("低于", "小于", "少于", "不到", "不足", "below "),
    "about": ("约", "约为", "大约", "接近", "about "),
}
COMPARING = {words: compare for compare, said in MEANING.items() for words in said}
COMPARING_ENDS = Endings(COMPARING)
STRIVING = re.compile(r"力争|挑战")
BEFORE_TRIM = " “要"
NEW = re.compile(
    r"新增|新建|新认定|新培育|新引进|新签约|新筹建|新获批|新立项|新批|增加|增设|增建|净增|再增|新开工(?!的)|扩建"
)
NEWLY = re.compile(r"^[、和]?(?:其中)?(?:今年|全年|再)?新(?![型时区一质能材兴媒农华鲜城])")
NEW_MIXED = re.compile("新建(?:、|和|及)?(?:改|扩|续|提)|新改扩建|增加到|增加至|新建成|签约|新开工")
GROWING = re.compile(r"增长|增速|增幅|涨幅|上涨|提高$|提升$")
FALLING = re.compile(r"下降|降低|压减|减少|降幅|再压缩|缩短|压缩|缩减|削减|减排|下调|降$|压降")
TO = re.compile(r"(?:到|至|在|为)$")
PLACES = re.compile("托位|泊位|车位|学位|席位|餐位|停车位")
BEDS = re.compile("床位|病床|建床")


def unit(quantity: Quantity, scene: Scene, indicator: str) -> str:
    """The unit; beds, school and parking places are told by the indicator's words."""
    if quantity.form == "never":
        return (
            "person"
            if re.search("伤亡|死亡|受伤", indicator)
            else "household"
            if indicator.endswith("家庭")
            else "item"
        )
    if quantity.unit == "item" and (quantity.measure in {"个", "张"}):
        if PLACES.search(indicator):
            return "place"
        if BEDS.search(indicator):
            return "bed"
    if quantity.measure == "位":
        return "rank" if re.search("排名|位次|位居|前$", scene.before(quantity)) else "person"
    if quantity.unit:
        return quantity.unit
    words = scene.text[quantity.start : quantity.end]
    if "亿" in words or re.search("元|产值|投资|收入|资金", indicator):
        return "yuan"
    return "person" if re.search("[妇童生老]|人员|群体|青年|职工|农民|居民", indicator) else "item"


def compare(quantity: Quantity, scene: Scene, unit: str) -> str:
    """How the value is meant, from the words around the number."""
    if quantity.form == "never":
        return "never"
    if isinstance(quantity.value, tuple):
        return "between"
    before, after = scene.before(quantity), scene.after(quantity)
    if quantity.bound:
        return "at_most" if quantity.measure == "月" else quantity.bound
    if re.match(r"(?:之|以)?内", after) or re.match(r"[^，。；]{0,4}(?:之|以)内", after):
        return "at_most"
    trimmed = before.rstrip(BEFORE_TRIM)
    if said := COMPARING_ENDS.of(before) or COMPARING_ENDS.of(trimmed):
        return COMPARING[said]
    if said := _listed_bound(quantity, scene):
        return said
    if re.search("约为[^，]{0,8}$", before):
        return "about"
    following = scene.next(quantity)
    if "分别" in before and following and following.unit == quantity.unit and _in_row(quantity, following, scene):
        return following.bound or "exactly"
    if STRIVING.search(before):
        return "at_least"
    return "exactly"


def _in_row(one: Quantity, next_one: Quantity, scene: Scene) -> bool:
    """Two numbers with nothing but 、 between them."""
    return scene.text[one.end : min(next_one.start, one.end + 2)] in {"、", "和"} and next_one.start <= one.end + 1


def _listed_bound(quantity: Quantity, scene: Scene) -> str:
    """分别达到5%、8%: what is said once holds for the row."""
    previous = scene.previous(quantity)
    if not previous or previous.unit != quantity.unit or not _in_row(previous, quantity, scene):
        return ""
    start = scene.clause_start(previous.start)
    words = scene.text[max(start, previous.start - 12) : previous.start]
    return COMPARING.get(COMPARING_ENDS.of(words), "")


def basis(quantity: Quantity, scene: Scene, unit: str, indicator: str) -> str:
    """What the value is measured against."""
    before = scene.before(quantity)
    near = before[-10:]
    if unit == "rank":
        return "rank"
    if quantity.form == "never":
        return "level"
    if unit == "percentage_point":
        return "decline" if FALLING.search(near) else "increase" if re.search("高|增|提|升|快|扩", near) else "level"
    if unit == "percent":
        if re.search("增长|增速|增幅|涨幅|上涨", indicator) and "降" not in indicator:
            return "growth"
        if not TO.search(near):
            if FALLING.search(before[-14:]) or re.search("降幅", indicator):
                return "decline"
            if GROWING.search(before) or _in_growing_row(quantity, scene):
                return "growth"
        return "share"
    if unit == "multiple":
        return "growth" if re.search("增长|增加|提高", near) else "level"
    if FALLING.search(near) and not TO.search(near):
        return "decline"
    if TO.search(near) or re.search("(?:达到|达|突破|超)$", near):
        return "level"
    words = before
    if (NEW.search(words) or NEWLY.match(scene.before(quantity))) and not NEW_MIXED.search(words):
        return "increase"
    previous = scene.previous(quantity)
    part = "其中" in before and previous is not None and previous.unit == quantity.unit
    if part and previous and NEW.search(scene.before(previous)):
        return "increase"
    return "level"


def _in_growing_row(quantity: Quantity, scene: Scene) -> bool:
    """5%、8%以上: the second number of a row grows like the first."""
    previous = scene.previous(quantity)
    if not previous or not _in_row(previous, quantity, scene):
        return False
    return bool(GROWING.search(scene.before(previous)[-10:]))
