// One check: its progress, then its report.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, path, remove } from "/page/kit/api.js";
import { live } from "/page/kit/live.js";
import { icon } from "/page/kit/icons.js";
import { onKey } from "/page/kit/keyboard.js";
import { empty, problem } from "/page/kit/notice.js";
import { timeWithUtc } from "/page/kit/time.js";
import { navigate } from "/page/kit/address.js";
import { checkState, findings } from "/page/checks/words.js";

const FORMATS = ["html", "json", "junit", "text"];

export function checkView(root, [id]) {
  const leases = new Leases();
  const paint = painter(draw);
  let check = null;
  let error = null;

  async function load() {
    try {
      check = await get(path`/v1/checks/${id}`);
      document.title = `${check.input} · Aircheck`;
      error = null;
    } catch (failure) {
      error = failure;
    }
    paint();
  }

  async function forget() {
    try {
      await remove(path`/v1/checks/${id}`);
      navigate("/checks");
    } catch (failure) {
      error = failure;
      paint();
    }
  }

  function draw() {
    render(content(), root);
  }

  function content() {
    if (!check) return error ? empty("checks", "The check cannot be shown", error.message, html`<a class="button first" href="/checks">All checks</a>`) : html`<p class="dim">Loading…</p>`;
    const report = path`/v1/checks/${id}/report`;
    const finished = check.state === "finished";
    return html`
      <header class="head">
        <a class="trail" href="/checks">${icon("back")} Checks</a>
        <div class="spread"><h1>${check.input}</h1>
          <div class="row">
            ${finished ? FORMATS.map((format) => html`<a class="button slim" href="${report}?format=${format}" target="_blank" rel="noopener">${format}</a>`) : nothing}
            <button class="button slim danger" @click=${forget}>${check.state === "running" ? "Stop and remove" : "Remove"}</button></div></div>
        <div class="row">${checkState(check)}${findings(check)}</div>
        <div class="small dim">submitted ${timeWithUtc(check.created)}${check.finished ? html` · finished ${timeWithUtc(check.finished)}` : nothing}</div>
        ${problem(check.problem)}${problem(error?.message)}
      </header>
      ${finished ? html`<iframe class="report" title="Report" sandbox="allow-scripts" src="${report}?format=html"></iframe>` : nothing}`;
  }

  leases.add(
    () => paint.stop(),
    live.on("check", (change) => { if (change.id === id) load(); }),
    live.on("reset", load),
    onKey((key) => {
      if (key === "Escape") return navigate("/checks"), true;
      return false;
    }));
  leases.every(1000, () => { if (check?.state === "running" || check?.state === "waiting") load(); });
  load();
  return () => leases.end();
}
