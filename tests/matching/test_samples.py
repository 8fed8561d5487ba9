"""What is a mention and what is none, on sentences of our own; each sample is its own expected value."""

from __future__ import annotations

import pytest

from tagger.matching.matcher import Matcher

from .marked import found

SAMPLES = {
    "the longest name wins": [
        "【issuer:上海证券交易所】修订规则。",
        "【issuer:中国人民银行】开展逆回购。",
        "【region:粤港澳大湾区】协同推进。",
        "【compute:智算中心】扩容，【company:中国移动】参与。",
        "【issuer:国家发展和改革委员会】部署工作。",
    ],
    "a name is no part of a longer word": [
        "【region:上海】信息化投资增长。",
        "【region:天津】上市公司增加。",
        "商品和服务价格平稳。",
        "【region:印度尼西亚】调整关税。",
    ],
    "longer names block shorter ones": [
        "《上海证券报》记者了解到情况。",
        "北京大学教授参会。",
        "复旦大学与南京大学合作。",
        "据21世纪经济报道消息。",
        "【region:武汉】大学生创业中心启用。",
    ],
    "an ordinary word is a company only with evidence": [
        "机器人产业快速发展。",
        "【company:机器人】（300024.SZ）涨停。",
        "居民生活平安幸福。",
        "太阳能装机增长。",
        "关注【company:润泽科技】 【company:数据港】 【company:光环新网】。",
        "【company:华为】机器人亮相。",
    ],
    "an address holds no names and numbers": [
        "详见 https://www.alibaba.com/dev/2025-03-01?p=100 与 news@sohu.com 。",
        "参见www.huawei.com，【company:华为】回应。",
        "点击.com后缀的域名。",
    ],
    "a title is one mention, brackets outside": [
        "《【policy:网络数据安全管理条例】》施行。",
        "《【policy:关于深入实施“人工智能+”行动的意见】》提出目标。",
        "印发《关于印发〈【policy:算力基础设施高质量发展行动计划】〉的通知》。",
        "《【policy:某新区支持智能体产业发展若干措施（试行）】》明确奖励。",
    ],
    "what lies in a title is no mention of its own": [
        "《【policy:北京市推动算力券发放管理办法】》实施。",
    ],
    "rules on companies are policies, papers of companies are none": [
        "《【policy:公司债券发行与交易管理办法】》修订，《本公司章程》不变。",
    ],
    "a word of one character cuts a bare title only where it is a word": [
        "印发【policy:自贡市促进低空经济行动方案】。",
        "【region:内蒙古自治区】出台【policy:支持算力产业若干政策】。",
    ],
    "a research house is a company, its namesake computing power": [
        "据【company:IDC】统计，【compute:IDC机房】增加。",
        "【company:谷歌】【compute:TPU】 v9i放量。",
    ],
    "reports, films and books are no policies": [
        "《流浪地球》票房领先。",
        "《计算机行业周报：算力景气上行》发布。",
        "《三体》改编。",
    ],
    "a title may stand without brackets": [
        "【issuer:市政府】印发【policy:关于加快发展智能体产业的实施意见】。",
        "省里出台【policy:促进低空经济高质量发展若干措施】。",
        "【issuer:市政府】推出一项创新举措——【policy:算力资源统筹管理办法】。",
        "关于印发【policy:“十四五”云汐新区发展规划】的通知。",
    ],
    "document numbers": [
        "（【doc_number:国办发〔2024〕52号】）要求落实。",
        "【doc_number:国办发[2024]52号=国办发〔2024〕52号】要求落实。",
        "【doc_number:工信部联通信〔2023〕180号】附件。",
        "经【issuer:中国证监会】【doc_number:证监许可（2025）1210号】文核准。",
        "【doc_number:京政办发[2025]3号】及【doc_number:粤府〔2026〕1号】。",
        "【doc_number:中国人民银行公告〔2019〕第15号=中国人民银行公告〔2019〕15号】。",
    ],
    "authorities by the ending that makes them": [
        "【issuer:深圳市工信局=深圳市工业和信息化局】公示名单。",
        "【region:深圳】消息，【issuer:市发改委=深圳市发展和改革委员会】开会。",
        "【issuer:云汐市工信局=云汐市工业和信息化局】公示名单。",
        "【issuer:杭州市人民政府】公告。",
        "【issuer:广东省财政厅】下达资金。",
        "各城市政府、两市政府均已出台办法。",
        "县公安局局长到会，市教育局长缺席。".replace("县公安局", "【issuer:县公安局】"),
    ],
    "省 and 市 before a body stand for the region of their paragraph, at its level": [
        "【issuer:四川省经信厅】会同【issuer:省财政厅=四川省财政厅】、【issuer:省科技厅=四川省科学技术厅】印发通知。",
        "【issuer:深圳市工信局】发文，报【issuer:省政府=广东省人民政府】批准。",
        "【region:上海】与【region:深圳】合作。\n【region:苏州】由【issuer:市工信局=苏州市工业和信息化局】牵头。",
        "【region:天津】上线平台，由【issuer:市政府=天津市人民政府】印发。",
    ],
    "a word that begins within a name cuts it back": [
        "【region:中国】移动互联网用户增加。",
        "【region:重庆】百货零售额增加。",
        "【company:中国移动】发布年报。",
    ],
    "companies by their legal form": [
        "任【company:远岭电子科技（上海）有限公司】经理。",
        "控股股东【company:江苏远岭科技股份有限公司】增持。",
        "全资子公司【company:武汉远岭新材料技术有限公司】投产。",
        "【company:湖北远岭控股股份有限公司】公告。",
        "收购【company:上海远岭科技有限公司】的股权。",
        "【company:快手】【model:可灵】升级。",
    ],
    "an office behind an authority is no part of it": [
        "【issuer:国家数据局】局长表示，【issuer:工信部】副部长出席。",
        "【issuer:北京市十六届人大常委会=北京市人民代表大会常务委员会】通过决定。",
    ],
    "a place before a voucher is a place": [
        "【region:深圳】【instrument:模型券】年度额度【amount:1亿元】。",
        "【region:上海】【instrument:算力券】最高补贴【percent:30%】。",
    ],
    "vouchers and funds through which money is given": [
        "发放最高【amount:5亿元】“【instrument:训力券】”。",
        "每年发放最高【amount:3000万元】“【instrument:启航券】”。",
        "设立【amount:10亿元】【instrument:低空经济产业基金】。",
        "发放【instrument:消费券】，拉动内需。",
    ],
    "securities and tickets are no vouchers": [
        "发行地方政府债券。",
        "凭入场券进入场馆。",
        "商家发放优惠券促销。",
        "证券板块走强。",
    ],
    "models with their versions": [
        "【model:DeepSeek-V3】开源。",
        "【model:Qwen2.5-72B】发布。",
        "【model:GPT-4o】降价。",
    ],
    "computing power and what measures it": [
        "【compute:智能算力】规模突破【quantity:100EFLOPS】。",
        "建成【compute:万卡集群】。",
        "公司【date:2025E】营收【amount:35.2亿元】，PE为【quantity:25倍】。",
        "【compute:光模块】出货量增长【percent:12%】。",
    ],
    "shares, and points behind a number": [
        "中标利率下调【percent:10bp】至【percent:1.40%】。",
        "上调【percent:一个百分点】，不足【percent:一成】，一个项目、一家企业。",
        "今年内销走弱，同比【percent:-3.2%】。".replace("今年", "【date:今年】"),
        "拟【date:今年内】建成【quantity:八个】维度的评价体系。",
    ],
    "a canonical form is in half width and without the blanks beside Han": [
        "发放【instrument:训 力 券=训力券】。",
        "【model:Ｑｗｅｎ９-72B=Qwen9-72B】开源，【quantity:１００ ＥＦＬＯＰＳ=100 EFLOPS】的【compute:智能 算力】。",
    ],
    "durations are no quantities": [
        "连续七个季度增长，两个交易日后复牌，五个工作日内反馈。",
        "【date:日内】公布，新增【quantity:七个】项目。",
    ],
    "a number within a name counts nothing": [
        "采用FP8参数精度训练。",
        "模型有【quantity:80亿参数】，集成【compute:HBM】 【quantity:5颗】。",
    ],
    "what is no measure": [
        "上证指数报3200点。",
        "第3次会议召开。",
        "联系电话12345。",
    ],
}
CASES = [(rule, sample) for rule, samples in SAMPLES.items() for sample in samples]


@pytest.mark.parametrize(("rule", "sample"), CASES, ids=lambda value: value[:30])
def test_a_sample_is_marked_as_it_is_written(matcher: Matcher, rule: str, sample: str) -> None:
    assert found(matcher, sample, published="2025-11-20") == sample, rule
