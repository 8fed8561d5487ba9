"use strict";
// The charts above the timeline; a click on a bar narrows the choice.

const TOP_PLACES = 12, TOP_INSTRUMENTS = 7;
const COLOURS = ["#b3402e", "#2f6f9f", "#2f7d5b", "#b07a12", "#7d4fa0", "#4d7c8a", "#a8656f", "#8a8f98"];
const charts = {};

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function draw(id, option, onClick) {
  const box = document.getElementById(id);
  charts[id] ??= echarts.init(box, null, { renderer: "svg" });
  charts[id].setOption({ animationDuration: 300, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink") }, ...option }, true);
  charts[id].off("click");
  charts[id].on("click", onClick);
}

function empty(id, isEmpty, words) {
  const box = document.getElementById(id);
  const note = box.previousElementSibling?.classList.contains("nothing") ? box.previousElementSibling : null;
  box.hidden = isEmpty;
  if (isEmpty && !note) {
    const line = document.createElement("p");
    line.className = "nothing";
    line.textContent = words;
    box.before(line);
  } else if (!isEmpty) note?.remove();
  return isEmpty;
}

const axis = () => ({ axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false }, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line"), opacity: 0.6 } } });
const tip = () => ({ trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true, backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: colour("ink"), fontSize: 12 } });

/** Acts a month (a year, when many years are told), by status. */
function drawMonths(shown, choose) {
  const dated = shown.filter((event) => event.date);
  if (empty("chart-months", !dated.length, "没有写明日期的政策")) return;
  const days = dated.map((event) => event.date).sort();
  const years = days.at(-1).slice(0, 4) - days[0].slice(0, 4) + 1;
  const size = years > 4 ? 4 : 7;
  const slots = size === 4
    ? Array.from({ length: years }, (_, n) => String(+days[0].slice(0, 4) + n))
    : Array.from({ length: years * 12 }, (_, n) => `${+days[0].slice(0, 4) + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`)
      .filter((slot) => slot >= days[0].slice(0, 7) && slot <= days.at(-1).slice(0, 7).padEnd(7, "-99"));
  const statuses = Object.keys(names.status).filter((status) => dated.some((event) => event.status === status));
  const series = statuses.map((status) => {
    const counts = new Map(slots.map((slot) => [slot, 0]));
    for (const event of dated) {
      const slot = event.date.length >= size ? event.date.slice(0, size) : `${event.date.slice(0, 4)}-01`;
      if (event.status === status && counts.has(slot)) counts.set(slot, counts.get(slot) + 1);
    }
    return { name: names.status[status], type: "bar", stack: "all", barMaxWidth: 26, itemStyle: { color: colour(status) }, data: [...counts.values()] };
  });
  draw("chart-months", {
    grid: { left: 8, right: 8, top: 30, bottom: 4, containLabel: true }, tooltip: tip(), series,
    legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: colour("soft") } },
    xAxis: { type: "category", data: slots, ...axis() }, yAxis: { type: "value", minInterval: 1, ...axis() },
  }, (bar) => choose({ since: size === 4 ? `${bar.name}-01` : bar.name, until: size === 4 ? `${bar.name}-12` : bar.name }));
}

/** The sums granted, by place and instrument. */
function drawMoney(shown, choose) {
  const places = new Map(), instruments = new Map();
  for (const event of shown) {
    for (const [name, yuan] of sums(event)) {
      const row = places.get(event.place) ?? places.set(event.place, new Map()).get(event.place);
      row.set(name, (row.get(name) ?? 0) + yuan);
      instruments.set(name, (instruments.get(name) ?? 0) + yuan);
    }
  }
  if (empty("chart-money", !places.size, "没有写明金额的资金工具")) return;
  const whole = (row) => [...row.values()].reduce((a, b) => a + b, 0);
  const rows = [...places].sort((a, b) => whole(b[1]) - whole(a[1])).slice(0, TOP_PLACES).reverse();
  const first = [...instruments].sort((a, b) => b[1] - a[1]).slice(0, TOP_INSTRUMENTS).map(([name]) => name);
  const columns = instruments.size > first.length ? [...first, null] : first;
  const cell = (row, name) => name !== null ? row.get(name) ?? 0 : [...row].reduce((all, [other, yuan]) => all + (first.includes(other) ? 0 : yuan), 0);
  const series = columns.map((name, number) => ({
    name: name ?? "其他工具", type: "bar", stack: "all", barMaxWidth: 18, itemStyle: { color: COLOURS[number] },
    data: rows.map(([, row]) => cell(row, name) || null),
  }));
  draw("chart-money", {
    grid: { left: 4, right: 18, top: 34, bottom: 4, containLabel: true }, series,
    tooltip: { ...tip(), valueFormatter: (yuan) => (yuan ? money(yuan) : "—") },
    legend: { type: "scroll", top: 4, itemWidth: 10, itemHeight: 10, textStyle: { color: colour("soft") } },
    xAxis: { type: "value", ...axis(), axisLabel: { color: colour("soft"), formatter: money, hideOverlap: true } },
    yAxis: { type: "category", data: rows.map(([place]) => place), ...axis(), splitLine: { show: false } },
  }, (bar) => choose(bar.seriesName === "其他工具" ? { region: bar.name } : { region: bar.name, instrument: bar.seriesName }));
}

addEventListener("resize", () => Object.values(charts).forEach((chart) => chart.resize()));
