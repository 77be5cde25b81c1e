import { raw } from "hono/html";

/** The page's looks: system fonts, one column, tables that become cards where there is no room. */
export const STYLE = raw(`
:root { --ink: #1d2430; --soft: #5b6676; --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --bad: #b3261e; --bad-wash: #fdeceb; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --soft: #9aa5b4; --page: #12161c; --card: #1b212a; --line: #303945; --bad: #ff8a80; --bad-wash: #3a2022; --good: #7fd6a0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 1rem 0 0; font-size: 1.6rem; }
h2 { margin: 0 0 .5rem; font-size: 1.15rem; overflow-wrap: anywhere; }
h3 { margin: 1rem 0 .5rem; font-size: 1rem; overflow-wrap: anywhere; }
small, .when { color: var(--soft); font-weight: normal; }
.verdict { margin: .25rem 0; font-size: 1.1rem; font-weight: 600; }
.bad, .failed { color: var(--bad); }
.good { color: var(--good); }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 0 0 1rem; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1rem; }
th { text-align: left; color: var(--soft); font-size: .85rem; font-weight: 600; }
th, td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td p { margin: .25rem 0 0; color: var(--bad); font-size: .9rem; }
tr.danger td { background: var(--bad-wash); }
code, pre { font: .9em ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.clean span { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; margin: 0 .3rem .4rem 0; }
@media (max-width: 38rem) {
  thead { position: absolute; left: -200vw; }
  tr { display: block; border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .6rem; }
  td { display: grid; grid-template-columns: 5rem 1fr; gap: .5rem; border: 0; }
  td::before { content: attr(data-label); color: var(--soft); font-size: .85rem; }
  td p { grid-column: 2; }
}
`);
