import { raw } from "hono/html";

/** The page's style: system fonts, one column, and tables that become cards on narrow screens. */
export const STYLE = raw(`
:root { --ink: #1d2430; --soft: #5b6676; --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --bad: #b3261e; --bad-wash: #fdeceb; --warn: #8a5300; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --soft: #9aa5b4; --page: #12161c; --card: #1b212a; --line: #303945; --bad: #ff8a80; --bad-wash: #3a2022; --warn: #f0b45c; --good: #7fd6a0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { padding-bottom: 0; }
h1 { margin: 1rem 0 0; font-size: 1.6rem; }
h2 { margin: 0; font-size: 1.15rem; overflow-wrap: anywhere; }
h3 { margin: 1rem 0 .25rem; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
small, .when, em { color: var(--soft); font-weight: normal; }
.verdict { font-size: 1.1rem; font-weight: 600; }
.bad, .failed { color: var(--bad); }
.good { color: var(--good); }
.warning { color: var(--warn); }
.remediation { white-space: pre-wrap; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 0 0 1rem; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: .25rem 0 0; }
caption { text-align: left; padding: .75rem .6rem 0; font-weight: 600; }
th { text-align: left; color: var(--soft); font-size: .85rem; font-weight: 600; }
th:first-child { width: 44%; }
th, td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.live { font-weight: 600; }
td p { color: var(--warn); font-size: .9rem; }
tr.risk td { background: var(--bad-wash); }
tr.risk p, tr.risk .live { color: var(--bad); }
td p.who, tr.risk p.who { color: var(--soft); }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.clean { list-style: none; margin: .5rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
.clean li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; overflow-wrap: anywhere; }
@media (max-width: 38rem) {
  thead { position: absolute; left: -200vw; }
  caption { padding: .75rem 0 .5rem; }
  tr { display: block; border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .6rem; overflow: hidden; }
  td { display: grid; grid-template-columns: 4rem 1fr; gap: .5rem; border: 0; padding: .25rem .6rem; }
  td:first-child { display: block; padding-top: .5rem; }
  td:last-child { padding-bottom: .5rem; }
  td:not(:first-child)::before { content: attr(data-label); color: var(--soft); font-size: .85rem; font-weight: normal; }
}
`);
