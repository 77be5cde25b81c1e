import type { DriftReport } from "./report-schema.js";
import { showValue, visible } from "./show.js";

/** The report as workflow commands: an annotation for each setting that drifted. */
export function renderAnnotations(report: DriftReport): string {
  const lines = report.stacks.flatMap(({ project, stack, error, resources }) => {
    const where = [project, ...(stack === "" ? [] : [stack])].map(visible).join("/");
    return [
      ...resources.flatMap(({ name, id, gone, settings }) =>
        gone
          ? [
              annotation(
                "error",
                `${where}: ${visible(name)} is gone`,
                `${id} is not there any more.`,
              ),
            ]
          : settings.map(({ setting, stated, live, danger }) =>
              annotation(
                danger === undefined ? "warning" : "error",
                `${where}: ${visible(name)} drifted`,
                `${visible(setting)} is ${showValue(live)}, stated is ${showValue(stated)}${danger === undefined ? "" : `: ${danger}`}.`,
              ),
            ),
      ),
      ...(error === undefined ? [] : [annotation("error", `${where} could not be checked`, error)]),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(level: "error" | "warning", title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

// The runner reads one command a line; these are its own escapes.
function escapeData(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
