// What the service was told: channels, who is told what, policies, mutes, tokens. Nearly all of it
// is declared in the configuration file; here it can be read, and channels can be tried.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get } from "/page/kit/api.js";
import { live } from "/page/kit/live.js";
import { onKey } from "/page/kit/keyboard.js";
import { hint, problem } from "/page/kit/notice.js";
import { forgetToken, token } from "/page/kit/token.js";
import { navigate } from "/page/kit/address.js";
import { Channels } from "/page/settings/channels.js";
import { cluster, mutes, policies, routes, tokens } from "/page/settings/tables.js";

export function settingsView(root) {
  const leases = new Leases();
  const paint = painter(draw);
  const channels = new Channels(paint);
  let settings = null;
  let muted = [];
  let workers = null;
  let error = null;

  async function load() {
    try {
      [settings, muted, workers] = await Promise.all([get("/v1/settings"), get("/v1/mutes").then((answer) => answer.items), get("/v1/cluster")]);
      error = null;
    } catch (failure) {
      error = failure;
    }
    paint();
  }

  function draw() {
    render(html`
      <div class="stack">
        <h1>Settings</h1>
        ${hint("Settings are declared in the configuration file, which is read again when it changes; nothing here is lost in a database. Secrets are never shown.")}
        ${problem(error?.message)}
        <section class="card" aria-label="Channels"><h2>Channels</h2>${channels.draw()}</section>
        ${workers?.inUse ? html`<section class="card scroll" aria-label="Cluster"><h2>Cluster</h2>${cluster(workers)}</section>` : nothing}
        ${settings ? html`
          <section class="card scroll" aria-label="Routes"><h2>Who is told what</h2>${routes(settings.routes)}</section>
          <section class="card scroll" aria-label="Policies"><h2>Policies</h2>${policies(settings.policies)}</section>
          <section class="card scroll" aria-label="Mutes"><h2>Mutes and maintenance</h2>${mutes(muted, load)}</section>
          <section class="card scroll" aria-label="Tokens"><h2>Tokens</h2>${tokens(settings.tokens)}
            ${token() ? html`<p><button class="button slim" @click=${() => { forgetToken(); location.reload(); }}>Forget the token of this tab</button></p>` : nothing}</section>` : nothing}
      </div>`, root);
  }

  leases.add(
    () => paint.stop(),
    live.on("reset", load),
    leases.every(5000, () => { if (workers?.inUse) load(); }),
    onKey((key) => {
      if (key === "Escape") return navigate("/"), true;
      return false;
    }));
  load();
  channels.load();
  return () => leases.end();
}
