"""How well and how quickly documents are read: the labelled texts, long texts, and texts made to be hard."""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figures import Figure, at_least, at_most
from shoushan.reading import read

SHARED = Path(os.environ.get("SHOUSHAN_SHARED") or Path(__file__).resolve().parents[2] / "shared")
LABELS = SHARED / "data" / "reading"
SETS = ("seed", "own", "provincial")
LIMITS = {"target F1": 0.85, "unit": 0.90, "compare": 0.85, "indicator": 0.72}
MOST_PAST = 0.06
MEGABYTE = 1_000_000
HARD_BYTES = 100_000
HARD = {
    "digits only": "1234567890",
    "no full stop": "力争完成投资三级以上100亿元新增企业5家",
    "brackets": "（(“",
    "spaces": " ",
    "one numeral without end": "一",
    "commas": "1,",
    "months": "3月",
    "verbs of starting": "开展“",
}
# As dense in numbers as published reports: one to about 120 bytes.
PARAGRAPHS = """一、2025年工作回顾
一年来，全区上下坚持稳中求进，着力推动高质量发展，经济运行稳中向好，社会大局和谐稳定，较好完成了全年各项目标任务。
全区生产总值增长5.3%，新增规上企业{a}家，完成固定资产投资{b}.6亿元，城镇新增就业1.{c}万人，群众满意度达到9{c}%。
我们清醒地看到，产业结构还不够优，公共服务与群众期盼还有差距，一些干部的作风和能力还不适应新形势新要求，必须认真加以解决。
二、2026年重点工作
今年要坚持稳中求进，完整准确全面贯彻新发展理念，统筹发展和安全，切实保障和改善民生，奋力开创各项工作新局面。
全区生产总值增长6%左右，一般公共预算收入完成{b}.2亿元，新增规上企业{a}家、专精特新企业{c}家。
深化重点领域改革，持续优化营商环境，健全政企沟通机制，依法保护各类经营主体合法权益，让企业安心经营、放心投资、专心创业。
深入开展环境整治行动，改造老旧小区{a}个，加装电梯{b}部，6月底前完成主干道整治，由住建局牵头，确保不发生较大安全事故。
各街道各部门要转变作风，狠抓落实，把工作做细做实，让群众看到变化、得到实惠，以实干实绩回应群众期待，为全年目标任务打牢基础。
"""


def measure() -> list[Figure]:
    """Quality where the labelled texts are at hand; speed, growth and hard texts always."""
    return [*(_quality() if LABELS.exists() else []), *_speed(), *_hard()]


def long_text(size: int) -> str:
    """A made-up report of a size in bytes."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        part = PARAGRAPHS.format(a=10 + number % 80, b=20 + number % 70, c=1 + number % 9)
        parts.append(part)
        length += len(part.encode())
        number += 1
    return "".join(parts).encode()[:size].decode("utf-8", "ignore")


def overall(sets: tuple[str, ...] = SETS) -> dict[str, float | None]:
    """The figures of the published score over all texts of the sets together."""
    score = _scorer()
    counts = score.Counts()
    with tempfile.TemporaryDirectory() as folder:
        for path in (path for name in sets for path in score.label_files(LABELS / name)):
            content = yaml.safe_load(path.read_text("utf-8"))
            target = Path(folder) / f"{path.stem}.json"
            target.write_text(json.dumps(_predicted(path, content), ensure_ascii=False), "utf-8")
            counts = counts + score.count(content["labels"], score.read_predictions(target))
    figures: dict[str, float | None] = score.figures(counts)
    return figures


def _predicted(path: Path, content: dict[str, Any]) -> list[dict[str, Any]]:
    delivered = date.fromisoformat(str(content["delivered"])) if content["delivered"] else None
    text = path.with_suffix(".txt").read_text("utf-8")
    return [found.as_json() for found in read(text, delivered=delivered, year=content["plan_year"])]


def _scorer() -> Any:
    """The score as it was published beside the labels."""
    import sys

    spec = importlib.util.spec_from_file_location("published_score", LABELS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _quality() -> list[Figure]:
    figures = Counter({name: value or 0.0 for name, value in overall().items()})
    return [
        *(at_least(f"{name}, seed + own + provincial", figures[name], "", least) for name, least in LIMITS.items()),
        at_most("past facts taken for targets", figures["past hit"], "", MOST_PAST),
    ]


def _speed() -> list[Figure]:
    read(long_text(10_000), year=2026)
    small, whole, large = (_seconds(long_text(size)) for size in (MEGABYTE // 10, MEGABYTE, 10 * MEGABYTE))
    return [
        at_least("1 MB of text", 1 / whole, "MB/s", 1),
        at_most("growth of time a byte, 0.1 to 10 MB", large / (100 * small), "x", 1.2),
    ]


def _hard() -> list[Figure]:
    figures = []
    for name, piece in HARD.items():
        text = piece * (HARD_BYTES // len(piece.encode()))
        figures.append(at_most(f"hard text of 100 KB: {name}", _seconds(text), "s", 1))
    return figures


def _seconds(text: str, repeats: int = 3) -> float:
    """The quickest of several runs; one for very long texts."""
    taken = []
    for _ in range(1 if len(text) > 2 * MEGABYTE else repeats):
        before = time.perf_counter()
        read(text, year=2026)
        taken.append(time.perf_counter() - before)
    return min(taken)
