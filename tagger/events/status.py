"""Which act on a policy the words around it speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events._marks import last_of

if TYPE_CHECKING:
    from tagger.events.scene import Scene
    from tagger.events.verbs import Verbs
    from tagger.schema import Status

DRAFT_TITLE = re.compile("征求意见稿|草案|送审稿")
_REVISED = re.compile(
    r"》?(?:完成|进行|迎来|首次|作出?|予以|启动|开展)?(?:了)?(?:全面|部分|相应|第[一二三四五六]次)?(?:修订|修正|修改)"
)
_PAST_STAGE = re.compile(
    r"》?(?:正式)?(?:出台|发布|印发|公布|实施|施行|落地|下发|颁布)(?:之?后|以来)|》?(?:正式)?(?:出台|发布|印发|公布|实施|施行|落地|落实)[^，。]{0,4}?(?:周年|影响|提振|带动|催化|利好|背景)|》?(?:落地生根|落地见效|落实落细|落到实处)|》?[^，。]{0,4}(?:部署|推进|动员|座谈|宣贯)会|》?(?:等文件)?时(?:表示|指出|称|强调|提到)"
    r"|》?(?:[^，。]{0,4}均)?已(?:经|于)?(?:正式|全面)?(?:实施|施行|生效|落地)(?![^，。]*[年月日])"
)
_ADVANCING = re.compile("(?:推动|推进|加快|启动|研究|抓紧|适时)(?:对|开展)?《?$")
_DOUBT = re.compile("有望|或将|若|如果|传")
_BEFORE = re.compile(r"(?:此前|早前|先前)，[^，]{0,16}$")
_TO_BE_MADE = re.compile("(?:^|[^新])(?:研究|抓紧|加快)?(?:制定|编制|研究出台)(?:实施|出台|完善)?$")
_DATED = re.compile(r"[年月日]的?\s?《?$|[近日]日，?《?$")
_ASIDE = re.compile("（[^（）]*）|[\\d 年月日于]")
_NUMBERED = re.compile("^》?[”]?（[^（）]*）")  # a document number or short name right behind the title
_DENIED = re.compile("不实|谣言|不属实|否认")
_MANY = re.compile(
    "(?:多地|各地|多个?省|多市|[两二三四五六七八九][省市地]|(?:[数多几十]个?|\\d+个)(?:省|市|区|县|城市|地区|地方))(?:份|（[^）]*）)?[^，。；]{0,10}$"
)
_SENTENCE = re.compile("[；。]")
_CLAUSE = re.compile("[，；。]")
_COMPANY_REACH = 12


def status_of(scene: Scene, verbs: Verbs) -> Status | None:
    """The status of the act; None where there is no act: a hope, a rumour, a company's own paper."""
    own = scene.left
    left, wide = own[last_of(own, "，：；", 0, len(own)) + 1 :], own[-40:]
    behind = _NUMBERED.sub("", scene.right)
    right = _SENTENCE.split(behind, 1)[0][:40]
    after = _CLAUSE.split(behind, 1)[0][:30]
    if _is_draft(scene, left, right, verbs):
        return "draft"
    if _DENIED.search(after):
        return None
    if scene.anchor.by == "form" and scene.anchor.kind == "policy" and _MANY.search(left):
        return None  # 全国已有28个省印发“人工智能+”实施方案: no one policy
    if verbs.repealed.search(after) or verbs.repealed.search(left[-8:]):
        return "repealed"
    planned = verbs.plans(left, after)
    if verbs.hope.search(left) or (verbs.hope.search(after) and verbs.issued.search(after) and not planned):
        return "planned" if planned and not _DOUBT.search(left + after) else None
    if planned:
        return "planned"
    if _by_company(scene, verbs):
        return None
    if verbs.amended.search(left[-6:]) or _REVISED.match(scene.right):
        return "planned" if _ADVANCING.search(left) else "amended"
    if _is_cited(scene, left, wide, verbs):
        return "cited"
    if _TO_BE_MADE.search(left) and not any(m.kind in ("issuer", "region", "date") for m in scene.near):
        return "planned"  # a task without an actor: 制定能源强国建设规划纲要
    if verbs.act(left) or verbs.issued.search(after[:16]) or verbs.act(wide):
        return "issued"
    if scene.anchor.kind == "doc_number":
        return "cited"
    head = scene.text[scene.start : scene.left_start].rsplit("。", 1)[-1]
    headed = verbs.act(head) and "此前" not in left
    return "issued" if _DATED.search(own) or headed else "cited"


def _is_draft(scene: Scene, left: str, right: str, verbs: Verbs) -> bool:
    if DRAFT_TITLE.search(scene.anchor.text) or DRAFT_TITLE.match(scene.right.lstrip("》（( ")):
        return True
    return bool(verbs.draft.search(left) or verbs.draft.search(right[:18]))


def _is_cited(scene: Scene, left: str, wide: str, verbs: Verbs) -> bool:
    if _BEFORE.search(scene.left) or verbs.cited.search(left) or _PAST_STAGE.match(scene.right):
        return True
    return not verbs.act(wide) and verbs.cited.search(wide) is not None


def _by_company(scene: Scene, verbs: Verbs) -> bool:
    """Whether a company, and no authority, is the one that publishes (阿里云发布…通知)."""
    actors = [m for m in scene.near if m.kind in ("company", "issuer", "region")]
    if not actors or actors[-1].kind != "company":
        return False
    between = _ASIDE.sub("", scene.text[actors[-1].end : scene.anchor.start])
    return len(between) <= _COMPANY_REACH and "，" not in between and verbs.act(between)
