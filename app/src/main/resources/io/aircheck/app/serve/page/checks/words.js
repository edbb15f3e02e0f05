// States and findings of checks.
import { html, nothing } from "/page/kit/lit.js";
import { badge } from "/page/kit/words.js";

const STATES = {
  waiting: { level: "idle", word: "Waiting" },
  running: { level: "starting", word: "Running" },
  finished: { level: "good", word: "Finished" },
  failed: { level: "error", word: "Failed" },
};

export const checkState = (check) => html`${badge(STATES[check.state] ?? { level: "info", word: check.state })}
  ${check.state === "running" ? html`<progress value=${check.progress ?? 0} aria-label="Progress"></progress>` : nothing}`;

const WORDS = { error: ["error", "errors"], warning: ["warning", "warnings"], info: ["notice", "notices"] };

export function findings(check) {
  const counts = Object.entries(check.findings ?? {}).filter(([, count]) => count > 0);
  if (counts.length === 0) return check.state === "finished" ? html`<span class="dim">none</span>` : nothing;
  return html`<span class="finds">${counts.map(([word, count]) => badge({ level: WORDS[word] ? word : "info", word: `${count} ${(WORDS[word] ?? [word, word])[count === 1 ? 0 : 1]}` }))}</span>`;
}
