"""Events as brokers, wires and digests tell them, in sentences we wrote: what is one, which edition, and what follows later."""

from __future__ import annotations

from typing import Any

import pytest

from tagger.events.linking import same_edition
from tagger.pipeline import Tagger
from tagger.schema import Event

# (what the case is about, date of the report, its words, the events as the fields that matter)
CASES: list[tuple[str, str, str, list[dict[str, Any]]]] = [
    (
        "a later sentence tells the day and the effect",
        "2026-03-12",
        "青岛拿出真金白银：每年发放1亿元“模型券”，这是《青岛市智能体应用行动方案》的核心。该方案于3月2日由青岛市人民政府办公厅印发，自4月1日起施行。",
        [
            {
                "title": "青岛市智能体应用行动方案",
                "date": "2026-03-02",
                "effective": "2026-04-01",
                "issuers": ["青岛市人民政府办公厅"],
            }
        ],
    ),
    (
        "a decision to change a regulation",
        "2026-02-10",
        "国务院决定对《某类物资管理条例》作出修改，自2026年3月1日起施行。",
        [{"status": "amended", "effective": "2026-03-01", "issuers": ["国务院"]}],
    ),
    (
        "a change that is only on its way",
        "2026-04-08",
        "工信部下一步将修订《智能网联产品准入管理规定》，并推动《道路交通安全法》修改。",
        [{"status": "planned"}, {"title": "道路交通安全法", "status": "planned"}],
    ),
    (
        "the stage behind a policy is no act",
        "2026-06-24",
        "《关于金融支持提振和扩大消费的指导意见》发布一周年之际，多家银行推出消费贷。",
        [{"status": "cited"}],
    ),
    (
        "moved by a policy",
        "2026-04-08",
        "受《上市公司分类监督条例》出台影响，券商板块走强。",
        [{"status": "cited"}],
    ),
    (
        "in the course of a policy",
        "2025-10-10",
        "随着《关于深入实施“人工智能+”行动的意见》落地，央企采购提速。",
        [{"status": "cited", "policy": "policies/国务院人工智能+行动意见"}],
    ),
    (
        "after one policy another",
        "2026-01-30",
        "杭州《算力服务促进办法》出台后，萧山区1月22日发布《萧山区智能体产业扶持办法》，有效期至2028年12月31日。",
        [
            {"status": "cited", "region": "杭州市"},
            {"status": "issued", "date": "2026-01-22", "until": "2028-12-31", "level": "district"},
        ],
    ),
    (
        "explaining it is not issuing it",
        "2026-03-12",
        "浙江省发改委解读《浙江省算力券管理办法》时表示，三年统筹不少于30亿元。",
        [{"status": "cited", "region": "浙江省"}],
    ),
    (
        "what many places did is no one policy",
        "2026-04-13",
        "全国已有28个省（区、市）印发数据产业实施方案。",
        [],
    ),
    (
        "a venue does not act",
        "2026-04-13",
        "全国人大常委会会议4月20日在上海举行，审议《数据产权法（草案）》。",
        [{"status": "draft", "region": None}],
    ),
    (
        "those a letter is addressed to do not act",
        "2026-04-13",
        "各省、自治区及新疆生产建设兵团工业和信息化主管部门：现将《工业数据分级指南》印发给你们。",
        [{"title": "工业数据分级指南", "status": "issued", "region": None}],
    ),
    (
        "an exchange named by its city is national",
        "2026-04-08",
        "深交所就《创业板上市审核细则（征求意见稿）》公开征求意见。",
        [{"issuers": ["深圳证券交易所"], "region": None, "level": "national", "status": "draft"}],
    ),
    (
        "a zone within a city is a district",
        "2026-04-08",
        "苏州工业园区管委会3月27日发布《园区支持算力产业若干政策》。",
        [{"region": "苏州工业园区", "level": "district", "date": "2026-03-27"}],
    ),
    (
        "the other edition of a known plan is another plan",
        "2029-02-06",
        "国家数据局2月3日发布《可信数据空间发展行动计划（2029—2033年）》。",
        [{"policy": None, "title": "可信数据空间发展行动计划（2029—2033年）"}],
    ),
    (
        "of two editions the one before the report",
        "2023-05-10",
        "外资准入继续执行《市场准入负面清单》。",
        [{"policy": "policies/市场准入负面清单2022"}],
    ),
    (
        "a digest in numbers",
        "2026-04-10",
        "①工信部印发《智能体互联互通行动方案》；②国家数据局就《数据产权登记工作指引（试行）》公开征求意见；③广州发布《广州市算力补贴实施细则》。",
        [
            {"issuers": ["工业和信息化部"], "status": "issued"},
            {"issuers": ["国家数据局"], "status": "draft"},
            {"region": "广州市", "status": "issued"},
        ],
    ),
    (
        "issued some days ago, said behind the title",
        "2026-06-15",
        "商务部关于促进智能消费的若干措施日前发布，市场反应积极。",
        [{"date": None, "date_precision": "recent"}],
    ),
    (
        "who acts stands in front of what is only cited",
        "2026-05-11",
        "贵阳市大数据局根据《贵州省数据流通促进条例》，制定了《贵阳市数据券管理办法》，现予公布。",
        [
            {"status": "cited", "issuers": [], "region": "贵州省"},
            {"status": "issued", "issuers": ["贵阳市大数据发展管理局"], "region": "贵阳市"},
        ],
    ),
    (
        "who stands before the cited one does not act on the next",
        "2026-05-11",
        "为贯彻国务院《关于加快夜间物流的意见》，天津市于5月8日印发《天津市夜间物流实施方案》。",
        [
            {"status": "cited", "issuers": ["国务院"]},
            {"status": "issued", "issuers": ["天津市人民政府"], "date": "2026-05-08"},
        ],
    ),
    (
        "a number stands between the title and its verb",
        "2026-05-11",
        "武汉东湖高新区《关于加快人形机器人产业的若干措施》（武新规〔2026〕4号）近日印发。",
        [{"status": "issued", "doc_number": "武新规〔2026〕4号", "date_precision": "recent"}],
    ),
    (
        "an authority that only speaks of a plan",
        "2026-05-11",
        "国家统计局表示，《“十五五”规划纲要》确定的重大工程陆续开工。",
        [{"status": "cited", "issuers": []}],
    ),
    (
        "a guide that is updated",
        "2026-05-11",
        "香港金管局5月8日更新《稳定币发行人监管指引》。",
        [{"status": "amended", "date": "2026-05-08", "issuers": ["香港金融管理局"]}],
    ),
    (
        "a call to put a law into practice",
        "2026-05-11",
        "头版评论：让《民营经济促进法》落地生根。",
        [{"status": "cited"}],
    ),
    ("three provinces and no one title", "2026-05-11", "广东、浙江、江苏三省先后印发数据产业实施方案。", []),
    ("a report that is denied", "2026-05-11", "《江苏省数据条例实施细则》已印发的消息不实。", []),
]


def tagged(tagger: Tagger, text: str, published: str) -> list[Event]:
    return tagger.tag(text, published=published).events


@pytest.mark.parametrize(
    ("published", "text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_events_are_those_the_words_tell(
    tagger: Tagger, published: str, text: str, expected: list[dict[str, Any]]
) -> None:
    events = tagged(tagger, text, published)
    assert len(events) == len(expected)
    for event, fields in zip(events, expected, strict=True):
        assert {name: getattr(event, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "郑州市工信局印发《郑州市支持智算产业若干政策》，发放“算力券”，每年总额不超过6000万元，单个企业最高200万元。",
            [("算力券", 60_000_000, "max", "total"), ("算力券", 2_000_000, "max", "recipient")],
        ),
        (
            "无锡市工信局印发《无锡市算力券管理办法》，每年安排3000万元。",
            [("算力券", 30_000_000, "exact", "total")],
        ),
        (
            "财政部公布《集成电路企业增值税加计抵减政策》，企业普遍受惠。",
            [("增值税加计抵减", None, None, "total")],
        ),
        (
            "国务院公布《政府采购当事人管理办法》，自7月1日起施行。",
            [],
        ),
        (
            "济南市工信局印发《济南市智算条例》，单个项目最高2000万元；设立规模50亿元的人工智能子基金。",
            [("人工智能子基金", 5_000_000_000, "exact", "total")],
        ),
    ],
    ids=[
        "the size in a clause of its own",
        "the size of what the title names",
        "what the title names, without money",
        "procurement is no money",
        "the bound of a project is not that of a fund in another clause",
    ],
)
def test_money_goes_to_the_instrument_it_is_for(tagger: Tagger, text: str, expected: list[Any]) -> None:
    (event,) = tagged(tagger, text, "2025-06-20")
    assert [(i.name, i.amount_cny, i.qualifier, i.scope) for i in event.instruments] == expected


@pytest.mark.parametrize(
    ("words", "metric", "by"),
    [
        ("目标2028年智算规模超过200EFLOPS", "智算规模", "2028-12-31"),
        ("提出园区标准机架到2030年达到60万架", "园区标准机架", "2030-12-31"),
        ("要求新建数据中心绿电比例2027年达到80%以上", "新建数据中心绿电比例", "2027-12-31"),
    ],
)
def test_a_year_in_front_of_the_verb_is_the_deadline(
    tagger: Tagger, words: str, metric: str, by: str
) -> None:
    (event,) = tagged(tagger, f"中卫市工信局印发《中卫市算力发展方案》，{words}。", "2026-04-13")
    (target,) = event.targets
    assert (target.metric, target.by) == (metric, by)


def test_for_whom_something_is_given_is_no_aim(tagger: Tagger) -> None:
    (event,) = tagged(
        tagger, "中卫市工信局印发《中卫市算力发展方案》，计划对新增超5000P的项目给予支持。", "2026-04-13"
    )
    assert event.targets == []


def test_cells_that_became_lines_are_a_row(tagger: Tagger) -> None:
    text = "时间\n文件名称\n部门\n2025年4月\n关于支持智能仓储发展的指导意见\n中国人民银行\n2025年8月\n贵州省数据标注产业发展规划纲要\n贵州省人民政府\n其他内容\n"
    first, second = tagged(tagger, text, "2026-04-16")
    assert (first.status, first.date, first.issuers) == ("issued", "2025-04", ["中国人民银行"])
    assert (second.date, second.issuers, second.region) == ("2025-08", ["贵州省人民政府"], "贵州省")


@pytest.mark.parametrize(
    ("title", "name", "same"),
    [
        ("某计划（2024-2026年）", "某计划（2024—2026年）", True),
        ("某计划", "某计划（2024—2026年）", True),
        ("某计划（试行）", "某计划（2024—2026年）", True),
        ("某计划（2027—2029年）", "某计划（2024—2026年）", False),
    ],
)
def test_editions_are_told_by_their_years(title: str, name: str, same: bool) -> None:
    assert same_edition(title, name) is same
