import { html } from "hono/html";
import { STYLE } from "./html-style.js";
import { summaryLine } from "./report.js";
import type {
  DriftReport,
  ResourceReport,
  SettingDrift,
  StackReport,
  UnmanagedSetting,
} from "./report-schema.js";
import { isUnset, showValue, titleOf, visible } from "./show.js";

/** The report as one page that needs nothing from elsewhere; readable on a phone and in the dark. */
export async function renderHtml(report: DriftReport): Promise<string> {
  const { drifted, failed } = report.summary;
  const isClean = ({ status, resources }: StackReport) =>
    status === "clean" && resources.length === 0;
  const clean = report.stacks.filter(isClean);
  const told = report.stacks.filter((stack) => !isClean(stack));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>Zero Trust drift: ${summaryLine(report.summary)}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <h1>Zero Trust drift</h1>
          <p class="verdict ${failed > 0 || drifted > 0 ? "bad" : "good"}">
            ${summaryLine(report.summary)}
          </p>
          <p class="when">Checked ${time(report.checkedAt)}</p>
        </header>
        <main>${told.map(stackSection)} ${clean.length === 0 ? "" : cleanSection(clean)}</main>
      </body>
    </html> `;
  return (await page).toString();
}

function cleanSection(stacks: readonly StackReport[]) {
  return html`<section>
    <h2>No drift</h2>
    <ul class="clean">
      ${stacks.map((stack) => html`<li>${titleOf(stack)}</li>`)}
    </ul>
  </section>`;
}

function stackSection(stack: StackReport) {
  const { error, resources } = stack;
  const failed = html`<p class="failed">Could not be checked</p>
    <pre>${error}</pre>`;
  return html`<section>
    <h2>${titleOf(stack)}</h2>
    ${error === undefined ? "" : failed} ${resources.map(resourcePart)}
  </section>`;
}

function resourcePart({ name, id, gone, changedAt, settings, unmanaged = [] }: ResourceReport) {
  const when = changedAt === undefined ? "" : html` · last changed ${time(changedAt)}`;
  return html`<h3>${visible(name)} <small>${visible(id)}${when}</small></h3>
    ${gone ? html`<p class="failed">The live object is gone.</p>` : ""}
    ${settings.length === 0 ? "" : driftTable(settings)}
    ${unmanaged.length === 0 ? "" : unmanagedTable(unmanaged)}`;
}

function driftTable(settings: readonly SettingDrift[]) {
  return html`<table>
    <thead>
      <tr>
        <th>Setting</th>
        <th>Stated</th>
        <th>Live</th>
      </tr>
    </thead>
    <tbody>
      ${settings.map(
        ({ setting, stated, live, danger }) =>
          html`<tr class="${danger === undefined ? "" : "danger"}">
            ${settingCell(setting, danger)}
            <td data-label="Stated">${value(stated)}</td>
            <td data-label="Live" class="live">${value(live)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function unmanagedTable(unmanaged: readonly UnmanagedSetting[]) {
  return html`<table class="unmanaged">
    <caption>
      Set, but stated by no program
    </caption>
    <thead>
      <tr>
        <th>Setting</th>
        <th>Live</th>
      </tr>
    </thead>
    <tbody>
      ${unmanaged.map(
        ({ setting, live, danger }) =>
          html`<tr>
            ${settingCell(setting, danger)}
            <td data-label="Live">${value(live)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function settingCell(setting: string, danger: string | undefined) {
  return html`<td>
    <code>${visible(setting)}</code>
    ${danger === undefined ? "" : html`<p><span aria-hidden="true">⚠ </span>${danger}</p>`}
  </td>`;
}

function value(given: unknown) {
  return isUnset(given) ? html`<em>not set</em>` : html`<bdi>${showValue(given)}</bdi>`;
}

function time(moment: string) {
  const shown = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(moment)
    ? `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`
    : visible(moment);
  return html`<time datetime="${moment}">${shown}</time>`;
}
