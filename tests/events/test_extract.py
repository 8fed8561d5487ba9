"""Events of one document, read off sentences we wrote: each case is a report's words and what happened in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.pipeline import Tagger
from tagger.schema import Event

PUBLISHED = "2025-06-20"

# (what the case is about, the words of the report, the events as the fields that matter)
CASES: list[tuple[str, str, list[dict[str, Any]]]] = [
    (
        "issuer, verb and date before the title",
        "6月12日，国务院办公厅印发《关于加快场景培育的实施意见》，提出分批公布清单。",
        [
            {
                "title": "关于加快场景培育的实施意见",
                "status": "issued",
                "issuers": ["国务院办公厅"],
                "date": "2025-06-12",
                "region": None,
            }
        ],
    ),
    (
        "issuer and date behind the title",
        "《苏州市算力调度管理办法》6月3日由苏州市工信局印发。",
        [
            {
                "title": "苏州市算力调度管理办法",
                "issuers": ["苏州市工业和信息化局"],
                "date": "2025-06-03",
                "region": "苏州市",
                "level": "municipal",
            }
        ],
    ),
    (
        "a title without brackets",
        "合肥市科技局5月30日印发支持具身智能产业发展若干措施，推动首台套应用。",
        [
            {
                "title": "合肥市支持具身智能产业发展若干措施",
                "status": "issued",
                "date": "2025-05-30",
                "region": "合肥市",
            }
        ],
    ),
    (
        "a draft open for comments; the deadline is not its date",
        "工信部16日就《智能网联数据安全管理办法》公开征求意见，反馈期至7月15日。",
        [{"status": "draft", "date": "2025-06-16", "issuers": ["工业和信息化部"]}],
    ),
    (
        "a plan is no issue",
        "国家数据局表示，将于年内出台《公共数据定价指导意见》。",
        [{"title": "公共数据定价指导意见", "status": "planned"}],
    ),
    ("an analyst's hope is no event", "我们认为，更多城市的算力补贴办法有望出台。", []),
    ("a white paper is no policy", "中国信通院发布《算力发展研究白皮书》与《行业景气指数》。", []),
    ("a film is no policy", "影片《长夜远征行动》累计票房突破3亿元。", []),
    ("a company's own notice is no policy", "阿里云发布《关于百炼平台接口调价的通知》，自7月起生效。", []),
    (
        "only cited as background",
        "根据《数据安全法》的要求，企业需要建立分级保护制度。",
        [{"title": "数据安全法", "status": "cited", "date": None}],
    ),
    (
        "issued, and another one cited",
        "6月10日，杭州市人民政府印发《杭州市模型应用促进办法》，此前的《杭州市算力券管理办法》继续有效。",
        [
            {"title": "杭州市模型应用促进办法", "status": "issued", "date": "2025-06-10"},
            {"title": "杭州市算力券管理办法", "status": "cited", "date": None},
        ],
    ),
    (
        "repealed",
        "6月1日起，《成都市数据中心布局暂行规定》停止执行，成都市发展和改革委员会宣布予以废止。",
        [{"title": "成都市数据中心布局暂行规定", "status": "repealed", "region": "成都市"}],
    ),
    (
        "amended",
        "全国人大常委会通过新修订的《反不正当竞争法》。",
        [{"title": "反不正当竞争法", "status": "amended"}],
    ),
    (
        "effect and validity are dates of their own",
        "5月28日，宁波市人民政府办公厅印发《宁波市语料库建设管理办法》，自2025年7月1日起施行，有效期至2028年6月30日。",
        [{"date": "2025-05-28", "effective": "2025-07-01", "until": "2028-06-30"}],
    ),
    (
        "a document number in brackets behind the title",
        "厦门市人民政府印发《厦门市算力设施规划》（厦府〔2025〕31号）。",
        [{"title": "厦门市算力设施规划", "doc_number": "厦府〔2025〕31号", "region": "厦门市"}],
    ),
    (
        "recent has no day",
        "近日，财政部印发《关于规范数据资产处置的通知》。",
        [{"date": None, "date_precision": "recent", "issuers": ["财政部"]}],
    ),
    (
        "joint issuers",
        "6月5日，财政部、国家税务总局发布《关于研发设备折旧的公告》。",
        [{"issuers": ["财政部", "国家税务总局"], "date": "2025-06-05"}],
    ),
    (
        "this bureau is the one before",
        "6月11日，武汉市经济和信息化局印发《武汉市芯片流片补贴细则》。同日，该局就《武汉市模型备案服务指南》公开征求意见。",
        [
            {"status": "issued", "region": "武汉市"},
            {"status": "draft", "region": "武汉市", "date": "2025-06-11"},
        ],
    ),
    (
        "a report of early January tells of December",
        "12月27日，青岛市人民政府办公厅印发《青岛市智算应用行动方案》。",
        [{"date": "2024-12-27"}],
    ),
    (
        "a county whose name in full is longer than most titles acts itself, not the city above it",
        "围场满族蒙古族自治县人民政府印发《算力券管理办法》。",
        [
            {
                "issuers": ["承德市围场满族蒙古族自治县人民政府"],
                "region": "承德市围场满族蒙古族自治县",
                "level": "district",
            }
        ],
    ),
]


def tagged(tagger: Tagger, text: str, published: str = PUBLISHED) -> list[Event]:
    return tagger.tag(text, published=published).events


@pytest.mark.parametrize(("about", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_events_are_those_the_words_tell(
    tagger: Tagger, about: str, text: str, expected: list[dict[str, Any]]
) -> None:
    published = "2025-01-06" if "January" in about else PUBLISHED
    events = tagged(tagger, text, published)
    assert [e.title for e in events] == [e.title for e in events if e.title]
    assert len(events) == len(expected)
    for event, fields in zip(events, expected, strict=True):
        assert {name: getattr(event, name) for name in fields} == fields


def money(event: Event) -> list[tuple[str, float | None, str | None, str | None, str]]:
    return [(i.name, i.amount_cny, i.qualifier, i.period, i.scope) for i in event.instruments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "无锡市工信局印发《无锡市智算补贴办法》，每年发放最高2亿元“算力券”、6000万元“模型券”。",
            [
                ("算力券", 200_000_000, "max", "year", "total"),
                ("模型券", 60_000_000, "exact", "year", "total"),
            ],
        ),
        (
            "无锡市工信局印发《无锡市智算补贴办法》，模型券、语料券分别不超过1亿元和5000万元。",
            [("模型券", 100_000_000, "max", None, "total"), ("语料券", 50_000_000, "max", None, "total")],
        ),
        (
            "无锡市工信局印发《无锡市智算补贴办法》，算力券年度规模由早先的1000万元扩至1亿元，单个企业每年最高500万元。",
            [
                ("算力券", 100_000_000, "exact", "year", "total"),
                ("算力券", 5_000_000, "max", "year", "recipient"),
            ],
        ),
        (
            "无锡市工信局印发《无锡市智算补贴办法》，设立总规模30亿元的产业基金。",
            [("产业基金", 3_000_000_000, "total", None, "total")],
        ),
        ("无锡市工信局印发《无锡市机器人行动计划》，到2027年关联产业规模达到1000亿元。", []),
    ],
    ids=[
        "a list shares its verb and year",
        "respectively",
        "the former amount is gone",
        "a fund",
        "an industry's output",
    ],
)
def test_money_goes_to_the_instrument_it_is_for(tagger: Tagger, text: str, expected: list[Any]) -> None:
    (event,) = tagged(tagger, text)
    assert money(event) == expected


def test_targets_have_metric_bound_and_deadline(tagger: Tagger) -> None:
    text = "贵阳市大数据局印发《贵阳市算力提升方案》，提出到2027年底，全市智能算力规模突破20EFLOPS，建设3-5个行业数据空间。"
    (event,) = tagged(tagger, text)
    first, second = event.targets
    assert (first.metric, first.op, first.value, first.unit, first.by) == (
        "智能算力规模",
        ">",
        20,
        "EFLOPS",
        "2027-12-31",
    )
    assert (second.metric, second.op, second.value, second.value_high) == ("行业数据空间", "between", 3, 5)


def test_the_output_of_an_industry_is_an_aim_not_money(tagger: Tagger) -> None:
    (event,) = tagged(
        tagger,
        "无锡市工信局印发《无锡市机器人行动计划》，到2027年关联产业规模突破1000亿元，本地配套率由25%提升到40%。",
    )
    first, second = event.targets
    assert event.instruments == []
    assert (first.metric, first.op, first.value, first.unit) == ("关联产业规模", ">", 1000, "亿元")
    assert (second.metric, second.from_, second.value, second.unit) == ("本地配套率", 25, 40, "%")


def test_a_week_is_no_day(tagger: Tagger) -> None:
    (event,) = tagged(tagger, "上周，国务院办公厅印发《关于推进夜间物流的意见》。")
    assert (event.date, event.date_precision) == (None, "recent")


def test_a_city_that_acts_alone_acts_by_its_government(tagger: Tagger) -> None:
    (event,) = tagged(tagger, "6月12日，成都市正式印发《成都市数据标注产业方案》。")
    assert (event.issuers, event.region) == (["成都市人民政府"], "成都市")


def test_a_row_of_a_table_is_an_event(tagger: Tagger) -> None:
    text = "发布时间\t发布机构\t文件\n2025年4月2日\t重庆市经济和信息化委员会\t《重庆市智算中心管理办法》\n"
    (event,) = tagged(tagger, text)
    assert (event.title, event.date, event.region) == ("重庆市智算中心管理办法", "2025-04-02", "重庆市")


def test_a_nickname_is_remembered(tagger: Tagger) -> None:
    (event,) = tagged(tagger, "福州市发布《福州市支持数据产业发展若干措施》（简称“数据十条”）。")
    assert event.aliases == ["数据十条"]


def test_what_is_told_twice_is_one_event(tagger: Tagger) -> None:
    text = "6月9日，西安市人民政府印发《西安市算力券管理办法》。\n《西安市算力券管理办法》明确了申领流程，企业反馈积极。"
    (event,) = tagged(tagger, text)
    assert event.date == "2025-06-09"
    assert len(event.evidence) == 2


def test_a_known_policy_is_linked_by_a_shortened_title(tagger: Tagger) -> None:
    (event,) = tagged(tagger, "国家数据局11月印发可信数据空间行动计划。", "2024-12-02")
    assert event.policy == "policies/可信数据空间行动计划"
    assert event.date == "2024-11"


def test_disclaimers_tell_no_events(tagger: Tagger) -> None:
    text = "投资建议\n维持看好评级，建议关注算力链。\n免责声明\n本报告根据《证券法》制作，仅供客户使用，本报告版权归本公司所有。"
    assert tagged(tagger, text) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "《关于甲的通知》",
                "6月1日",
                "国务院",
                "印发",
                "，",
                "。",
                "拟",
                "深圳市",
                "5亿元",
                "算力券",
                "\t",
                "\n",
                "废止",
                "“",
            ]
        ),
        max_size=24,
    )
)
def test_evidence_lies_in_the_text_whatever_the_words(tagger: Tagger, parts: list[str]) -> None:
    document = tagger.tag("".join(parts), published=PUBLISHED)
    for event in document.events:
        assert event.title
        for start, end in event.evidence:
            assert 0 <= start < end <= len(document.text)
