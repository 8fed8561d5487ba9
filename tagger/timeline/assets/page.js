"use strict";
// The page: filters, ranking and the list itself, redrawn when the choice changes.

const PAGE = 80;
const element = (id) => document.getElementById(id);
let shown = [], drawn = 0, rankBy = "count";

function fillSelect(id, all, options) {
  const select = element(id);
  select.replaceChildren(new Option(all, ""), ...options.map(([value, words]) => new Option(words, value)));
  select.value = choice[id];
}

function fillFilters() {
  fillSelect("region", "全部地区", counted(events.filter((e) => fits(e, "region")), (e) => [e.place]).map(([name, n]) => [name, `${name}（${n}）`]));
  fillSelect("theme", "全部主题", counted(events.filter((e) => fits(e, "theme")), (e) => e.themes).map(([name, n]) => [name, `${names.theme[name] ?? name}（${n}）`]));
  fillSelect("instrument", "全部工具", counted(events.filter((e) => fits(e, "instrument")), (e) => e.instruments.map((one) => one.name)).map(([name, n]) => [name, `${name}（${n}）`]));
  const counts = new Map(counted(events.filter((e) => fits(e, "status")), (e) => [e.status]));
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  element("statuses").replaceChildren(statusChip("", "全部", all), ...Object.entries(names.status).filter(([status]) => counts.has(status) || choice.status === status)
    .map(([status, words]) => statusChip(status, words, counts.get(status) ?? 0)));
}

function statusChip(status, words, count) {
  const chip = make("button", status ? `chip tone-${status}` : "chip", words, make("b", "", String(count)));
  chip.type = "button";
  chip.dataset.status = status;
  chip.setAttribute("aria-pressed", String(choice.status === status));
  chip.addEventListener("click", () => choose({ status: choice.status === status ? "" : status }));
  return chip;
}

function drawRanking() {
  const list = events.filter((event) => fits(event, "region"));
  const rows = rankBy === "count" ? counted(list, (event) => [event.place]) : moneyByPlace(list);
  const most = rows[0]?.[1] ?? 1;
  element("ranking").replaceChildren(...rows.slice(0, 40).map(([place, value], number) => {
    const bar = make("span", "bar");
    bar.style.width = `${Math.max(2, (100 * value) / most)}%`;
    const row = make("button", "", make("span", "place", String(number + 1)), make("span", "", place), bar, make("span", "figure", rankBy === "count" ? `${value} 项` : money(value)));
    row.type = "button";
    row.setAttribute("aria-pressed", String(choice.region === place));
    row.addEventListener("click", () => choose({ region: choice.region === place ? "" : place }));
    return make("li", "", row);
  }));
  if (!rows.length) element("ranking").append(make("li", "nothing", "没有可排的地区"));
}

function moneyByPlace(list) {
  const places = new Map();
  for (const event of list) for (const yuan of sums(event).values()) places.set(event.place, (places.get(event.place) ?? 0) + yuan);
  return [...places].sort((a, b) => b[1] - a[1]);
}

function card(event) {
  const doubts = Object.keys(event.conflicts);
  const facts = [...event.instruments.map((one) => make("span", "fact", instrumentWords(one))), ...event.targets.map((one) => make("span", "fact aim", targetWords(one)))];
  const time = make("time", "", event.date ?? (event.date_precision === "recent" ? "近期" : "日期未明"));
  if (event.date) time.dateTime = event.date;
  const button = make("button", `card tone-${event.status}`,
    make("div", "card-head", time, make("span", "badge", names.status[event.status]), make("span", "", event.place), event.doc_number && make("span", "", event.doc_number)),
    make("h3", "", event.title),
    event.issuers.length ? make("p", "by", event.issuers.join("、")) : null,
    facts.length ? make("div", "facts", ...facts.slice(0, 8)) : null,
    make("p", "by", `${event.documents.length} 份研报`, doubts.length ? make("span", "doubt", ` · ${doubts.map((field) => names.field[field] ?? field).join("、")}说法不一`) : ""));
  button.type = "button";
  button.dataset.id = event.id;
  button.addEventListener("click", () => openDetail(event, button));
  return make("li", "", button);
}

/** Draw the next cards, latest act first, under the heading of their month. */
function drawMore() {
  const timeline = element("timeline");
  for (const event of shown.slice(drawn, drawn + PAGE)) {
    const slot = event.date ? event.date.slice(0, 7) : "";
    let month = timeline.lastElementChild;
    if (!month || month.dataset.slot !== slot) {
      const [year, number] = slot.split("-");
      const heading = slot ? make("h2", "", make("b", "", number ? `${+number}月` : "全年"), `${year}年`) : make("h2", "", make("b", "", "日期未明"));
      month = make("section", "month", heading, make("ol"));
      month.dataset.slot = slot;
      timeline.append(month);
    }
    month.lastElementChild.append(card(event));
  }
  drawn = Math.min(drawn + PAGE, shown.length);
  element("end").textContent = drawn < shown.length ? "下拉查看更多…" : shown.length ? "— 完 —" : "";
}

function redraw() {
  shown = events.filter((event) => fits(event));
  shown.sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || a.place.localeCompare(b.place, "zh"));
  drawn = 0;
  element("timeline").replaceChildren();
  element("count").textContent = shown.length ? `共 ${shown.length} 项` : "没有符合条件的政策，试试放宽筛选。";
  fillFilters();
  drawRanking();
  drawMonths(shown, choose);
  drawMoney(shown, choose);
  drawMore();
}

function choose(change) {
  Object.assign(choice, change);
  for (const name of ["query", "since", "until"]) if (element(name).value !== choice[name]) element(name).value = choice[name];
  redraw();
}

function introduce() {
  const reports = new Set(events.flatMap((event) => event.documents.map((report) => report.id)));
  const days = events.map((event) => event.date).filter(Boolean).sort();
  const places = new Set(events.filter((event) => event.region).map((event) => event.region));
  element("summary").textContent = days.length ? `${days[0]} 至 ${days.at(-1)}，由研报原文整理，点开任一政策可见出处` : "由研报原文整理，点开任一政策可见出处";
  for (const [name, value] of [["政策事件", events.length], ["研报", reports.size], ["地区", places.size], ["说法不一", events.filter((e) => Object.keys(e.conflicts).length).length]]) {
    element("figures").append(make("div", "", make("dt", "", name), make("dd", "", String(value))));
  }
}

let typing = 0;
element("query").addEventListener("input", (input) => {
  clearTimeout(typing);
  typing = setTimeout(() => choose({ query: input.target.value.trim() }), 120);
});
for (const name of ["region", "theme", "instrument", "since", "until"]) element(name).addEventListener("change", (input) => choose({ [name]: input.target.value }));
element("reset").addEventListener("click", () => choose({ ...everything }));
element("more-filters").addEventListener("click", (click) => {
  const open = element("filter-fields").classList.toggle("open");
  click.currentTarget.setAttribute("aria-expanded", String(open));
});
for (const button of document.querySelectorAll("[data-rank]")) {
  button.addEventListener("click", () => {
    rankBy = button.dataset.rank;
    for (const other of document.querySelectorAll("[data-rank]")) other.setAttribute("aria-pressed", String(other === button));
    drawRanking();
  });
}
new IntersectionObserver((seen) => { if (seen[0].isIntersecting && drawn < shown.length) drawMore(); }, { rootMargin: "600px" }).observe(element("end"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

introduce();
redraw();
const wanted = events.find((event) => event.id === location.hash.slice(1) || event.also.includes(location.hash.slice(1)));
if (wanted) openDetail(wanted, null);
