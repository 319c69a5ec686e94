"""Protected matters (不得计分): what nobody may be scored by, known by its key and by its words.

信访工作条例 39, 《整治形式主义为基层减负若干规定》, 统计法: what people bring, say or complain of, what is found,
asked for or objected to, and what only measures bustle. A fact is refused by its name and a rule by its label.
"""

from __future__ import annotations

import re

from shoushan.core.petitioning import counts_people
from shoushan.core.scripts import searchable

NEVER_SCORED = frozenset(
    {
        "petitions.visits",
        "petitions.visitors",
        "petitions.letters",
        "petitions.capital_visits",
        "petitions.count",
        "petitions.people",
        "petitions.group_visits",
        "complaints.count",
        "complaints.received",
        "objections.count",
        "hazards.found",
        "help.asked",
        "fines.amount",
        "fines.count",
        "meetings.held",
        "briefings.sent",
        "photos.uploaded",
        "media.reports",
        "logins.count",
        "likes.count",
        "donations.amount",
        "demolition.speed",
    }
)
# A part of a key between its dots and underscores.
KEYED = re.compile(
    r"(?:^|[._])(?:fines?|penalt(?:y|ies)|donations?|likes?|followers?|shares_online|log_?ins?|check_?ins?|time_online"
    r"|photos?|briefings?|objections?|meetings_held|media|press|demolition_(?:speed|days|rate))(?:$|[._])"
    r"|^complaints?[._](?:count|number|received|total)$|^hazards?[._](?:found|count|number|total)$"
)
SAID = re.compile(
    # han: as schemes call it, in simplified characters
    "罚没|罚款(?:额|数|金额|收入|任务|指标)|募捐|捐款(?:额|数|金额)|点赞|转发(?:量|数)|关注(?:量|人数)|粉丝|登录(?:次数|率|时长)"
    "|在线时长|打卡|签到率|照片(?:数|张数)|拍照|简报(?:数|期数|篇数)|信息报送(?:数|篇数|量)|宣传报道|媒体报道|上稿|会议(?:次数|场次|数)|开会次数"
    "|投诉(?:量|数|件数|次数)|异议(?:数|件数|次数)|求助(?:数|量|件数)|(?:发现|排查出?)(?:的)?隐患(?:数|个数|数量|条数)|隐患(?:发现|排查)(?:数|量)"
    "|拆除(?:速度|进度|率)|拆迁(?:速度|进度|率)|拆违(?:速度|进度|率)"
)


def is_protected(name: str) -> bool:
    """Whether a fact's key or a rule's label names what nobody is scored by.

    >>> is_protected("fines.amount"), is_protected("罰沒收入"), is_protected("隐患按期整改")
    (True, True, False)
    """
    plain = searchable(name)
    said = SAID.search(plain.replace(" ", "")) is not None
    return name in NEVER_SCORED or counts_people(name) or KEYED.search(plain) is not None or said
