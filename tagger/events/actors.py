"""Who acts, where, and on which level of government."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events.scene import LIST_GAP
from tagger.events.verbs import Verbs, last

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.events.scene import Scene
    from tagger.lexicon import Lexicon
    from tagger.schema import Event, Level, Mention

_HOME = "中国"
_JOINED = re.compile("会同|联合|、|和|与")
_UNNAMED = re.compile(
    r"(?<![等及十\d])(?<!会同)(?:[二三四五六七八九]|十[一二三四五六七八九]?|\d{1,2})个?部[门委]"
)
_UNKNOWN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}[市县]")
_THE_SAME = re.compile("该(?:局|委|部|市|省|区|所|会|院|厅|办|部门|机构)")
_OWN = re.compile("(?:等[^，。；]{0,6}|此前|先前|[^，。；]{0,4}部门)?的?[《“]*")
_VENUE = re.compile("[在于赴访抵到]$")
_ADDRESSED = re.compile("：(?:现将|现就|为)")
_LEVELS: dict[str, Level] = {
    "province": "provincial",
    "prefecture": "municipal",
    "county": "district",
    "area": "provincial",
    "country": "international",
    "continent": "international",
}
_ZONES = {"prefecture": "county", "province": "prefecture", "country": "country", "continent": "country"}
"""On which level a zone within a division stands (苏州工业园区, 雄安新区); one with no division above it spans provinces."""
_GOVERNED = ("province", "prefecture", "county")
_LIKELY = ("province", "prefecture", "area", "country")


class ActorReader:
    """Fills issuers, region and level of an event."""

    def __init__(self, lexicon: Lexicon, verbs: Verbs) -> None:
        self._verbs = verbs
        levels = {entry.id: entry.fact("level") for entry in lexicon.of_kind("region")}
        self._levels = {
            entry.canonical: _ZONES.get(levels.get(entry.fact("parent"), ""), "area")
            if levels[entry.id] == "area"
            else levels[entry.id]
            for entry in lexicon.of_kind("region")
        }
        self._governed = {
            entry.canonical for entry in lexicon.of_kind("region") if entry.fact("level") in _GOVERNED
        }
        self._national = {
            entry.canonical: entry.fact("region")
            for entry in lexicon.of_kind("issuer")
            if entry.fact("level") in ("national", "international")
        }
        places = {
            name: entry.canonical
            for entry in lexicon.of_kind("region")
            if entry.fact("level") in _LIKELY
            for name in entry.surfaces
            if len(name) > 1 and name not in entry.weak
        } | {canonical: canonical for canonical in self._levels}
        self._places: dict[
            str, list[tuple[str, str]]
        ] = {}  # by its first two characters, the longest name first
        for name in sorted(places, key=len, reverse=True):
            if places[name] != _HOME:
                self._places.setdefault(name[:2], []).append((name, places[name]))

    def read(self, scene: Scene, event: Event, before: Event | None) -> None:
        """Set the actors; ``before`` is the event told before in the same sentence, which 该局 refers to."""
        issuers = self._issuers(scene, event, before)
        if issuers:
            event.issuers = _joint(scene.text, issuers)
        elif not event.issuers and before is not None and _THE_SAME.search(scene.left):
            event.issuers, event.region = list(before.issuers), before.region
        self._unnamed(scene, event, issuers)
        titled = self.region_in(scene.anchor.text) if scene.listed and not issuers else None
        if titled is not None and titled != event.region:
            event.region, event.issuers = titled, []  # 江苏…方案、长沙…方案: each of its own place
        region = self.region_of(event.issuers) or event.region
        if region is None and not issuers:
            region = self._place(scene, event, before)
        if region is not None:
            event.region = region
        event.level = self.level(event.region)

    def take(self, event: Event, issuers: Sequence[Mention]) -> None:
        """Set the actors from the cells of a table."""
        event.issuers = list(dict.fromkeys(m.canonical for m in issuers))
        event.region = self.region_of(event.issuers) or self.region_in(event.title)
        event.level = self.level(event.region)

    def read_later(self, text: str, event: Event, again: Sequence[Mention]) -> None:
        """Take the authority that a later sentence names (该方案由市政府办公厅印发) where the first named only a place."""
        named = [m for m in again if m.kind == "issuer" and self._verbs.issued.match(text, m.end)]
        if named and (not event.issuers or event.issuers == [_government(event.region)]):
            event.issuers = [m.canonical for m in again if m.kind == "issuer" and m.end <= named[0].end]
            event.region = self.region_of(event.issuers) or event.region
            event.level = self.level(event.region)

    def _issuers(self, scene: Scene, event: Event, before: Event | None) -> list[Mention]:
        """The authorities in front of the policy, else one behind it that is followed by a verb (由…印发)."""
        text, anchor = scene.text, scene.anchor
        issuers = [m for m in scene.near if m.kind == "issuer"]
        if not issuers:
            for m in scene.behind:
                if (
                    m.kind == "issuer"
                    and m.start - anchor.end <= 24
                    and "，" not in text[anchor.end : m.start]
                ):
                    return [m] if self._verbs.issued.search(text[m.end : m.end + 12]) else []
            if event.status != "cited" and (before is None or before.status == "cited"):
                return self._ahead_of_citation(scene)
            return []
        between = text[issuers[-1].end : anchor.start]
        if event.status == "cited" and not (_OWN.fullmatch(between) or self._verbs.act(between)):
            return []  # the authority does something else under a policy it only cites
        return issuers

    @staticmethod
    def _ahead_of_citation(scene: Scene) -> list[Mention]:
        """The authorities in front of a policy that is only cited: 某局根据《甲》，制定了《乙》, not 为贯彻国务院《甲》，某市…."""
        if any(_acts_there(scene, m) for m in scene.near):
            return []
        titles = [m for m in scene.head if m.kind == "policy"]
        return [
            m
            for m in scene.head
            if m.kind == "issuer"
            and not any(
                t.start >= m.end and _OWN.fullmatch(scene.text[m.end : t.start]) is not None for t in titles
            )
        ]

    @staticmethod
    def _unnamed(scene: Scene, event: Event, issuers: list[Mention]) -> None:
        """五部门, 内蒙古六部门: bodies that are counted, not named, right before the verb."""
        if scene.text.find("部", scene.left_start, scene.anchor.start) < 0:
            return
        counted = last(_UNNAMED, scene.text, scene.left_start, scene.anchor.start)
        if counted is None or (issuers and issuers[-1].end >= counted.start() - 1):
            return
        place = next((m.text for m in scene.near if m.kind == "region" and m.end == counted.start()), "")
        event.issuers = [place + counted[0]]

    def _place(self, scene: Scene, event: Event, before: Event | None) -> str | None:
        """The place that acts: at the beginning of the title, or named before it; its government where it acts alone."""
        titled = self.region_in(scene.anchor.text)
        acting = self._acting(scene)
        if titled is not None and (acting is None or acting.canonical != titled):
            return titled
        if acting is None:
            return before.region if before is not None and event.status != "cited" else None
        governs = not event.issuers and event.status != "cited" and acting.canonical in self._governed
        if governs and self._verbs.issued.search(scene.text[acting.end : acting.end + 16]):
            event.issuers = [_government(acting.canonical)]
        return acting.canonical

    @staticmethod
    def _acting(scene: Scene) -> Mention | None:
        places = [m for m in scene.near if _acts_there(scene, m)]
        if places:
            return places[-1]
        head = [m for m in scene.head if _acts_there(scene, m)]
        return head[0] if len({m.canonical for m in head}) == 1 else None

    def region_in(self, title: str) -> str | None:
        """The canonical place with which a title or a name begins."""
        for name, place in self._places.get(title[:2], ()):
            if title.startswith(name):
                return place
        return None

    def region_of(self, issuers: Sequence[str]) -> str | None:
        """The place of the first local authority, or the country of a foreign one; 深圳证券交易所 is national."""
        for issuer in issuers:
            if issuer in self._national:
                if self._national[issuer]:
                    return self._national[issuer]
                continue
            place = self.region_in(issuer)
            if place is not None:
                return place
            unknown = _UNKNOWN_PLACE.match(issuer)
            if unknown is not None and not issuer.startswith("国家"):
                return unknown[0]
        return None

    def level(self, region: str | None) -> Level:
        """The level of government of a place; national where there is none."""
        if region is None or region == _HOME:
            return "national"
        if region not in self._levels:
            return "municipal" if region.endswith("市") else "district"
        return _LEVELS.get(self._levels[region], "national")


def _government(region: str | None) -> str:
    """The government of a place that acts alone."""
    return f"{region}人民政府"


def _acts_there(scene: Scene, mention: Mention) -> bool:
    """Whether a place may be the one that acts: no venue (在北京举行), none of those a letter is addressed to."""
    if not _is_place(mention) or _VENUE.search(scene.text[max(0, mention.start - 2) : mention.start]):
        return False
    return _ADDRESSED.search(scene.text, mention.end, scene.anchor.start) is None


def _is_place(mention: Mention) -> bool:
    return mention.kind == "region" and mention.canonical != _HOME


def _joint(text: str, issuers: list[Mention]) -> list[str]:
    """The last authority and those joined with it (财政部、税务总局)."""
    joint = [issuers[-1]]
    for mention in reversed(issuers[:-1]):
        between = text[mention.end : joint[0].start]
        if not (LIST_GAP.match(between) or _JOINED.fullmatch(between.strip())):
            break
        joint.insert(0, mention)
    return [m.canonical for m in joint]
