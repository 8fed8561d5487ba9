"use strict";
// What is shown: the events, the words for their codes, and the choice of the reader.

const { events, names } = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(events.map((event) => [event.id, event]));
const everything = { query: "", region: "", theme: "", instrument: "", since: "", until: "", status: "" };
const choice = { ...everything };

for (const event of events) {
  event.place = event.region ?? "全国";
  event.words = [
    event.title, event.place, event.doc_number ?? "", ...event.aliases, ...event.issuers,
    ...event.instruments.map((one) => one.name), ...event.targets.map((one) => one.metric),
    ...event.documents.flatMap((report) => report.evidence.map((evidence) => evidence.paragraph)),
  ].join("\n").toLowerCase();
}

/** A bound such as 2025-03 against a date that may be coarser or finer: both are compared as far as both are known. */
function within(date, since, until) {
  if (!since && !until) return true;
  if (!date) return false;
  const same = (bound) => Math.min(bound.length, date.length);
  return (!since || date.slice(0, same(since)) >= since.slice(0, same(since)))
    && (!until || date.slice(0, same(until)) <= until.slice(0, same(until)));
}

/** Whether an event fits the reader's choice; `but` names one condition that is not asked. */
function fits(event, but = "") {
  const asks = (name) => name !== but && choice[name] !== "";
  return (!asks("region") || event.place === choice.region || event.place.startsWith(choice.region))
    && (!asks("theme") || event.themes.includes(choice.theme))
    && (!asks("instrument") || event.instruments.some((one) => one.name === choice.instrument))
    && (!asks("status") || event.status === choice.status)
    && within(event.date, but === "time" ? "" : choice.since, but === "time" ? "" : choice.until)
    && (!asks("query") || choice.query.toLowerCase().split(/\s+/).every((word) => event.words.includes(word)));
}

/** Yuan in the unit people say. */
function money(yuan) {
  for (const [size, unit] of [[1e12, "万亿元"], [1e8, "亿元"], [1e4, "万元"]]) {
    if (yuan >= size) return `${+(yuan / size).toFixed(8)}${unit}`;
  }
  return `${yuan}元`;
}

function instrumentWords(one) {
  if (one.amount_cny === null) return one.name;
  const scope = { recipient: "单个主体", project: "单个项目" }[one.scope] ?? "";
  return `${one.name} ${scope}${names.period[one.period] ?? ""}${names.qualifier[one.qualifier] ?? ""}${money(one.amount_cny)}`;
}

function targetWords(one) {
  const value = one.value_high === null ? one.value : `${one.value}–${one.value_high}`;
  const sign = { ">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "~": "约" }[one.op] ?? "";
  return `${one.metric} ${sign}${value}${one.unit}${one.by ? `（${one.by}）` : ""}`;
}

function valueWords(value) {
  if (Array.isArray(value)) return value.map(valueWords).join("、");
  if (value !== null && typeof value === "object") return "amount_cny" in value ? instrumentWords(value) : targetWords(value);
  return String(value);
}

/** The sums that an event grants in all, by instrument; what a single firm or project may get is no sum. */
function sums(event) {
  const found = new Map();
  for (const one of event.instruments) {
    if (one.scope === "total" && one.amount_cny !== null) found.set(one.name, Math.max(found.get(one.name) ?? 0, one.amount_cny));
  }
  return found;
}

/** Counts of what `keys` names for each event, the most frequent first. */
function counted(list, keys) {
  const counts = new Map();
  for (const event of list) for (const key of new Set(keys(event))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "zh"));
}
