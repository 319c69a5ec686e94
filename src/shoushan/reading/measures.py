"""Words of measure, and the unit each one means."""

from __future__ import annotations

import re

ITEM = """
个 项 家 条 座 处 所 场 场次 件 起 部 门 套 种 批 批次 块 台 间 幢 份 例 支 宗 列 班 款 对 类 篇 期 大 只 艘 架
副 幅 本 片 届 站 号 轮 股 层 方面 路 村 栋 颗 顶 首 集 笔 单 组 队 眼 口 道 桩 扇 趟 课 张 条次 单元
"""
# Each line: the unit, then the words that mean it.
MEANING = """
yuan 元 块钱 yuan
usd 美元
percent % percent
percentage_point 个百分点 百分点
person 人 人次 名
household 户 户次
hectare 公顷
mu 亩
square_metre 平方米 平米 ㎡
tree 株 棵
tonne 吨
kilometre 公里 千米
kilowatt 千瓦
kilowatt_hour 千瓦时 度电
day 天 日 个工作日 工作日 days
month 个月 月
year 年 岁
grade 级 等
rank 位
times 次 遍
vehicle 辆
bed 张床位 个床位 床
score 分
cubic_metre 立方米 方
multiple 倍
"""
# Words of measure that stand for themselves.
THEMSELVES = """
斤 公斤 标箱 标准箱 平方公里 米 厘米 毫米 小时 分钟 微克 毫克 千克 千伏 周 吨级 亿级 元级 英镑 欧元 港元 升 度
兆瓦 平方千米 克 P 代 股 步 强 星 成
"""
UNITS = {word: line.split()[0] for line in MEANING.strip().splitlines() for word in line.split()[1:]}
UNITS |= {"working days": "day", "per cent": "percent"} | {word: word for word in THEMSELVES.split()}
UNITS |= {word: "item" for word in ITEM.split() if word not in UNITS}
COUNTING = frozenset({"item", "person", "household", "vehicle", "place", "bed", "times", "tree"})
# A measure before which a small number in words mostly names or enumerates: 三大高地, 五个环节, 一种精神.
NAMING_WORDS = """
个 项 大 种 站 份 方 位 件 条 方面 层 次 期 届 级 类 代 轮 股 批 张 部 套 支 步 道 篇 本 号 块 组 路 场 等 家
门 片 集 强 星 名 对 口 起
"""
NAMING = frozenset(NAMING_WORDS.split())

# A measure and the letters that make another word of it: 分别, 年度, 级别, 人均, 家庭, 部门.
ANOTHER_WORD = """
分-别之类布配为工级管支析解区公阶 年-度轻均来 人-均大口才民文社员工防 家-庭 部-门署分队委
成-立为果功员本效绩交长熟就都型片品套份分 大-卡力量会学型多数幅 门-类 位-于置居 方-面向式案便法针
集-中体合团聚群 期-间待货 口-岸 处-理置于在 起-步草来点 道-路德 场-所 件-事 组-织建合 路-线网 对-外于口 条-件例
站-在 支-持撑付部 列-入为 级-别 强-化调国省市县势力 片-区 度-电 等-于 股-份 单-位 代-表 层-面次 队-伍 间-接
村-镇 号-召 月-度报 日-常益报 米-粒 步-伐骤 周-边围期 种-业植养 套-餐 类-似 课-程题 台-阶账风 班-子 份-额 元-旦
升-级 次-年日
"""
NO_MEASURE = dict(word.split("-") for word in ANOTHER_WORD.split())


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
