"""The words of the text that name what a number measures (指标)."""

from __future__ import annotations

import re

from shoushan.reading.endings import Endings
from shoushan.reading.measures import COUNTING
from shoushan.reading.quantities import Quantity
from shoushan.reading.scene import Scene

Span = tuple[int, int]

# What stands between an indicator and its number.
TRAILING = """
增长 增速 增幅 同比增长 年均增长 年均 分别 均 达到 达 突破 超过 超额完成 超 控制在 稳定在 保持在 维持在 保持
稳定 维持 提高到 提升到 提升至 提高至 增加到 增至 增加 提高 提升 降低到 降到 降至 下降至 下降到 下降 降低
减少到 减少 压减 压缩到 压缩至 压缩 缩短到 缩短至 缩短 缩小到 上升 扩大为 扩大到 扩大至 完成 实现 不低于 不少于
不高于 不超过 不多于 高于 低于 大于 小于 至少 为 在 至 到 约 要 力争 确保 争取 的 有 再 净增 净 增 提到 升至
升到 迈上 力争达到 由 从 累计 年内 全年 已 将 比上年 较上年 较去年 比去年 比 合计 就 共 各 挑战 调增至 调增 占
新增 ： : 快于 多于 计划 安排 当年 不 高 于 大约 接近 左右 以上 同比 挂 可 朝 动态清 动态 “ 保 争 每 正负 （
列支 之
"""
TRAILING_ENDS = Endings(TRAILING.split())
# What stands before an indicator and is no part of it.
LEADING = re.compile(
    r"^(?:[、和与及并且以，,：:；\s]|其中|同时|此外|另外|到20[0-9]{2}年(?:底|末)?|20[0-9]{2}年|(?:十[一二三四五六七八九]|[一二三四五六七八九])?[是要]|[0-9]{1,2}[.、．]|[（(][0-9一二三四五六七八九十]+[）)]|"
    r"今年(?:内|要|将|我区|我县|我市)?|明年|去年|全年|年内|年均|本县|我们|我区|力争|争取|确保|保证|努力|进一步|推动|推进|促进|实现|完成|继续|加快|统筹|持续|积极|大力|深入|全面|着力|计划|"
    r"新增|新培育|新认定|增加|达到|打造|再|将|要|使|让|把|为(?!民)|达|即|也就是|同比|同口径|比上年|预期|必须|支持|围绕|由|从|已|共|约为|约|开展|建成|实施|上线|举办|安排|办好|招募|帮扶|抓好|上半年|下半年|"
    r"每(?:个?月|周|季度?|年|半年|半月|日|天|学期|[0-9一二三四五六七八九十两]+[天日周月])|[0-9]{1,2}月起?|控制)"
)
STARTS_NOUN_BREAK = re.compile(r"[，。；：、！？,\n（(）)\t]|(?:和|与|及)(?=[0-9])|(?<=[\u3400-\u9fff])(?=[0-9])")
# Words that stand where an indicator would, and name none: the one before is meant.
SAME_AGAIN = re.compile(
    r"(?:今年|去年|前年|全年|明年|同口径|同比|也就是|其余|其中|后者|前者|总数|其|在这个基础上|年?底前|年?底|[0-9一二三四五六七八九十]+月?底?前?|到?“?十[一二三四五六七八九]五”?末|"
    r"到?[0-9]{2,4}年(?:底|末|我们|前)?|再|所需|"
    r"我们|全[国省市区县镇]|确需|合计|累计|力争|争取|of which|下降|上升|第[0-9]+项[含为]?)+"
)
# 比地区生产总值的增幅高出: what something is compared with is not what is measured.
COMPARISON = re.compile(r"(?:还?要)?(?:(?<![占同环之对])比(?![例重率值武])|较(?![大高多快好为]))[^，。；、]{1,16}$")
ENGLISH_STOP = re.compile(r" (?:should|will|from|by|in|a|an|of|to|come|for|each|per)\b|\.")
ENGLISH_SUBJECT = re.compile(r"[A-Z][A-Za-z ]*?(?= will | should | must | is )")
ACTION_TAIL = re.compile(r"(?:提能升级|提档升级|提质增效|建设|纳入[^，]*|开展[^，]*|改造升级)$")
NOUN = re.compile(r"^(?![由要在将应均已并可])(?: (?=[a-zA-Z-]{3})|的|以上的?|“)?[\u3400-\u9fffA-Za-z“+]")
ENDS_IN_VERB = re.compile(
    r"(?:新增|新建|续建|建设|建成|打造|培育|引进|改造|举办|实施|完成|推动|支持|加快|抓好|开展|选择|形成|制定|上线|帮扶|增加|安排|争取|招募|创建|更新|布局|新培育|办好|推进|统筹推进|建立|获批|筹建|"
    r"制定首批|培训|推出|布局建设|细分培育|加快建设|新获批|新筹建|不少于|至少|达到|新|at least|bring in|attract"
    r"|of which|使全[区县市省]|全|改扩建|落地|组建|认定|让|向|给|(?<![面针])对|为|提供|引育|确定实施|聚焦|再办好"
    r"|高质量完成|报|过|调度|会商)[“]?$"
)


def indicator_span(quantity: Quantity, scene: Scene) -> Span | None:
    """Where the indicator of a number stands, or None where the sentence names it elsewhere."""
    if quantity.form == "never":
        return _following(quantity, scene) or _preceding(quantity, scene)
    before = scene.before(quantity)
    counted = quantity.unit in COUNTING or quantity.unit not in {"yuan", "percent", "percentage_point"}
    bare = not before.strip("、和与及“ ") or before.endswith(("、", "和"))
    if NOUN.match(scene.after(quantity)) and (
        (counted and (ENDS_IN_VERB.search(before.rstrip(" ")) or bare)) or _alone(before)
    ):
        return _following(quantity, scene) or _preceding(quantity, scene)
    return _preceding(quantity, scene) or (_following(quantity, scene) if counted else None)


def _alone(before: str) -> bool:
    return not before.strip("、和与及“ ")


def _following(quantity: Quantity, scene: Scene) -> Span | None:
    start = quantity.end
    after = scene.text[start : min(scene.clause_end(start), start + 60)]
    lead = re.match(r"[的” ]*", after)
    start += lead.end() if lead else 0
    words = scene.text[start : quantity.end + len(after)]
    quoted = re.match(r"[^“，。]{0,12}“[^”]{1,30}”", words)
    found = STARTS_NOUN_BREAK.search(words, quoted.end() if quoted else 0)
    words = (words[: found.start()] if found else words)[:36]
    if words.isascii() and (stop := ENGLISH_STOP.search(words)):
        words = words[: stop.start()]
    tail = ACTION_TAIL.search(words)
    if tail and tail.start() >= 4:
        words = words[: tail.start()]
    words = words.rstrip("的了”" if words.count("”") > words.count("“") else "的了 ")
    return (start, start + len(words)) if len(words) >= 1 else None


def _preceding(quantity: Quantity, scene: Scene) -> Span | None:
    """The words since the last stop or number, without the verbs around them."""
    start = scene.clause_start(quantity.start)
    previous = scene.previous(quantity)
    if previous and previous.end > start:
        parted = re.search(r"[、）)]|和|且|其中|并", scene.text[previous.end : quantity.start])
        moved = not _bare(scene.text[previous.end : quantity.start])
        if moved:
            return None
        if parted or not NOUN.match(scene.text[previous.end : quantity.start]):
            start = previous.end + (parted.end() if parted else 0)
    start = max(start, quantity.start - 70)
    if english := ENGLISH_SUBJECT.match(scene.text, start, quantity.start):
        return english.span()
    end = quantity.start
    if compared := COMPARISON.search(scene.text, start, end):
        end = compared.start()
    while words := scene.text[start:end]:
        trimmed = _without_tail(words)
        if trimmed == words:
            break
        end = start + len(trimmed)
    while words := scene.text[start:end]:
        lead = LEADING.match(words)
        if not lead or not lead.end() or len(words) - lead.end() < 2:
            break
        start += lead.end()
    words = scene.text[start:end]
    if SAME_AGAIN.fullmatch(words) or len(words) < 2 or not re.search(r"[\u3400-\u9fffA-Za-z]", words):
        return None
    return start, end


def _bare(words: str) -> str:
    """What is left of words when nothing but verbs towards the number is taken away."""
    while (shorter := _without_tail(words)) != words:
        words = shorter
    return words


def _without_tail(words: str) -> str:
    words = words.rstrip(" 、，（(“")
    return words.removesuffix(TRAILING_ENDS.of(words))


def shared_out(scene: Scene, span: Span, quantity: Quantity) -> Span:
    """制造业、数字经济增加值分别增长5%、8%: the words that belong to this number of the row."""
    between = scene.text[span[1] : min(quantity.start, span[1] + 80)]
    if "分别" not in between:
        return span
    place = len(scene.within(span[1], quantity.start))
    words = scene.text[span[0] : span[1]]
    parts = [found.span() for found in re.finditer(r"[^、和]+", words)]
    if place >= len(parts):
        return span
    return span[0] + parts[place][0], span[0] + parts[place][1]
