import { html } from "hono/html";
import { STYLE } from "./html-style.js";
import { changedByText, remediationText, summaryLine } from "./report.js";
import type {
  ChangedBy,
  DriftReport,
  Remediation,
  ResourceReport,
  SettingDrift,
  StackReport,
  UnmanagedSetting,
} from "./report-schema.js";
import { displayText, displayValue, isUnset, stackTitle } from "./display.js";

/** Renders the report as one self-contained page, for phones and dark mode, too. */
export async function renderHtml(report: DriftReport): Promise<string> {
  const { remaining, failed } = report.summary;
  const isClean = ({ status, resources }: StackReport) =>
    status === "clean" && resources.length === 0;
  const clean = report.stacks.filter(isClean);
  const reported = report.stacks.filter((stack) => !isClean(stack));
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
          <p class="verdict ${failed > 0 || remaining > 0 ? "bad" : "good"}">
            ${summaryLine(report.summary)}
          </p>
          <p class="when">Checked ${time(report.checkedAt)}</p>
        </header>
        <main>${reported.map(stackSection)} ${clean.length === 0 ? "" : cleanSection(clean)}</main>
      </body>
    </html> `;
  return (await page).toString();
}

function cleanSection(stacks: readonly StackReport[]) {
  return html`<section>
    <h2>No drift</h2>
    <ul class="clean">
      ${stacks.map((stack) => html`<li>${stackTitle(stack)}</li>`)}
    </ul>
  </section>`;
}

function stackSection(stack: StackReport) {
  const { status, error, resources } = stack;
  const failed = html`<p class="failed">Could not be checked</p>
    <pre>${error}</pre>`;
  return html`<section>
    <h2>${stackTitle(stack)}</h2>
    ${status === "empty" ? html`<p class="warning">No Zero Trust resources that can drift.</p>` : ""}
    ${error === undefined ? "" : failed} ${resources.map(resourcePart)}
  </section>`;
}

function resourcePart(resource: ResourceReport) {
  const { name, id, notFound, changedAt, settings, unmanaged = [], remediation } = resource;
  const when = changedAt === undefined ? "" : html` · last changed ${time(changedAt)}`;
  return html`<h3>${displayText(name)} <small>${displayText(id)}${when}</small></h3>
    ${notFound ? html`<p class="failed">Cloudflare no longer has this object.</p>` : ""}
    ${settings.length === 0 ? "" : driftTable(settings)}
    ${unmanaged.length === 0 ? "" : unmanagedTable(unmanaged)}
    ${remediation === undefined ? "" : remediationPart(remediation)}`;
}

function remediationPart(remediation: Remediation) {
  const isGood = remediation.result === "remediated";
  const text = remediationText(remediation).split("\n").map(displayText).join("\n");
  return html`<p class="remediation ${isGood ? "good" : "bad"}">Remediation: ${text}</p>`;
}

function driftTable(settings: readonly SettingDrift[]) {
  return html`<table>
    <thead>
      <tr>
        <th>Setting</th>
        <th>Declared</th>
        <th>Live</th>
      </tr>
    </thead>
    <tbody>
      ${settings.map(
        ({ setting, declared, live, risk, changedBy }) =>
          html`<tr class="${risk === undefined ? "" : "risk"}">
            ${settingCell(setting, risk, changedBy)}
            <td data-label="Declared">${value(declared)}</td>
            <td data-label="Live" class="live">${value(live)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function unmanagedTable(unmanaged: readonly UnmanagedSetting[]) {
  return html`<table class="unmanaged">
    <caption>
      Set, but not declared by any program
    </caption>
    <thead>
      <tr>
        <th>Setting</th>
        <th>Live</th>
      </tr>
    </thead>
    <tbody>
      ${unmanaged.map(
        ({ setting, live, risk }) =>
          html`<tr>
            ${settingCell(setting, risk)}
            <td data-label="Live">${value(live)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function settingCell(setting: string, risk?: string, changedBy?: ChangedBy) {
  return html`<td>
    <code>${displayText(setting)}</code>
    ${risk === undefined ? "" : html`<p><span aria-hidden="true">⚠ </span>${risk}</p>`}
    ${changedBy === undefined ? "" : html`<p class="who">${capitalized(changedByText(changedBy))}</p>`}
  </td>`;
}

function capitalized(text: string): string {
  return displayText(text.charAt(0).toUpperCase() + text.slice(1));
}

function value(given: unknown) {
  return isUnset(given) ? html`<em>not set</em>` : html`<bdi>${displayValue(given)}</bdi>`;
}

function time(moment: string) {
  const displayed = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(moment)
    ? `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`
    : displayText(moment);
  return html`<time datetime="${moment}">${displayed}</time>`;
}
