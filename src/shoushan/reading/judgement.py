"""Whether a number is a commitment, a fact about the past, or neither, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable

from shoushan.reading.measures import COUNTING
from shoushan.reading.quantities import Quantity
from shoushan.reading.scene import Scene
from shoushan.reading.sections import PAST, PLAN
from shoushan.reading.tense import cue_inside, last_before

Verdict = tuple[str, str]

SPECIFICATION = frozenset(["grade", "千伏", "吨级", "亿级", "元级", "代", "强", "星", "P", "度", "级"])
PERIODS = frozenset(["year", "month", "day", "小时", "分钟", "周"])
ACTS = """
新增 新建 续建 建设 建成 建立 增设 增加 完成 打造 培育 引进 改造 举办 不少于 不低于 至少 达到 达 突破 开工 竣工
签约 实施 创建 争取 推出 不超过 不高于 新引进 新签约 获批 筹建 设立 动工 更新 修建 布局建设 各
"""
ENDS_IN_ACT = tuple(ACTS.split())
NAMES_ONLY = frozenset(
    ["大", "种", "方面", "层", "股", "期", "届", "类", "代", "位", "级", "号", "强", "轮", "组", "道", "步", "路"]
)
POINTED = ("聚焦", "围绕", "守护", "这", "上述", "以上", "前", "按照", "坚持", "立足", "针对", "利用好")

QUOTED = re.compile(r"“[^“”，。；]{0,14}$")
CLOSED = re.compile(r"^[^“”，。；]{0,14}”")
CONDITION = re.compile(
    r"(?:^|[，；：、（ 。\n　])(?:如(?!期|何|下|实|此|数|今|意|家)|若(?!干)|如果|假如|倘若|一旦|即使|If )"
)
NEGATED = re.compile(
    r"不再(?!发生|新增)|不要求|不搞|不下达|不作|不设|不考核|无需|不同意|不求|予以取消|取消|do not|no longer"
)
BEFORE_HAND = re.compile("原定|原计划")
ASSESSED = re.compile(
    r"扣[0-9一二三四五六七八九十]|加分|(?<![增参附])加[0-9]+分|得[^，]{0,4}分|奖励|不得分|为优秀|为不合格|总分|约谈|否决|资格|评优|减分|另设|分值|权重"
)
RATED = re.compile("满意|评分|评价|测评|指数|得分率")
CASE_OF = re.compile(r"(?:的|以上|以下)$|^每")
ELSEWHERE = re.compile(
    r"(?:全国(?!性|统一|重点|首|第|示范)|世界(?!级|一流)|全球|省里|市里|上级(?!资金|补助|专项|支持|政策)|中央(?!预算|财政|资金|专项|政策)|省级?下达|市级?下达|法定|provincial|national)"
    r"(?![^，。]{0,12}(?:份额|比重|前列|必须|基础上))[^，。；]{0,14}$"
)
ABOVE = re.compile("[高低快]于|多于")
SIZE = re.compile(
    r"(?:总投资|投资总额|全长|总长|总规模|首期规模|规划面积|占地面积?|总面积|建筑面积|开发面积|总经费|总造价|概算|线路长|"
    r"(?:中央|省级|上级)(?:财政)?补助|自筹|基金规模)(?:约|为|达|达到)?$"
)
FORECAST = re.compile("预计|预测|有望|可望|预估|可带动|将带动")
BASE_FROM = re.compile(r"(?:由|从|自)[^，。；、]{0,14}$")
BASE_TO = re.compile(r"^[^，。；]{0,7}?(?:提|增|降|升|减|压|缩|扩|调|跃|到|至|下)")
COMPARED = re.compile(r"(?:[较比](?:去年|上年|前年)|去年|上年|前年)(?:同期)?的?$|down from $")
TIMES = re.compile(
    r"每(?:个?月|周|季度?|年|半年|半月|日|天|学期|[0-9一二三四五六七八九十两]+[天日周月])?[^，。；]{0,12}$|集中[^，。；]{0,6}$|再[^，。；]{0,2}$|(?:最多|至多|不超过)[^，。；]{0,4}$|各[^，。；]{0,3}$"
)
LIMITED = re.compile("压到|不超过|不多于|压缩|缩短|控制|降到|减少|不低于|不少于|不得|提高到|提升|达|至少")
HANDLED = re.compile("^(?:之|以)?内(?![部容外地])")
MEETING = re.compile(r"[、，和]?[^，。；]{0,5}?(?:全会|会议|大会)")
LISTED = re.compile("方面|路径|举措|政策|措施|意见|条款|原则")
WHOLE_OF = re.compile(
    r"[^，。；、]*(?:投资|产值|收入|营收|增加值|产量|面积|率)(?:要|将)?(?:突破|达到|达|超过|增长|完成|提高到|不低于)?"
)
DRIVE = re.compile("(?:专项)(?:整治|行动|治理)")
SET_GOING = re.compile("(?:实施|开展|打响|启动|推进|组织)“?$")
DONE = re.compile(r"^[^，。；、]{1,20}?[\u3400-\u9fff]了(?!解|的?话|[^，。；]{0,3}要)")
NAME_GOES_ON = re.compile(r"[A-Za-z+〕］\]．)）]")
ENGLISH_NOUN = re.compile(" [a-z]{3}")
PER = re.compile("每(?:低|超|欠|高|增|减|万?人?)$")
NOUN = re.compile("[的“\u3400-\u9fff]")
WITHIN = re.compile("(?:within|below|at least|under) ?$")
REVIEWED = re.compile("可以|申请|书面|说明|异议")


def judge(quantity: Quantity, scene: Scene) -> Verdict:
    """The kind of a number and the key of the rule that decided."""
    before, after = scene.before(quantity), scene.after(quantity)
    for rule in RULES:
        if verdict := rule(quantity, scene, before, after):
            return verdict
    return _by_time(quantity, scene, before, after)


def _date(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    year = quantity.unit == "year" and quantity.number is not None and quantity.number >= 1000
    return ("other", "other.date") if year or scene.moment_at(quantity) else None


def _name(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if before.endswith("第") or quantity.measure in {"号", "届"}:
        return "other", "other.ordinal"
    if quantity.unit == "times" and MEETING.match(after):
        return "other", "other.ordinal"
    touching = scene.text[max(quantity.start - 1, 0) : quantity.start]
    if touching and (touching in "〔-－+.［[(（G" or (touching.isascii() and touching.isalpha())):
        return "other", "other.name"
    set_going = DRIVE.match(after) and SET_GOING.search(before)
    if quantity.form != "never" and not set_going and QUOTED.search(before) and CLOSED.search(after):
        return "other", "other.name"
    if quantity.form == "digits" and not quantity.measure and NAME_GOES_ON.match(after):
        return "other", "other.name"
    return None


def _unmeasured(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if quantity.value is None:
        return "other", "other.bare"
    words = scene.text[quantity.start : quantity.end]
    english = ENGLISH_NOUN.match(scene.text, quantity.end)
    measured = quantity.unit or quantity.bound or re.search("[万亿]", words) or english
    return None if measured or quantity.form == "never" else ("other", "other.bare")


def _vague(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    """一种精神, 五个环节, 三大高地: words that name or enumerate; but 新建三座 counts."""
    if quantity.unit == "times" or (quantity.measure in {"场", "次"} and "每" in before):
        counted = quantity.form == "digits" or quantity.value != "1" or TIMES.search(before)
        return None if counted else ("other", "other.vague")
    single = quantity.form == "han" and quantity.value == "1" and not quantity.bound
    if single and not before.endswith(ENDS_IN_ACT) and not quantity.scale_only:
        return "other", "other.vague"
    if not quantity.small:
        return None
    if DRIVE.match(after) and SET_GOING.search(before):
        return None
    if quantity.form == "han" and quantity.unit == "score" and len(quantity.value or "") < 3:
        return "other", "other.vague"
    counts = before.endswith(ENDS_IN_ACT) and quantity.measure not in NAMES_ONLY and quantity.value != "1"
    return None if counts else ("other", "other.vague")


def _never(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if quantity.form != "never":
        return None
    if scene.section.tense == PAST or before.endswith("未"):
        return "past", "past.section"
    return ("other", "other.negated") if NEGATED.search(before) else ("target", "target.never")


def _specification(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if quantity.unit in SPECIFICATION or after.startswith("级"):
        return "other", "other.specification"
    if before.endswith("每") or PER.search(before):
        return "other", "other.base"
    return ("other", "other.size") if SIZE.search(before) else None


def _threshold(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    """500万元以上投资项目超百个: the first number says which projects, the second how many."""
    if quantity.measure == "岁" and not re.search("寿命|达|提高", before):
        return "other", "other.threshold"
    if quantity.scale_only and quantity.unit in {"yuan", "usd"} and NOUN.match(after):
        return "other", "other.threshold"
    if _measured_whole(quantity, scene):
        return "other", "other.pointed"
    if quantity.bound not in {"at_least", "at_most"} or not after or not NOUN.match(after):
        return None
    if quantity.unit not in COUNTING and before.endswith(("一批", "培育", "打造", "引进", "布局")):
        return "other", "other.threshold"
    following = scene.next(quantity)
    counted_later = following is not None and following.start <= quantity.end + len(after)
    rated_later = re.search("占比|比重|比例|率", after)
    if quantity.unit in COUNTING and not after.startswith("的"):
        return None
    return ("other", "other.threshold") if counted_later or rated_later else None


def _measured_whole(quantity: Quantity, scene: Scene) -> bool:
    """推动11个领域投资突破2000亿元: the amount is the target, the count only says of what."""
    following = scene.next(quantity)
    if quantity.unit not in COUNTING or following is None or following.unit not in {"yuan", "usd", "percent", "tonne"}:
        return False
    between = scene.text[quantity.end : min(following.start, quantity.end + 40)]
    return bool(WHOLE_OF.fullmatch(between))


def _period(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    """A time that is a limit (3日内办结) commits; any other length of time does not."""
    if quantity.unit not in PERIODS or quantity.measure == "岁":
        return None
    if quantity.unit == "year" and not LIMITED.search(before):
        return "other", "other.period"
    handled = HANDLED.search(after) or quantity.bound == "at_most" or LIMITED.search(before) or WITHIN.search(before)
    return None if handled and not REVIEWED.search(before + after) else ("other", "other.period")


def _assessment(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    start, end = scene.clause_start(quantity.start), scene.clause_end(quantity.end)
    start, end = max(start, quantity.start - 60), min(end, quantity.end + 60)
    if scene.has(ASSESSED, start, end) or (quantity.unit == "score" and not RATED.search(before)):
        return "other", "other.assessment"
    clause = scene.text[start:end]
    if CASE_OF.search(clause):
        beyond = scene.text[end : scene.clause_end(min(end + 1, scene.end))][:60]
        if ASSESSED.search(beyond) or (clause.endswith("的") and re.search("^[；。]|^$", scene.text[end : end + 1])):
            return "other", "other.assessment"
    return None


def _unreal(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    """Conditions, cancelled and negated figures, forecasts: nobody answers for them."""
    if scene.has(CONDITION, scene.start - 1, quantity.start):
        return "other", "other.condition"
    start, end = quantity.start, quantity.end
    if scene.has(NEGATED, start - len(before), start) or scene.has(NEGATED, end, end + len(after)):
        return "other", "other.negated"
    if scene.section.tense == PAST:
        return None
    if scene.has(BEFORE_HAND, start - len(before), start):
        return "other", "other.negated"
    if scene.has(FORECAST, scene.start, start) and FORECAST.search(_same_part(scene, start)):
        return "other", "other.forecast"
    return None


def _same_part(scene: Scene, place: int) -> str:
    """The words before a place, back to the last semicolon."""
    return scene.text[max(scene.start, place - 160) : place].rpartition("；")[2]


def _elsewhere(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if scene.section.tense == PAST or not ELSEWHERE.search(before):
        return None
    return None if ABOVE.search(before) and quantity.unit == "percentage_point" else ("other", "other.elsewhere")


def _base(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict | None:
    if BASE_FROM.search(before) and BASE_TO.search(after):
        return "past", "past.base"
    if COMPARED.search(before) and quantity.measure != "倍":
        return "past", "past.base"
    if after.startswith(("为基数", "为基期", "为起点")):
        return "other", "other.base"
    if quantity.unit != "item" or scene.section.tense == PAST:
        return None
    pointed = before.endswith(POINTED) or (LISTED.match(after) and not before.endswith(ENDS_IN_ACT))
    return ("other", "other.pointed") if pointed else None


def _by_time(quantity: Quantity, scene: Scene, before: str, after: str) -> Verdict:
    """Nothing else decides: the words of time before the number, then the section."""
    if scene.section.tense == PAST:
        return "past", "past.section"
    inside, onward = cue_inside(before), last_before(scene.cues, quantity.start)
    if inside and (inside.tense == PAST or not onward or onward.tense == PLAN):
        return ("past", "past.word") if inside.tense == PAST else ("target", "target.word")
    if not inside and not onward and scene.section.tense is None and DONE.match(after):
        return "past", "past.word"
    if onward:
        return ("past", "past.word") if onward.tense == PAST else ("target", "target.word")
    dated = any(moment.fine and moment.deadline for moment in scene.moments)
    if scene.carried == PAST and scene.section.tense is None and not dated:
        return "past", "past.paragraph"
    return ("target", "target.section") if scene.section.tense == PLAN else ("target", "target.plain")


RULES: tuple[Callable[[Quantity, Scene, str, str], Verdict | None], ...] = (
    _date, _name, _unmeasured, _never, _vague, _specification, _threshold, _base, _period, _assessment, _unreal,
    _elsewhere,
)  # fmt: skip
