// Checks of files and finite streams: drop one, or paste an address.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, path, post, query, upload } from "/page/kit/api.js";
import { live } from "/page/kit/live.js";
import { icon } from "/page/kit/icons.js";
import { onKey } from "/page/kit/keyboard.js";
import { problem } from "/page/kit/notice.js";
import { time } from "/page/kit/time.js";
import { navigate } from "/page/kit/address.js";
import { checkState, findings } from "/page/checks/words.js";

export function checksView(root) {
  const leases = new Leases();
  const paint = painter(draw);
  let items = null;
  let error = "";
  let sending = null;
  let over = false;

  async function load() {
    try {
      items = (await get("/v1/checks")).items;
    } catch (failure) {
      error = failure.message;
    }
    paint();
  }

  async function send(files) {
    error = "";
    for (const file of files) {
      sending = { name: file.name, part: 0 };
      paint();
      try {
        const check = await upload("/v1/checks" + query({ name: file.name }), file, (part) => { sending.part = part; paint(); });
        if (files.length === 1) return navigate(path`/checks/${check.id}`);
      } catch (failure) {
        error = `${file.name}: ${failure.message}`;
      }
    }
    sending = null;
    load();
  }

  async function submit(event) {
    event.preventDefault();
    error = "";
    try {
      const check = await post("/v1/checks", { url: event.target.elements.url.value.trim() });
      navigate(path`/checks/${check.id}`);
    } catch (failure) {
      error = failure.message;
      paint();
    }
  }

  function dragged(event, inside) {
    event.preventDefault();
    over = inside;
    paint();
  }

  function draw() {
    render(html`
      <div class="stack">
        <h1>Checks</h1>
        <section class="drop ${over ? "over" : ""}" aria-label="Check a file"
            @dragover=${(event) => dragged(event, true)} @dragleave=${(event) => dragged(event, false)}
            @drop=${(event) => { dragged(event, false); send([...event.dataTransfer.files]); }}>
          ${icon("upload")}
          ${sending ? html`<strong>Sending ${sending.name}</strong><progress value=${sending.part} aria-label="Sent"></progress>` : html`
            <div><strong>Drop a file here</strong> or <label class="button slim">choose one<input class="unseen" type="file" @change=${(event) => send([...event.target.files])}></label></div>
            <form class="row" @submit=${submit}><input name="url" required spellcheck="false" aria-label="Address to check" placeholder="or paste the address of a file or finite stream"><button class="button first">Check it</button></form>`}
        </section>
        ${problem(error)}
        ${items?.length > 0 ? table() : nothing}
        ${items?.length === 0 ? html`<p class="dim">No check yet. A check runs faster than real time and ends in a report that can be read here and passed on as HTML, JSON, JUnit or text.</p>` : nothing}
      </div>`, root);
  }

  const table = () => html`
    <div class="card scroll"><table class="table">
      <thead><tr><th>Input</th><th>State</th><th>Findings</th><th>Submitted</th></tr></thead>
      <tbody>${items.map((check) => html`
        <tr><td><a href=${path`/checks/${check.id}`}>${check.input}</a></td><td>${checkState(check)}</td><td>${findings(check)}</td><td>${time(check.created)}</td></tr>`)}</tbody>
    </table></div>`;

  leases.add(
    () => paint.stop(),
    live.on("check", load),
    live.on("reset", load),
    onKey((key) => {
      if (key === "/") return root.querySelector("input[name=url]")?.focus(), true;
      if (key === "Escape") return navigate("/"), true;
      return false;
    }));
  leases.every(1000, () => { if (items?.some((check) => check.state === "running" || check.state === "waiting")) load(); });
  draw();
  load();
  return () => leases.end();
}
