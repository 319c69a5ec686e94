"""Words of measure, and the unit each one means."""

from __future__ import annotations

import re

ITEM = (
    "个 项 家 条 座 处 所 场 场次 件 起 部 门 套 种 批 批次 块 台 间 幢 份 例 支 宗 列 班 款 对 类 篇 期 大 只 艘 架 副 幅 本 "
    "片 届 站 号 轮 股 层 方面 路 村 栋 颗 顶 首 集 笔 单 组 队 眼 口 道 桩 扇 趟 课 条次 单元"
).split()
UNITS = {
    "元": "yuan", "块钱": "yuan", "美元": "usd", "%": "percent", "个百分点": "percentage_point",
    "百分点": "percentage_point", "人": "person", "人次": "person", "名": "person", "户": "household", "户次": "household",
    "公顷": "hectare", "亩": "mu", "平方米": "square_metre", "平米": "square_metre", "㎡": "square_metre",
    "株": "tree", "棵": "tree", "吨": "tonne", "公里": "kilometre", "千米": "kilometre", "千瓦": "kilowatt",
    "千瓦时": "kilowatt_hour", "度电": "kilowatt_hour", "天": "day", "日": "day", "个工作日": "day", "工作日": "day",
    "个月": "month", "月": "month", "年": "year", "岁": "year", "级": "grade", "等": "grade", "位": "rank", "次": "times",
    "遍": "times", "辆": "vehicle", "张床位": "bed", "个床位": "bed", "床": "bed", "分": "score", "立方米": "cubic_metre",
    "方": "cubic_metre", "倍": "multiple", "张": "item",
    # words of measure that stand for themselves
    "斤": "斤", "公斤": "公斤", "标箱": "标箱", "标准箱": "标准箱", "平方公里": "平方公里", "米": "米", "厘米": "厘米",
    "毫米": "毫米", "小时": "小时", "分钟": "分钟", "微克": "微克", "毫克": "毫克", "千克": "千克", "千伏": "千伏", "周": "周",
    "吨级": "吨级", "亿级": "亿级", "元级": "元级", "英镑": "英镑", "欧元": "欧元", "港元": "港元", "升": "升", "度": "度",
    "兆瓦": "兆瓦", "平方千米": "平方千米", "克": "克", "P": "P", "代": "代", "股": "股", "步": "步", "强": "强", "星": "星",
    "成": "成",
    # English
    "working days": "day", "days": "day", "yuan": "yuan", "percent": "percent", "per cent": "percent",
}  # fmt: skip
UNITS |= {word: "item" for word in ITEM if word not in UNITS}
COUNTING = frozenset({"item", "person", "household", "vehicle", "place", "bed", "times", "tree"})
# A measure before which a small number in words mostly names or enumerates: 三大高地, 五个环节, 一种精神.
NAMING = frozenset("个 项 大 种 站 份 方 位 件 条 方面 层 次 期 届 级 类 代 轮 股 批 张 部 套 支 步 道 篇 本 号 块 组 路 场 等 家 门 片 集 强 星 名 对 口 起".split())  # fmt: skip

# A measure's first letters that begin another word: 分别, 年度, 级别, 人均, 家庭, 部门, 成立.
NO_MEASURE = {
    "分": "别之类布配为工级管支析解区公阶", "年": "度轻均来", "人": "均大口才民文社员工防", "家": "庭", "部": "门署分队委",
    "成": "立为果功员本效绩交长熟就都型片品套份分", "大": "卡力量会学型多数幅", "门": "类", "位": "于置居", "方": "面向式案便法针",
    "集": "中体合团聚群", "期": "间待货", "口": "岸", "处": "理置于在", "起": "步草来点", "道": "路德", "场": "所", "件": "事",
    "组": "织建合", "路": "线网", "年来": "", "对": "外于口", "条": "件例", "站": "在", "支": "持撑付部", "列": "入为", "级": "别",
    "强": "化调国省市县势力", "片": "区", "度": "电", "等": "于", "股": "份", "面": "", "单": "位", "代": "表", "层": "面次",
    "队": "伍", "间": "接", "村": "镇", "号": "召", "月": "度报", "日": "常益报", "米": "粒", "步": "伐骤", "周": "边围期", "种": "业植养",
    "套": "餐", "类": "似", "课": "程题", "集体": "", "台": "阶账风", "班": "子", "份": "额", "元": "旦", "升": "级", "次": "年日",
}  # fmt: skip


def _pattern(word: str) -> str:
    barred = NO_MEASURE.get(word, "")
    return re.escape(word) + (f"(?![{barred}])" if barred else "")


_WORDS = "|".join(_pattern(word) for word in sorted(UNITS, key=len, reverse=True))
_PER = r"/(?:[百千万亿]?(?:元|千瓦时|立方米|平方米|人|户|亩|吨|公里|年|月|天|日|次|升|小时))"
UNIT = rf"(?:{_WORDS})(?:{_PER}|标准煤| per square metre)?+"


def unit_of(word: str) -> str:
    """The unit a word of measure means; a rate keeps its words."""
    if "/" in word or "per square" in word:
        return word.replace("yuan per square metre", "元/平方米")
    return UNITS.get(word.replace("标准煤", ""), word)
