"use strict";
// One event in full, with its evidence in the paragraph where it stands. All text is set as text, never as markup.

/** An element with a class, text or children. */
function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const panel = document.getElementById("detail"), shade = document.getElementById("shade");
let opener = null;

function reportName(id, event) {
  const report = event.documents.find((one) => one.id === id);
  return report ? [report.publisher, report.published].filter(Boolean).join(" ") || report.id : id;
}

function saidBy(event, field) {
  const reports = event.said_by[field];
  return reports ? make("small", "", `据 ${reports.map((id) => reportName(id, event)).join("、")}`) : make("small", "", "据词库");
}

function factRows(event) {
  const rows = [
    ["date", "日期", event.date ?? (event.date_precision === "recent" ? "近期" : "")],
    ["region", "地区", `${event.place} · ${names.level[event.level]}`],
    ["issuers", "发布机构", event.issuers.join("、")],
    ["doc_number", "文号", event.doc_number],
    ["effective", "施行", event.effective],
    ["until", "有效期至", event.until],
    ["instruments", "资金工具", event.instruments.map(instrumentWords).join("\n")],
    ["targets", "目标", event.targets.map(targetWords).join("\n")],
    ["", "又称", event.aliases.join("、")],
    ["", "主题", event.themes.map((theme) => names.theme[theme] ?? theme).join("、")],
  ];
  const list = make("dl");
  for (const [field, name, words] of rows) {
    if (!words) continue;
    const value = make("dd", "", ...words.split("\n").map((line) => make("div", "", line)));
    if (field && (field !== "region" || event.region)) value.append(saidBy(event, field));
    list.append(make("dt", "", name), value);
  }
  return list;
}

function conflictRows(event) {
  return Object.entries(event.conflicts).map(([field, sides]) => make("div", "conflict",
    make("strong", "", `${names.field[field] ?? field}说法不一`),
    ...sides.map((side) => make("p", "", `${valueWords(side.value)} —— ${side.documents.map((id) => reportName(id, event)).join("、")}`))));
}

/** A paragraph with the evidence marked. Offsets count code points, as the record does. */
function marked(evidence) {
  const letters = Array.from(evidence.paragraph);
  const start = evidence.start - evidence.paragraph_start, end = evidence.end - evidence.paragraph_start;
  const cut = (from, to) => letters.slice(from, to).join("");
  return make("blockquote", "", cut(0, start), make("mark", "", cut(start, end)), cut(end));
}

function evidenceCards(event) {
  return event.documents.flatMap((report) => report.evidence.map((evidence) => make("article", "evidence",
    make("header", "", make("b", "", report.publisher ?? report.id), report.published && make("span", "", report.published),
      report.title && make("span", "", report.title), report.source && make("span", "", report.source),
      evidence.page && make("span", "", `第 ${evidence.page} 页`)),
    marked(evidence))));
}

function linkRows(event) {
  const rows = event.links.filter((link) => byId.has(link.to)).map((link) => [names.link[link.type], byId.get(link.to)]);
  for (const other of events) for (const link of other.links) if (link.to === event.id) rows.push([names.linked[link.type], other]);
  return rows.map(([words, other]) => {
    const button = make("button", "link", other.title);
    button.type = "button";
    button.addEventListener("click", () => openDetail(other, opener));
    return make("p", "", `${words}：`, button, other.date ? ` ${other.date}` : "");
  });
}

function openDetail(event, from) {
  opener = from;
  const close = make("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "关闭");
  close.addEventListener("click", closeDetail);
  const title = make("h2", "", event.title);
  title.id = "detail-title";
  const links = linkRows(event), conflicts = conflictRows(event);
  panel.className = `detail tone-${event.status}`;
  panel.replaceChildren(close, make("span", "badge", names.status[event.status]), title, factRows(event), ...conflicts,
    ...(links.length ? [make("h3", "", "相关政策"), ...links] : []),
    make("h3", "", `原文依据（${event.documents.length} 份研报）`), ...evidenceCards(event));
  panel.hidden = shade.hidden = false;
  panel.scrollTop = 0;
  document.body.style.overflow = "hidden";
  history.replaceState(null, "", `#${event.id}`);
  close.focus();
}

function closeDetail() {
  panel.hidden = shade.hidden = true;
  document.body.style.overflow = "";
  history.replaceState(null, "", location.pathname + location.search);
  opener?.focus();
}

shade.addEventListener("click", closeDetail);
addEventListener("keydown", (key) => {
  if (panel.hidden) return;
  if (key.key === "Escape") closeDetail();
  if (key.key === "Tab") {
    const stops = [...panel.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement), next = (at + (key.shiftKey ? -1 : 1) + stops.length) % stops.length;
    stops[next].focus();
    key.preventDefault();
  }
});
