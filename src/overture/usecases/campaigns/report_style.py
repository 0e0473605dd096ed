"""The style of the report's page: light, dark and on paper, from 390 pixels up."""

from markupsafe import Markup

STYLE = Markup("""
:root { color-scheme: light dark; --ink: #18202b; --dim: #566274; --paper: #fff; --card: #f5f7fa; --line: #d9dfe7;
  --c1: #2563a8; --c2: #e08a1e; --c3: #2f8f6b; --c4: #8a5bb5; --c5: #b8475f; --c6: #6b7785; --good: #1d7a52;
  --warn: #9a5b00; --bad: #a8321f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --dim: #a4afbd; --paper: #12161c; --card: #1b212a;
  --line: #303946; --c1: #6aa9e9; --c2: #f0b35c; --c3: #63c39c; --c4: #bb94e0; --c5: #e8869b; --c6: #93a0b0;
  --good: #6fd0a4; --warn: #f0b35c; --bad: #f08f7e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; font: 15px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
header p { margin: .2rem 0; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.4rem 0 .5rem; }
h3 { font-size: .95rem; margin: 1rem 0 .3rem; }
.dim, figcaption, caption { color: var(--dim); }
.state { display: inline-block; padding: 0 .55rem; border: 1px solid currentColor; border-radius: 1rem;
  font-size: .85rem; color: var(--dim); }
.state.running { color: var(--good); } .state.paused { color: var(--warn); } .state.stopped { color: var(--bad); }
.lead { font-size: 1.15rem; margin: 1rem 0; max-width: 46rem; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: .7rem; margin: 1rem 0; padding: 0; }
.tiles div { background: var(--card); border-radius: .6rem; padding: .7rem .9rem; }
.tiles dt { color: var(--dim); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.8rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--dim); }
.todo { border-left: 4px solid var(--warn); background: var(--card); border-radius: 0 .6rem .6rem 0;
  padding: .6rem 1rem; margin: 1rem 0; }
.todo.none { border-color: var(--good); } .todo ul { margin: 0; padding-left: 1.1rem; } .todo p { margin: 0; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top;
  white-space: nowrap; }
th { font-weight: 600; color: var(--dim); font-size: .85rem; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
td small { color: var(--dim); display: block; } td.wrap, td:first-child { white-space: normal; min-width: 8rem; }
figure { margin: .8rem 0 0; } svg { width: 100%; height: auto; display: block; overflow: visible; }
svg.wide { max-width: 46rem; } svg.half { max-width: 30rem; }
figcaption { font-size: .9rem; margin-bottom: .3rem; }
svg text { font: 12px system-ui, sans-serif; fill: var(--dim); } svg .ink { fill: var(--ink); font-size: 14px; }
svg .strong { fill: var(--ink); font-size: 14px; font-weight: 600; } svg .track { fill: var(--card); }
svg .grid { stroke: var(--line); } svg .cap { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 6 4; fill: none; }
.s1 { fill: var(--c1); } .s2 { fill: var(--c2); } .s3 { fill: var(--c3); } .s4 { fill: var(--c4); }
.s5 { fill: var(--c5); } .s6 { fill: var(--c6); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .3rem 0 0; padding: 0;
  color: var(--dim); font-size: .85rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .35rem; }
.k1 { background: var(--c1); } .k2 { background: var(--c2); } .k3 { background: var(--c3); }
.k4 { background: var(--c4); } .k5 { background: var(--c5); } .k6 { background: var(--c6); }
.legend .kcap { height: 0; border-top: 2px dashed var(--bad); border-radius: 0; vertical-align: middle; width: 1.2rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .6rem; font-size: .85rem; }
@media (max-width: 640px) { .tiles { grid-template-columns: repeat(2, 1fr); } .two { grid-template-columns: 1fr; }
  body { padding-top: 1rem; } .lead { font-size: 1.05rem; } svg.wide text { font-size: 19px; }
  svg.wide .ink, svg.wide .strong { font-size: 22px; } td, th { padding: .35rem .4rem; } }
@media print { :root { --ink: #000; --dim: #444; --paper: #fff; --card: #f2f2f2; --line: #bbb; --c1: #2563a8;
  --c2: #e08a1e; --c3: #2f8f6b; --bad: #a8321f; --good: #1d7a52; } body { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } figure, tr, .tiles { break-inside: avoid; }
  .scroll { overflow: visible; } }
""")
