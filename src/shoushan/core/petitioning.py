"""Words that say a figure counts who petitions, how often or to where, which nothing may be measured by.

信访工作条例 39: what is assessed is that matters are settled lawfully, in time and on the spot. A speech may ask for
“no petitions in the capital”; that stays its words, and is no figure of anybody's.
"""

from __future__ import annotations

import re

from shoushan.core.scripts import searchable

SAID = re.compile(
    # han: how documents and schemes call it, in simplified characters as `searchable` writes them
    "上访|访民|非访|缠访|闹访|集体访|群体访|重复访|越级访|登记访|零来访|零信访|无信访|访量|来访(?:人|批|件|数|登记)"
    "|(?:进京|赴京|到京|进省|赴省|到省|赴市|到市)(?:来)?(?:访|个访|集访|人次|人数|批次|登记)"
    "|信访(?:事项|案件|问题|举报|件)?(?:数$|数[量字]|总量|总数|量|件数|件次|批次|批数|人次|人数|登记数|下降|减少|增长|发生)"
    "|(?:来信|信访人|投诉人|举报人)(?:数|人数|总数|数量)"
    r"|\bpetitioners?\b|\bpetition(?:ing|s)? (?:visits?|visitors?|received|registered)\b|\bvisits? to the capital\b"
    r"|\b(?:number|count) of petitions\b"
)
KEYED = re.compile(
    r"(?:^|[._])(?:visits?|visitors?|petitioners?|shangfang|jinjing)(?:$|[._])"
    r"|^petitions?\.(?:\w+_)?(?:count|people|persons|letters|received|registered|number|total|all|capital|repeat)(?:_\w+)?$"
)


def counts_people(*texts: str) -> bool:
    """Whether the name, label or key of a figure says that it counts who petitions, how often or to where.

    >>> counts_people("進京上訪人次"), counts_people("信访事项按期办结率"), counts_people("petitions.capital_visits")
    (True, False, True)
    """
    return any(_counts(searchable(text)) for text in texts)


def _counts(text: str) -> bool:
    # a blank inside a Chinese word hides nothing
    return bool(SAID.search(text) or SAID.search(text.replace(" ", "")) or KEYED.search(text))
