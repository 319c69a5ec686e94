"""Who must do it, and the bodies set up for it."""

from __future__ import annotations

import re

BODY = (
    r"(?:各级干部|各责任单位|各责任人|[^\W\da-zA-Z]{0,8}?(?:乡镇|镇街|街道办事处|办事处|街道|部门|区委|县委|市委|省委|党委|政府|乙方|甲方|小组|专班|指挥部|"
    r"督查室|考核办|法制办|财政|单位|局|委|办|厅|公司|集团|县府|市府))"
)
SUBJECT = re.compile(
    rf"(?:^|由|请|责成|[，、；。：](?:由|请)?)(?P<names>{BODY}(?:[、和与及]{BODY})*+)(?P<duty>要|应当?|将|须|必须|负责|承诺|每|列支|建完|完成|组织|报送|召开|印发|汇报)?"
)
PARTING = re.compile("[、和与及]")
FOUNDED = re.compile(
    r"(?:成立|下设|组建|设立|设置|组成|建立完善|建立)(?:运行|全国首个|了|起|健全)?"
    r"(?P<name>[^，。；：、！？\n（）()0-9]{0,30}?(?:领导小组|协调小组|工作小组|治理小组|工作组|小组|指挥部|工作专班|专班|专门班子|班子|"
    r"领导机构|工作机构|相应机构|委员会|办公室|管理局|厅|参事室))(?=[，。；、：\n（(！]|统筹|负责|运行|牵头|专门|\Z)"
    r"|(?P<seated>办公室)(?=设在)"
)


def names_in(words: str) -> tuple[str, ...]:
    return tuple(name for name in PARTING.split(words) if name)
