import { html } from "hono/html";
import { STYLE } from "./html-style.js";
import {
  showValue,
  summaryLine,
  type DriftReport,
  type ResourceReport,
  type StackReport,
} from "./report.js";

/** The report as one page that needs nothing from elsewhere; readable on a phone and in the dark. */
export async function renderHtml(report: DriftReport): Promise<string> {
  const { drifted, failed } = report.summary;
  const clean = report.stacks.filter(
    ({ status, resources }) => status === "clean" && resources.length === 0,
  );
  const told = report.stacks.filter((stack) => !clean.includes(stack));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
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
          <p class="when">
            Checked
            <time datetime="${report.checkedAt}"
              >${report.checkedAt.replace("T", " ").slice(0, 16)} UTC</time
            >
          </p>
        </header>
        <main>
          ${told.map(stackSection)}
          ${
            clean.length === 0
              ? ""
              : html`<section>
                  <h2>No drift</h2>
                  <p class="clean">
                    ${clean.map(({ project, stack }) => html`<span>${project} / ${stack}</span> `)}
                  </p>
                </section>`
          }
        </main>
      </body>
    </html> `;
  return (await page).toString();
}

function stackSection({ project, stack, error, resources }: StackReport) {
  return html`<section>
    <h2>${project} / ${stack}</h2>
    ${
      error === undefined
        ? resources.map(resourceTable)
        : html`<p class="failed">Could not be checked</p>
            <pre>${error}</pre>`
    }
  </section>`;
}

function resourceTable({ name, id, gone, changedAt, settings, unmanaged = [] }: ResourceReport) {
  const when =
    changedAt === undefined
      ? ""
      : html` · last changed ${changedAt.replace("T", " ").slice(0, 16)} UTC`;
  return html`<h3>${name} <small>${id}${when}</small></h3>
    ${gone ? html`<p class="failed">The live object is gone.</p>` : ""}
    ${
      settings.length === 0
        ? ""
        : html`<table>
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
                    <td data-label="Setting">
                      <code>${setting}</code>${danger === undefined ? "" : html`<p>${danger}</p>`}
                    </td>
                    <td data-label="Stated">${showValue(stated)}</td>
                    <td data-label="Live"><strong>${showValue(live)}</strong></td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${
      unmanaged.length === 0
        ? ""
        : html`<table class="unmanaged">
            <thead>
              <tr>
                <th>Set, but stated by no program</th>
                <th>Live</th>
              </tr>
            </thead>
            <tbody>
              ${unmanaged.map(
                ({ setting, live, danger }) =>
                  html`<tr class="${danger === undefined ? "" : "danger"}">
                    <td data-label="Setting"><code>${setting}</code></td>
                    <td data-label="Live">${showValue(live)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}
